"""Forms of the privacy pages (django.forms): whose data is meant, and which time is reported on."""

from __future__ import annotations

from django import forms

from accounts.models import User
from workix.admin.fields import MomentField
from workix.admin.model_admin import CapabilityForm


class SubjectForm(CapabilityForm):
    """A person who is here, or was."""

    user = forms.ModelChoiceField(User.with_removed.order_by("email", "id"), label="Person")


class PeriodForm(CapabilityForm):
    """Which time is reported on; ninety days up to now, unless said."""

    begin = MomentField(label="From (UTC)", help_text="Left empty: ninety days before the end.")
    end = MomentField(label="To (UTC)", help_text="Left empty: now.")
