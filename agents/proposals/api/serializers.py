"""Serializers of proposals and of the approval policy."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from agents.answers import EXAMPLE
from agents.models import Proposal, Status
from agents.models.proposal import LONGEST_WORD
from agents.proposals.policy import MOST_RULES, Policy
from agents.proposals.proposal_json import proposal_as_json
from agents.proposals.rules import DAYS, DEFAULT, FIELD, MOST_FIELDS
from workix.api.serializers import SingleLineField, StrictSerializer

_WHY = [{"rule": "Deletions", "changes": 1}]
EXAMPLES: dict[str, Any] = {
    "status": "pending",
    "method": "DELETE",
    "path": "/api/v1/users/01a206e4-4f12-7b0a-ac0e-50db732c6474/",
    "query": "",
    "reason": "Has not been here for a year.",
    "run_id": "run-7",
    "step_id": "step-3",
    "why": _WHY,
    "changes": EXAMPLE["dry_run"]["changes"],
    "word": "Bob left in spring.",
    "answer_status": None,
}
_PATTERN = r"^[a-z_.*]{1,50}$"
_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class ProposalQuerySerializer(StrictSerializer):
    """Which of them. Whatever else is in the query is for the page."""

    takes_more = True

    status = serializers.ChoiceField(Status.choices, required=False)
    agent = serializers.UUIDField(required=False)


class WordSerializer(StrictSerializer):
    """Why it is decided so."""

    word = SingleLineField(max_length=LONGEST_WORD, required=False, allow_blank=True, default="")

    examples = {"word": EXAMPLES["word"]}


class MatchedRuleSerializer(serializers.Serializer[Any]):
    """A rule of the approval policy, and how many of the changes it is about."""

    rule = serializers.CharField()
    changes = serializers.IntegerField()

    examples = _WHY[0]


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    """An act that waits for approval, or did. Its body is not shown; what it would change is."""

    status = serializers.ChoiceField(Status.choices)
    why = MatchedRuleSerializer(many=True)
    changes = serializers.JSONField(help_text="What a dry run said would change, as `dry_run.changes` has it.")
    answer_status = serializers.IntegerField(allow_null=True, help_text="What it was answered when it was done.")

    examples = EXAMPLES

    class Meta:
        model = Proposal
        fields = (
            *(
                "id",
                "agent",
                "status",
                "method",
                "path",
                "query",
                "reason",
                "run_id",
                "step_id",
                "why",
                "changes",
                "expires_at",
            ),
            *("decided_by", "decided_at", "word", "answer_status", "created_at", "updated_at"),
        )
        read_only_fields = fields

    def to_representation(self, proposal: Proposal) -> dict[str, Any]:
        return proposal_as_json(proposal, now=timezone.now())


class RuleSerializer(StrictSerializer):
    """A rule. An act waits where at least so many of its changes are of this kind, on these days, at this time."""

    name = SingleLineField(max_length=100)
    resource_type = serializers.RegexField(
        _PATTERN, default="*", help_text="Kind of thing, as in the audit trail; `*` stands for anything."
    )
    action = serializers.RegexField(_PATTERN, default="*", help_text="As in the audit trail: `*.deleted`.")
    fields_ = serializers.ListField(
        child=serializers.RegexField(f"^{FIELD.pattern}$"), default=list, max_length=MOST_FIELDS
    )
    at_least = serializers.IntegerField(min_value=1, max_value=1_000_000, default=1)
    days = serializers.ListField(
        child=serializers.ChoiceField(DAYS), default=list, max_length=len(DAYS), help_text="None: every day."
    )
    begins = serializers.RegexField(_TIME, required=False, allow_blank=True, help_text="Empty: all day.")
    ends = serializers.RegexField(
        _TIME, required=False, allow_blank=True, help_text="Before it begins: on the next day."
    )
    time_zone = SingleLineField(max_length=64, default="UTC", help_text="Of days and times: Europe/Berlin.")

    examples = DEFAULT[0].as_json()

    def get_fields(self) -> dict[str, Any]:
        """Call `fields` what a serializer can't."""
        made = super().get_fields()
        return {name.rstrip("_"): each for name, each in made.items()}


class ApprovalPolicySerializer(serializers.Serializer[Policy]):
    """Which acts of supervised agents wait for approval."""

    rules = RuleSerializer(many=True)
    four_eyes = serializers.BooleanField(help_text="Whether somebody else than the owner of an agent has to decide.")

    examples = {"rules": [DEFAULT[0].as_json()], "four_eyes": True}


class ApprovalPolicyChangeSerializer(StrictSerializer):
    """What is to be decided otherwise. Rules take the place of all there were; without any, nothing waits."""

    rules = serializers.ListField(child=RuleSerializer(), required=False, max_length=MOST_RULES)
    four_eyes = serializers.BooleanField(required=False)

    examples = {"rules": [DEFAULT[0].as_json()], "four_eyes": True}
