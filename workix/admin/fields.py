"""Form fields of the dashboard and the console (django.forms) that every app may use."""

from __future__ import annotations

from typing import Any

from django import forms


class MomentField(forms.DateTimeField):
    """A time in UTC, which the browser's own picker asks for; it may be left empty."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
        super().__init__(required=False, widget=widget, **options)
