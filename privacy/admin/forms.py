"""Forms of the privacy pages (django.forms): whose data is meant, and which time is reported on."""

from __future__ import annotations

from django import forms

from accounts.models import User
from workix.admin.model_admin import CapabilityForm


def _moment(label: str, help_text: str) -> forms.DateTimeField:
    typed = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
    return forms.DateTimeField(label=label, required=False, widget=typed, help_text=help_text)


class SubjectForm(CapabilityForm):
    """A person who is here, or was."""

    user = forms.ModelChoiceField(User.with_removed.order_by("email", "id"), label="Person")


class PeriodForm(CapabilityForm):
    """Which time is reported on; ninety days up to now, unless said."""

    begin = _moment("From (UTC)", "Left empty: ninety days before the end.")
    end = _moment("To (UTC)", "Left empty: now.")
