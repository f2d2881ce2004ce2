"""Form fields of the dashboard and the console (django.forms)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.passwords import LONGEST, normalized


class PasswordField(forms.CharField):
    """A password: every character counts, and they are counted in its one form."""

    def __init__(self, *, autocomplete: str, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, max_length=LONGEST, widget=widget, **options)
        widget.attrs.pop("maxlength", None)  # a browser counts as it was typed

    def to_python(self, value: Any) -> str:
        return normalized(super().to_python(value) or "")
