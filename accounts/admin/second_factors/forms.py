"""Forms of second factors (django.forms): a code, and proving once more who one is."""

from __future__ import annotations

from django import forms

from accounts.admin.fields import PasswordField


class CodeForm(forms.Form):
    """Six digits, or a recovery code."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Six digits of your authenticator app, or one of your recovery codes.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )


class FirstCodeForm(CodeForm):
    """The first code of an app."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on
        self.fields["code"].help_text = "The six digits that your authenticator app shows now."
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ReauthenticationForm(forms.Form):
    """The password, and a code of whoever has a second factor."""

    password = PasswordField(label="Password", autocomplete="current-password")
    code = CodeForm.base_fields["code"]

    def __init__(self, *args: object, has_second_factor: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on
        self.fields["code"].widget.attrs.pop("autofocus")
        if not has_second_factor:
            del self.fields["code"]


def refused(sentence: str) -> FirstCodeForm:
    """Make the form that comes again when a first code, or the beginning, was refused; the code that was typed is over."""
    form = FirstCodeForm({"code": ""})
    form.errors.clear()
    form.add_error("code", sentence)
    return form
