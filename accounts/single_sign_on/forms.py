"""The forms of identity providers in the dashboard (django.forms)."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models.user import ROLES
from workix.admin.model_admin import CapabilityForm
from workix.core.errors import Invalid

_LINES = {"rows": 4, "class": "vLargeTextField", "spellcheck": "false"}


class ProviderForm(CapabilityForm):
    """What is asked of a provider of any protocol; a form for each adds what it needs (`setting_names`)."""

    setting_names: tuple[str, ...] = ()

    domains = forms.CharField(
        required=False,
        max_length=13_000,
        widget=forms.Textarea(attrs=_LINES),
        help_text="One a line: acme.example. The provider may speak for addresses of these, and for no others.",
    )
    group_roles = forms.CharField(
        label="Roles of groups",
        required=False,
        max_length=30_000,
        widget=forms.Textarea(attrs=_LINES),
        help_text="One a line: workix-admins = admin. If there is any, roles follow the groups at each sign-on.",
    )
    default_role = forms.ChoiceField(
        label="Role without a group", choices=[role for role in ROLES if role[0] != "admin"]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **as_typed(self.instance)}

    def given(self) -> dict[str, Any]:
        """Say what was typed as the capability takes it.

        :raises Invalid: when a line of groups can't be read.
        """
        typed = self.cleaned_data
        settings = {name: typed[name] for name in self.setting_names}
        kept = ("name", "is_enabled", "is_authoritative", "creates_people", "default_role")
        return {
            **{name: typed[name] for name in kept if name in typed},
            **({"secret": typed["secret"]} if typed.get("secret") else {}),
            "settings": settings,
            "domains": typed["domains"].split(),
            "group_roles": dict(_group_role(line) for line in typed["group_roles"].splitlines() if line.strip()),
        }


class OidcForm(ProviderForm):
    """A provider of OpenID Connect, as an admin types it."""

    setting_names = ("issuer", "client_id", "groups_claim")

    issuer = forms.CharField(
        max_length=500,
        widget=forms.URLInput(attrs={"class": "vURLField", "spellcheck": "false"}),
        help_text="As the provider writes it: https://login.example.com. We ask it at …/.well-known/openid-configuration.",
    )
    client_id = forms.CharField(
        label="Client ID", max_length=255, required=False, help_text="What the provider calls Workix."
    )
    secret = forms.CharField(
        label="Client secret",
        max_length=1_000,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="It is encrypted, and never shown. Left empty, it stays as it is; another issuer needs it anew.",
    )
    groups_claim = forms.CharField(
        label="Claim with groups", max_length=255, required=False, help_text="Left empty, it is groups."
    )


def as_typed(provider: Any) -> dict[str, Any]:
    """Write what is kept of a provider as somebody would type it."""
    return {
        **provider.settings,
        "domains": "\n".join(provider.domains.split()),
        "group_roles": "\n".join(f"{group} = {role}" for group, role in provider.group_roles.items()),
    }


def _group_role(line: str) -> tuple[str, str]:
    group, equals, role = line.rpartition("=")
    if not equals:
        raise Invalid("Write a group, = and its role in each line.", field="group_roles")
    return group.strip(), role.strip().lower()
