"""GET and POST /agents/{id}/usage/: how much of its limits an agent used, and what a run of it cost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.validators import RegexValidator
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication.bearer import person_of
from agents.agents import get_agent
from agents.limits.budget import MOST_UNITS, report_usage
from agents.limits.usage import RUNS_SHOWN, usage_of
from agents.models import Agent, AgentUsage
from agents.runs.headers import TRACE_PATTERN
from workix.api.idempotency import idempotent
from workix.api.serializers import SingleLineField, StrictSerializer, sent
from workix.core.errors import NotFound

RUN = RegexValidator(rf"\A{TRACE_PATTERN}\Z", "Write it as in Workix-Trace: run-7, or run-7/step-2.")
EXAMPLES: dict[str, Any] = {
    "run": "tidy-2026-11-27/3",
    "model": "example-model-2",
    "input_tokens": 18_200,
    "output_tokens": 940,
    "units": 42,
}


class RunSerializer(StrictSerializer):
    """What one run cost, reported once, when it is over. `run` is its id, as in `Workix-Trace`."""

    run = serializers.CharField(max_length=129, validators=[RUN])
    model = SingleLineField(max_length=100)
    input_tokens = serializers.IntegerField(required=False, min_value=0, max_value=MOST_UNITS)
    output_tokens = serializers.IntegerField(required=False, min_value=0, max_value=MOST_UNITS)
    units = serializers.IntegerField(
        min_value=0, max_value=MOST_UNITS, help_text="Of the budget, in whatever unit the organization counts."
    )

    examples = EXAMPLES


class ReportSerializer(serializers.ModelSerializer[AgentUsage]):
    """What was reported of a run."""

    examples = EXAMPLES

    class Meta:
        model = AgentUsage
        fields = ("run", "model", "input_tokens", "output_tokens", "units", "created_at")
        read_only_fields = fields


class GaugeSerializer(serializers.Serializer[Any]):
    """How much of one limit is used. `limit` is null where there is none."""

    name = serializers.ChoiceField(["calls", "deletions", "budget"])
    limit = serializers.IntegerField(allow_null=True)
    used = serializers.IntegerField(allow_null=True, help_text="Null: it is not counted, since there is no limit.")

    examples = {"name": "calls", "limit": 600, "used": 12}


class UsageSerializer(serializers.Serializer[Any]):
    """How much of its limits an agent used: calls in the hour that runs, deletions today, units of its budget."""

    limits = GaugeSerializer(many=True)
    runs = ReportSerializer(many=True, help_text=f"The last {RUNS_SHOWN} that were reported, the newest first.")


class UsageViewSet(viewsets.GenericViewSet[Agent]):
    """What agents used. An agent reports its own runs, whatever its mode, and with its budget spent."""

    required_permissions = {"usage": "agents:read", "report": "agents:report"}
    problems = {"report": (409,)}
    tag = "Agents"
    queryset = Agent.objects.none()
    lookup_value_converter = "uuid"

    @extend_schema(summary="Read what an agent used", responses=UsageSerializer)
    @action(detail=True, methods=["get"])
    def usage(self, request: Request, pk: UUID) -> Response:
        """How much of its limits it used, and what its last runs cost."""
        used = usage_of(get_agent(pk, by=person_of(request)), now=timezone.now())
        limits = [{"name": each.name, "limit": each.limit, "used": each.used} for each in used.gauges]
        return Response({"limits": limits, "runs": ReportSerializer(used.runs, many=True).data})

    @extend_schema(summary="Report what a run cost", request=RunSerializer, responses={201: ReportSerializer})
    @usage.mapping.post
    @idempotent
    def report(self, request: Request, pk: UUID) -> Response:
        """Adds the units to what the agent spent: by its own key, its owner or whoever manages it. A run that is reported again
        in the same words counts once; in others it is refused (409 `run_reported`).
        """
        said = sent(RunSerializer, request)
        report = report_usage(_reporting(request, pk), **said)
        return Response(ReportSerializer(report).data, 201)


def _reporting(request: Request, agent_id: UUID) -> Agent:
    """Return the agent that is reported of: an agent reports of itself alone.

    :raises NotFound: when it is another's, or there is none.
    """
    if isinstance(request.auth, Agent):
        if request.auth.id != agent_id:
            raise NotFound
        return request.auth
    return get_agent(agent_id, by=person_of(request))
