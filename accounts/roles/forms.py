"""Forms of own roles in the dashboard (django.forms): permissions as checkboxes, grouped by what they are about."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms

from accounts.models import CustomRole, User
from workix.admin.model_admin import CapabilityForm
from workix.core.apps import grantable, permissions


def permissions_by_thing() -> list[tuple[str, list[tuple[str, str]]]]:
    """Group the permissions that people can hold by the part of their name before the colon."""
    return [
        (thing.replace("_", " ").capitalize(), [(name, f"{name}: {permissions()[name].description}") for name in names])
        for thing, names in groupby(sorted(grantable()), key=lambda name: name.partition(":")[0])
    ]


class RoleForm(CapabilityForm):
    """What a role is called, what it is for, and what it grants."""

    permissions = forms.MultipleChoiceField(
        choices=permissions_by_thing,
        widget=forms.CheckboxSelectMultiple,
        help_text="What whoever has this role may do, besides what they may do anyway. You can grant what you hold.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, "permissions": self.instance.permissions.split()}


class MemberForm(CapabilityForm):
    """Who is to have which role."""

    role = forms.ModelChoiceField(CustomRole.objects.all())
    user = forms.ModelChoiceField(User.objects.all(), label="Person")
