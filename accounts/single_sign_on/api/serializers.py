"""Serializers of identity providers: what is asked for and what is shown; the secret is written and never read."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import IdentityProvider, SignOnProtocol
from accounts.models.user import ROLES
from accounts.single_sign_on.addresses import callback_path
from accounts.single_sign_on.providers import MOST_DOMAINS
from workix.api.serializers import SingleLineField, StrictSerializer

EXAMPLES: dict[str, Any] = {
    "name": "Acme",
    "protocol": "oidc",
    "settings": {"issuer": "https://login.acme.example", "client_id": "workix", "groups_claim": "groups"},
    "domains": ["acme.example"],
    "default_role": "user",
    "group_roles": {"workix-admins": "admin"},
    "callback": "/sso/019ab4b6-5a52-7c4e-8f0d-3f6f1c0c2d11/callback/",
}
_SETTINGS = (
    "Of `oidc`: `issuer`, `client_id`, and `groups_claim`, which is `groups` unless it is said. Of `saml`: `metadata_url`; or "
    "`entity_id`, `sso_url` and `certificates` (PEM), which are read of `metadata` (XML) where that is sent; and the names of "
    "attributes, where they are not the usual ones: `email_attribute`, `first_name_attribute`, `last_name_attribute`, "
    "`groups_attribute`."
)
_SECRET = "The client secret. It is never shown; another issuer has none until it is given anew."  # noqa: S105  # a description
_DOMAINS = "Whose addresses the provider may speak for."
_AUTHORITATIVE = "Whether an address of these domains counts without the provider saying that it verified it."
_CREATES = "Whether somebody who was never here becomes a person when they first sign on. Else they are invited first."
_DEFAULT_ROLES = [role for role in ROLES if role[0] != "admin"]
_GROUPS = "Group -> role. Where there are any, the role of a person follows them at each sign-on."


class SettingsField(serializers.DictField):
    """What the protocol needs: see accounts.single_sign_on.protocols."""

    child = serializers.CharField(max_length=262_144, allow_blank=True)


class GroupRolesField(serializers.DictField):
    """Group -> role: see accounts.single_sign_on.providers."""

    child = serializers.ChoiceField(ROLES)


class ProviderChangeSerializer(StrictSerializer):
    """What is to be otherwise. A list or an object replaces the one before."""

    name = SingleLineField(max_length=100, required=False)
    is_enabled = serializers.BooleanField(required=False)
    settings = SettingsField(required=False, help_text=_SETTINGS)
    secret = serializers.CharField(
        required=False, allow_blank=True, max_length=1_000, trim_whitespace=False, write_only=True, help_text=_SECRET
    )
    domains = serializers.ListField(
        child=serializers.CharField(max_length=253), required=False, max_length=MOST_DOMAINS, help_text=_DOMAINS
    )
    is_authoritative = serializers.BooleanField(required=False, help_text=_AUTHORITATIVE)
    creates_people = serializers.BooleanField(required=False, help_text=_CREATES)
    default_role = serializers.ChoiceField(_DEFAULT_ROLES, required=False)
    group_roles = GroupRolesField(required=False, help_text=_GROUPS)

    examples = {
        **{name: EXAMPLES[name] for name in ("name", "settings", "domains", "default_role", "group_roles")},
        "secret": "what the provider shows once",
    }


class NewProviderSerializer(ProviderChangeSerializer):
    """A provider to add. Enable it once you tested it."""

    name = SingleLineField(max_length=100)
    protocol = serializers.ChoiceField(SignOnProtocol.choices)
    settings = SettingsField(help_text=_SETTINGS)

    examples = {"protocol": "oidc", **ProviderChangeSerializer.examples}

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        del fields["is_enabled"]
        return fields


class IdentityProviderSerializer(serializers.ModelSerializer[IdentityProvider]):
    """An identity provider, without its secret. `callback` is the path on your host that it sends browsers back to."""

    settings = SettingsField()
    has_secret = serializers.BooleanField()
    domains = serializers.ListField(child=serializers.CharField())
    default_role = serializers.ChoiceField(_DEFAULT_ROLES)
    group_roles = GroupRolesField()
    callback = serializers.CharField()

    examples = EXAMPLES

    class Meta:
        model = IdentityProvider
        fields = (
            "id",
            "name",
            "protocol",
            "is_enabled",
            "settings",
            "has_secret",
            "domains",
            "is_authoritative",
            "creates_people",
            "default_role",
            "group_roles",
            "callback",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields

    def to_representation(self, provider: IdentityProvider) -> dict[str, Any]:
        return provider_as_json(provider)


class ListedProviderSerializer(IdentityProviderSerializer):
    """An identity provider of a list. With `as_of` it is not known whether it had a secret: null."""

    has_secret = serializers.BooleanField(allow_null=True)

    def to_representation(self, provider: IdentityProvider) -> dict[str, Any]:
        written = provider_as_json(provider)
        return written | {"has_secret": None} if "as_of" in self.context else written


def provider_as_json(provider: IdentityProvider) -> dict[str, Any]:
    """Write a provider straight from its attributes."""
    return {
        "id": str(provider.id),
        "name": provider.name,
        "protocol": provider.protocol,
        "is_enabled": provider.is_enabled,
        "settings": provider.settings,
        "has_secret": bool(provider.encrypted_secret),
        "domains": provider.domains.split(),
        "is_authoritative": provider.is_authoritative,
        "creates_people": provider.creates_people,
        "default_role": provider.default_role,
        "group_roles": provider.group_roles,
        "callback": callback_path(provider),
        "created_at": provider.created_at,
        "updated_at": provider.updated_at,
    }
