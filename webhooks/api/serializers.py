"""Serializers of webhooks: what is asked for, what is shown, and the secret, which is shown once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from webhooks.endpoints import LONGEST_OVERLAP, Issued
from webhooks.models import State, WebhookEndpoint
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.web.outgoing import LONGEST_URL

#: Of a bigint column.
LARGEST_INDEX = 2**63 - 1
ATTEMPT: dict[str, Any] = {
    "at": "2026-11-27T09:30:00.000000Z",
    "index": 41,
    "status": 200,
    "failure": "",
    "milliseconds": 84,
}
EXAMPLES: dict[str, Any] = {
    "url": "https://siem.acme.example/workix",
    "description": "Security monitoring",
    "is_enabled": True,
    "state": "active",
    "position": 42,
    "failures": 0,
    "last_failure": "",
    "secret": "whsec_bm8gc2VjcmV0LCBhbiBleGFtcGxlIG9mIG9uZSBvbmx5",
}
_HOURS = int(LONGEST_OVERLAP.total_seconds()) // 3600
_URL = "Where to: https, and an address of the public internet. Put no secret into it: it is shown, and in the trail."
_POSITION = "The index of the next entry it is sent, in the order of the trail's checkpoints."


class WebhookChangeSerializer(StrictSerializer):
    """What is to be otherwise. To enable a paused webhook resumes it."""

    url = serializers.CharField(required=False, max_length=LONGEST_URL, trim_whitespace=False, help_text=_URL)
    description = SingleLineField(max_length=100, required=False, allow_blank=True)
    is_enabled = serializers.BooleanField(required=False)

    examples = {name: EXAMPLES[name] for name in ("url", "description", "is_enabled")}


class NewWebhookSerializer(WebhookChangeSerializer):
    """An endpoint to add. It is sent what comes from now on; for what came before, replay it."""

    url = serializers.CharField(max_length=LONGEST_URL, trim_whitespace=False, help_text=_URL)


class SecretRotationSerializer(StrictSerializer):
    """For how long the old secret signs, too."""

    overlap_hours = serializers.IntegerField(min_value=0, max_value=_HOURS, default=24)

    examples = {"overlap_hours": 24}


class ReplaySerializer(StrictSerializer):
    """From where on."""

    examples = {"from": 0}

    def get_fields(self) -> dict[str, Any]:
        """Add `from`, which is a word of Python."""
        index = serializers.IntegerField(min_value=0, max_value=LARGEST_INDEX, help_text=_POSITION)
        return {**super().get_fields(), "from": index}


class WebhookSerializer(serializers.ModelSerializer[WebhookEndpoint]):
    """A webhook, without its secret."""

    state = serializers.ChoiceField(State.choices)
    old_secret_expires_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when the secret from before the last rotation signs, too."
    )

    examples = {name: EXAMPLES[name] for name in EXAMPLES if name != "secret"}

    class Meta:
        model = WebhookEndpoint
        fields = (
            "id",
            "url",
            "description",
            "is_enabled",
            "state",
            "position",
            "failures",
            "failing_since",
            "next_attempt_at",
            "paused_at",
            "last_failure",
            "last_failed_at",
            "last_delivered_at",
            "old_secret_expires_at",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields
        extra_kwargs: ClassVar[dict[str, Any]] = {"position": {"help_text": _POSITION}}

    def to_representation(self, endpoint: WebhookEndpoint) -> dict[str, Any]:
        return endpoint_as_json(endpoint)


class ListedWebhookSerializer(WebhookSerializer):
    """A webhook of a list. With `as_of` what its deliveries wrote is null, and `state` is `disabled` or null."""

    state = serializers.ChoiceField(State.choices, allow_null=True)

    class Meta(WebhookSerializer.Meta):
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "position": {"help_text": _POSITION, "allow_null": True},
            "failures": {"allow_null": True},
            "last_failure": {"allow_null": True},
        }

    def to_representation(self, endpoint: WebhookEndpoint) -> dict[str, Any]:
        moment = self.context.get("as_of")
        if moment is None:
            return endpoint_as_json(endpoint)
        return endpoint_as_json(endpoint, now=moment) | {"state": None if endpoint.is_enabled else State.DISABLED.value}


class IssuedWebhookSerializer(WebhookSerializer):
    """The secret is in this response and nowhere else; in a replay by Idempotency-Key it is null."""

    secret = serializers.CharField(allow_null=True)

    examples = EXAMPLES

    class Meta(WebhookSerializer.Meta):
        fields = read_only_fields = (*WebhookSerializer.Meta.fields, "secret")  # type: ignore[assignment]  # longer by one


class AttemptSerializer(serializers.Serializer[Any]):
    """An attempt at a delivery. `index` is null of a test, `status` where nothing answered; `failure` is empty if taken."""

    at = serializers.DateTimeField()
    index = serializers.IntegerField(allow_null=True)
    status = serializers.IntegerField(allow_null=True)
    failure = serializers.CharField(allow_blank=True)
    milliseconds = serializers.IntegerField()

    examples = ATTEMPT


def endpoint_as_json(endpoint: WebhookEndpoint, *, now: datetime | None = None) -> dict[str, Any]:
    """Write an endpoint straight from its attributes, as it is now or at another moment."""
    until = endpoint.previous_expires_at
    return {
        "id": str(endpoint.id),
        "url": endpoint.url,
        "description": endpoint.description,
        "is_enabled": endpoint.is_enabled,
        "state": endpoint.state.value,
        "position": endpoint.position,
        "failures": endpoint.failures,
        "failing_since": endpoint.failing_since,
        "next_attempt_at": endpoint.next_attempt_at,
        "paused_at": endpoint.paused_at,
        "last_failure": endpoint.last_failure,
        "last_failed_at": endpoint.last_failed_at,
        "last_delivered_at": endpoint.last_delivered_at,
        "old_secret_expires_at": until if until and until > (now or timezone.now()) else None,
        "created_at": endpoint.created_at,
        "updated_at": endpoint.updated_at,
    }


def issued_as_json(issued: Issued) -> dict[str, Any]:
    return endpoint_as_json(issued.row) | {"secret": issued.secret}
