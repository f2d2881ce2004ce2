"""Serializers of API keys: what is asked for, what is shown, and what is shown once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.api_keys.keys import LONGEST_OVERLAP, Issued, needs_confirmation
from accounts.models import ApiKey, User
from tenants.api.fields import NetworkField
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.apps import scopes
from workix.web.networks import MOST_NETWORKS

EXAMPLES: dict[str, Any] = {
    "name": "Pipeline runner",
    "scopes": ["quotas:consume"],
    "networks": ["203.0.113.0/24", "2001:db8::/32"],
    "expires_at": "2027-01-31T12:00:00Z",
    "prefix": "wxk_02vbDRtzZ5Y3xGq8p4WmKeA7bC",
    "key": "wxk_02vbDRtzZ5Y3xGq8p4WmKeA7bCq0ZsT6uV9wX1yR2aB3cD4eF5gH6iJ7kL8mN9oP0",
}
SCOPES = [(each, each) for each in sorted(scopes())]
_NETWORKS = "From where it may be used (CIDR). None: from anywhere."
_HOURS = int(LONGEST_OVERLAP.total_seconds()) // 3600


class NewApiKeySerializer(StrictSerializer):
    """A key to issue. Its scopes are permissions that you hold, and that keys may hold."""

    name = SingleLineField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(SCOPES),
        min_length=1,
        max_length=len(SCOPES),
    )
    networks = serializers.ListField(
        child=NetworkField(), required=False, max_length=MOST_NETWORKS, help_text=_NETWORKS
    )
    expires_at = serializers.DateTimeField(required=False, allow_null=True, help_text="None: it has no end.")

    examples = {name: EXAMPLES[name] for name in ("name", "scopes", "networks", "expires_at")}


class ApiKeyChangeSerializer(NewApiKeySerializer):
    """What is to be otherwise. A list replaces the one before."""

    name = SingleLineField(max_length=100, required=False)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(SCOPES),
        required=False,
        min_length=1,
        max_length=len(SCOPES),
    )


class RotationSerializer(StrictSerializer):
    """For how long the old key is good, too."""

    overlap_hours = serializers.IntegerField(min_value=0, max_value=_HOURS, default=24)

    examples = {"overlap_hours": 24}


class LeakReportSerializer(StrictSerializer):
    """A key that somebody found."""

    key = serializers.CharField(max_length=1_000)

    examples = {"key": EXAMPLES["key"]}


class KeeperSerializer(serializers.Serializer[User]):
    """Who created or confirmed a key. They may have left since."""

    id = serializers.UUIDField()
    email = serializers.EmailField()


class ApiKeySerializer(serializers.ModelSerializer[ApiKey]):
    """An API key, without what a service sends. `needs_confirmation`: whoever confirmed it left, or holds less than it."""

    scopes = serializers.ListField(child=serializers.CharField())
    networks = serializers.ListField(child=serializers.CharField(), help_text=_NETWORKS)
    old_key_expires_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when the key from before the last rotation is good, too."
    )
    created_by = KeeperSerializer(allow_null=True)
    confirmed_by = KeeperSerializer(allow_null=True)
    needs_confirmation = serializers.BooleanField()

    examples = {name: EXAMPLES[name] for name in ("name", "scopes", "networks", "expires_at", "prefix")}

    class Meta:
        model = ApiKey
        fields = (
            "id",
            "name",
            "prefix",
            "scopes",
            "networks",
            "expires_at",
            "old_key_expires_at",
            "last_used_at",
            "created_at",
            "created_by",
            "confirmed_at",
            "confirmed_by",
            "needs_confirmation",
        )
        read_only_fields = fields

    def to_representation(self, key: ApiKey) -> dict[str, Any]:
        return key_as_json(key)


class ListedKeySerializer(ApiKeySerializer):
    """An API key of a list. With `as_of` it is not known whether somebody answered for it, nor when it was used last: null."""

    needs_confirmation = serializers.BooleanField(allow_null=True)

    def to_representation(self, key: ApiKey) -> dict[str, Any]:
        moment = self.context.get("as_of")
        if moment is None:
            return key_as_json(key)
        return key_as_json(key, now=moment) | {"needs_confirmation": None}


class IssuedKeySerializer(ApiKeySerializer):
    """The key itself is in this response and nowhere else; in a replay by Idempotency-Key it is null."""

    key = serializers.CharField(allow_null=True)

    examples = {**ApiKeySerializer.examples, "key": EXAMPLES["key"]}

    class Meta(ApiKeySerializer.Meta):
        fields = read_only_fields = (*ApiKeySerializer.Meta.fields, "key")  # type: ignore[assignment]  # longer by one


def key_as_json(key: ApiKey, *, now: datetime | None = None) -> dict[str, Any]:
    """Write a key straight from its attributes, as it is now or at another moment."""
    return {
        "id": str(key.id),
        "name": key.name,
        "prefix": key.prefix,
        "scopes": key.scopes.split(),
        "networks": key.networks.split(),
        "expires_at": key.expires_at,
        "old_key_expires_at": key.old_key_expires_at(now=now or timezone.now()),
        "last_used_at": key.last_used_at,
        "created_at": key.created_at,
        "created_by": _keeper(key.created_by),
        "confirmed_at": key.confirmed_at,
        "confirmed_by": _keeper(key.confirmed_by),
        "needs_confirmation": needs_confirmation(key),
    }


def issued_as_json(issued: Issued) -> dict[str, Any]:
    return key_as_json(issued.row) | {"key": issued.key}


def _keeper(user: User | None) -> dict[str, Any] | None:
    return {"id": str(user.id), "email": user.email} if user else None
