"""POST /agents/{id}/stop/, POST /agents/stop-all/ and POST /agents/{id}/restart/: the kill switch."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication.bearer import person_of
from agents.api.serializers import AgentSerializer, CreatedAgentSerializer, agent_as_json
from agents.models import Agent
from agents.stopping.kill_switch import restart, stop, stop_all
from workix.api.idempotency import idempotent_without
from workix.api.serializers import SingleLineField, StrictSerializer, sent


class ReasonSerializer(StrictSerializer):
    """Why somebody does it. It is kept in the trail, and shown with the agent."""

    reason = SingleLineField(max_length=500)

    examples = {"reason": "It removed people who were asked to stay."}


class StoppedSerializer(serializers.Serializer[None]):
    """Which agents were stopped now; those that were before are not among them."""

    stopped = serializers.ListField(child=serializers.UUIDField())

    examples = {"stopped": ["0192f1c4-5a2b-7c3d-8e4f-5a6b7c8d9e0f"]}


class StoppingViewSet(viewsets.GenericViewSet[Agent]):
    """Stopping agents, and starting one again. No key and no agent reaches it."""

    required_permissions = {"stop": "agents:write", "stop_all": "agents:manage", "restart": "agents:manage"}
    recent_authentication = ("restart",)
    problems = {"restart": (409,)}
    tag = "Agents"
    queryset = Agent.objects.none()
    lookup_value_converter = "uuid"

    @extend_schema(summary="Stop an agent", request=ReasonSerializer, responses=AgentSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: UUID) -> Response:
        """Its keys are dead with its next call. Its waiting jobs and open proposals are dropped, its jobs at work end. One that
        is stopped already stays so, with the first reason.
        """
        reason = sent(ReasonSerializer, request)["reason"]
        return Response(agent_as_json(stop(pk, by=person_of(request), reason=reason, now=timezone.now())))

    @extend_schema(summary="Stop all agents", request=ReasonSerializer, responses=StoppedSerializer)
    @action(detail=False, methods=["post"], url_path="stop-all")
    def stop_all(self, request: Request) -> Response:
        """Stops every agent of the organization, as each would be by itself."""
        stopped = stop_all(reason=sent(ReasonSerializer, request)["reason"], now=timezone.now())
        return Response({"stopped": [str(each.id) for each in stopped]})

    @extend_schema(
        summary="Start a stopped agent again", request=ReasonSerializer, responses={201: CreatedAgentSerializer}
    )
    @action(detail=True, methods=["post"])
    @idempotent_without("key")
    def restart(self, request: Request, pk: UUID) -> Response:
        """It gets a new `key`, which is in this response and nowhere else; its old ones stay dead. What was dropped stays so."""
        again = restart(pk, by=person_of(request), reason=sent(ReasonSerializer, request)["reason"])
        return Response(agent_as_json(again.row) | {"key": again.key}, 201)
