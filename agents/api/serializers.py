"""Serializers of agents: what is asked for, what is shown, and what is shown once."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from agents.agents import Created
from agents.models import Agent, Mode
from tenants.api.fields import NetworkField
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.apps import agent_scopes
from workix.web.networks import MOST_NETWORKS

EXAMPLES: dict[str, Any] = {
    "name": "Robin",
    "purpose": "Keeps the list of people tidy.",
    "model_label": "example-model-2",
    "scopes": ["users:read", "users:write"],
    "may": ["agents:report", "users:read", "users:write"],
    "mode": "supervised",
    "stop_reason": "",
    "networks": ["203.0.113.0/24"],
    "expires_at": "2027-01-31T12:00:00Z",
    "calls_per_hour": 600,
    "deletions_per_day": 10,
    "quota_share": 20,
    "budget_units": 100_000,
    "prefix": "wxa_02vbDRtzZ5Y3xGq8p4WmKeA7bC",
    "key": "wxa_02vbDRtzZ5Y3xGq8p4WmKeA7bCq0ZsT6uV9wX1yR2aB3cD4eF5gH6iJ7kL8mN9oP0",
}
SCOPES = [(each, each) for each in sorted(agent_scopes())]
_NETWORKS = "From where it may call (CIDR). None: from anywhere."
#: What a column of PostgreSQL holds, and what a number of JSON says exactly.
_LARGEST, _LARGEST_BIG = 2**31 - 1, 2**53 - 1
_WRITTEN = (
    *("name", "purpose", "model_label", "scopes", "mode", "networks", "expires_at"),
    *("calls_per_hour", "deletions_per_day", "quota_share", "budget_units"),
)


class NewAgentSerializer(StrictSerializer):
    """An agent to create. It acts on your behalf, and its scopes are permissions of yours that agents may use."""

    name = SingleLineField(max_length=100)
    purpose = SingleLineField(max_length=500, help_text="What it is for, in your words.")
    model_label = SingleLineField(max_length=100, required=False, help_text="What it runs on, as you call it.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(SCOPES),
        min_length=1,
        max_length=len(SCOPES),
    )
    mode = serializers.ChoiceField(
        Mode.choices,
        required=False,
        help_text="`sandbox`: dry runs only; `supervised`: risky acts wait for approval; `live`: it acts (takes agents:manage).",
    )
    networks = serializers.ListField(
        child=NetworkField(), required=False, max_length=MOST_NETWORKS, help_text=_NETWORKS
    )
    expires_at = serializers.DateTimeField(required=False, allow_null=True, help_text="None: it has no end.")
    calls_per_hour = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=_LARGEST)
    deletions_per_day = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=_LARGEST)
    quota_share = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=100, help_text="Percent of each quota that it may use."
    )
    budget_units = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=_LARGEST_BIG,
        help_text="Units of cost that it may spend, as its runtime reports them.",
    )

    examples = {name: EXAMPLES[name] for name in _WRITTEN}


class AgentChangeSerializer(NewAgentSerializer):
    """What is to be otherwise. A list replaces the one before."""

    name = SingleLineField(max_length=100, required=False)
    purpose = SingleLineField(max_length=500, required=False)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(SCOPES),
        required=False,
        min_length=1,
        max_length=len(SCOPES),
    )


class OwnerSerializer(serializers.Serializer[Any]):
    """On whose behalf an agent acts."""

    id = serializers.UUIDField()
    email = serializers.EmailField()


class AgentSerializer(serializers.ModelSerializer[Agent]):
    """An agent, without its key. `may`: what it may use now of its owner's permissions, by its scopes and as every agent."""

    scopes = serializers.ListField(child=serializers.CharField())
    networks = serializers.ListField(child=serializers.CharField(), help_text=_NETWORKS)
    old_key_expires_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when the key from before the last rotation is good, too."
    )
    owner = OwnerSerializer(allow_null=True)
    may = serializers.ListField(child=serializers.CharField())

    examples = {name: EXAMPLES[name] for name in (*_WRITTEN, "prefix", "may", "stop_reason")}

    class Meta:
        model = Agent
        fields = (
            "id",
            "name",
            "purpose",
            "model_label",
            "owner",
            "scopes",
            "may",
            "mode",
            "networks",
            "expires_at",
            "stopped_at",
            "stop_reason",
            "calls_per_hour",
            "deletions_per_day",
            "quota_share",
            "budget_units",
            "spent_units",
            "prefix",
            "old_key_expires_at",
            "last_used_at",
            "created_at",
        )
        read_only_fields = fields

    def to_representation(self, agent: Agent) -> dict[str, Any]:
        return agent_as_json(agent)


class CreatedAgentSerializer(AgentSerializer):
    """The key is in this response and nowhere else; in a replay by Idempotency-Key it is null."""

    key = serializers.CharField(allow_null=True)

    examples = {**AgentSerializer.examples, "key": EXAMPLES["key"]}

    class Meta(AgentSerializer.Meta):
        fields = read_only_fields = (*AgentSerializer.Meta.fields, "key")  # type: ignore[assignment]  # longer by one


_AS_IT_IS = (
    *("name", "purpose", "model_label", "mode", "expires_at", "stopped_at", "stop_reason", "calls_per_hour"),
    *("deletions_per_day", "quota_share", "budget_units", "spent_units", "prefix", "last_used_at", "created_at"),
)


def agent_as_json(agent: Agent) -> dict[str, Any]:
    """Write an agent straight from its attributes."""
    owner = agent.owner
    held = owner.permissions if owner and owner.deleted_at is None else frozenset()
    return {
        "id": str(agent.id),
        **{name: getattr(agent, name) for name in _AS_IT_IS},
        "owner": {"id": str(owner.id), "email": owner.email} if owner else None,
        "scopes": agent.scopes.split(),
        "may": sorted(agent.usable & held),
        "networks": agent.networks.split(),
        "old_key_expires_at": agent.old_key_expires_at(now=timezone.now()),
    }


def created_as_json(created: Created) -> dict[str, Any]:
    return agent_as_json(created.row) | {"key": created.key}
