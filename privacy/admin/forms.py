"""Forms of the privacy pages (django.forms): whose data is meant."""

from __future__ import annotations

from django import forms

from accounts.models import User
from workix.admin.model_admin import CapabilityForm


class SubjectForm(CapabilityForm):
    """A person who is here, or was."""

    user = forms.ModelChoiceField(User.with_removed.order_by("email", "id"), label="Person")
