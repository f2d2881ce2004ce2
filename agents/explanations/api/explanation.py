"""GET /authz/explanation/: whether somebody may do something, and why."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.explanations import actions, subjects
from agents.explanations.explaining import Explanation, explain
from agents.explanations.steps import OUTCOMES
from workix.api.serializers import StrictSerializer
from workix.core.permissions import KNOWN
from workix.web.networks import LONGEST_NETWORK

_ACTION = "A permission (`users:write`), an operation of this document (`users_create`), or a call (`GET /api/v1/users/{id}/`)."
_ACTOR = "`me`, `person:UUID`, `api_key:UUID` or `agent:UUID`. Others than oneself and one's agents take `authz:read`."
_OBJECT = (
    "The id or name of the thing, where the action does not say it: of a quota, or what stands in a path for `{id}`."
)
_ADDRESS = "From which IP address they come, of others than oneself: for rules of networks."
PARAMETERS = [
    OpenApiParameter("action", str, required=True, description=_ACTION, examples=None),
    OpenApiParameter("actor", str, description=_ACTOR),
    OpenApiParameter("object", str, description=_OBJECT),
    OpenApiParameter("address", str, description=_ADDRESS),
]
EXAMPLE = {
    "allowed": False,
    "decided_by": "role",
    "actor": {"type": "person", "id": "01900000-0000-7000-8000-000000000001", "label": "vera@acme.example"},
    "action": "users:write",
    "permission": "users:write",
    "steps": [
        {
            "check": "organization",
            "outcome": "passed",
            "said": "The organization is open: it is not suspended.",
            "code": None,
        },
        {
            "check": "role",
            "outcome": "refused",
            "said": "The role Viewer does not hold `users:write`, and there is no own role that gives it. It is held by Admin. "
            "No API key can have it.",
            "code": "permission_denied",
        },
    ],
}


class AskedSerializer(StrictSerializer):
    """The query."""

    action = serializers.CharField(max_length=actions.LONGEST)
    actor = serializers.CharField(max_length=subjects.LONGEST, default=subjects.ME)
    object = serializers.CharField(max_length=255, default="", allow_blank=True)
    address = serializers.IPAddressField(max_length=LONGEST_NETWORK, default="", allow_blank=True)


class StepSerializer(serializers.Serializer[Any]):
    """One check, in the order of a request."""

    check = serializers.CharField(help_text="What was looked at: `organization`, `network`, `session`, `key`, `role` …")
    outcome = serializers.ChoiceField(OUTCOMES, help_text="`unknown`: it depends on what nobody can tell beforehand.")
    said = serializers.CharField(help_text="In a sentence.")
    code = serializers.CharField(allow_null=True, help_text="Of the problem that a call would be refused with.")


class ExplainedActorSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    id = serializers.UUIDField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]  # a field may be called label


class ExplanationSerializer(serializers.Serializer[Any]):
    """Whether it is allowed, and why."""

    allowed = serializers.BooleanField(help_text="No check refuses. Those that are `unknown` may.")
    decided_by = serializers.CharField(
        help_text="The check that refuses first; where none does, the one that gives the right."
    )
    actor = ExplainedActorSerializer()
    action = serializers.CharField()
    permission = serializers.CharField(
        allow_null=True, help_text="What the action takes; `open` is anybody's, `known` that of whoever is."
    )
    steps = StepSerializer(many=True)

    examples = EXAMPLE


class ExplanationView(APIView):
    """Why somebody may, or may not, do something."""

    required_permissions = {"get": KNOWN}
    problems = {"get": (400,)}
    tag = "Access"

    @extend_schema(
        summary="Explain who may do what",
        operation_id="authz_explanation",
        parameters=PARAMETERS,
        responses=ExplanationSerializer,
    )
    def get(self, request: Request) -> Response:
        """Goes through the checks that a call would go through, and says in a sentence what each finds; nothing is done. For
        oneself anybody may ask, a key without scopes too; for others whoever holds `authz:read`. Every 403 leads here.
        """
        given = AskedSerializer(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        subject = subjects.read_subject(asked["actor"], by=request.user, auth=request.auth, address=asked["address"])
        action = actions.read_action(asked["action"], asked["object"])
        return Response(explanation_as_json(explain(subject, action, now=timezone.now())))


def explanation_as_json(explained: Explanation) -> dict[str, Any]:
    """Write an explanation."""
    actor = explained.subject.actor
    return {
        "allowed": explained.allowed,
        "decided_by": explained.decided_by,
        "actor": {"type": actor.type, "id": actor.id, "label": actor.label},
        "action": explained.action.named,
        "permission": explained.action.permission,
        "steps": [
            {"check": each.check, "outcome": each.outcome, "said": each.said, "code": each.code or None}
            for each in explained.steps
        ],
    }
