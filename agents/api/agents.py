"""GET and POST /agents/, GET, PATCH and DELETE /agents/{id}/, and the rotation of its key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api_keys.api.serializers import RotationSerializer
from accounts.authentication.bearer import person_of
from agents.agents import agents_of, change, create, get_agent, remove, rotate
from agents.api.serializers import (
    AgentChangeSerializer,
    AgentSerializer,
    CreatedAgentSerializer,
    NewAgentSerializer,
    agent_as_json,
    created_as_json,
)
from agents.models import Agent
from workix.api.idempotency import idempotent_without
from workix.api.serializers import sent


@extend_schema_view(
    list=extend_schema(
        summary="List agents",
        description="Your agents; all of the organization, where you manage them. The newest comes first.",
    )
)
class AgentViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Agent]):
    """The agents of the organization. No key and no agent reaches them."""

    required_permissions = {
        "list": "agents:read",
        "retrieve": "agents:read",
        "create": "agents:write",
        "partial_update": "agents:write",
        "destroy": "agents:write",
        "rotation": "agents:write",
    }
    recent_authentication = ("create", "partial_update", "rotation")
    problems = {"list": (400,), "rotation": (409,)}
    tag = "Agents"
    serializer_class = AgentSerializer
    queryset = Agent.objects.none()
    lookup_value_converter = "uuid"
    search_fields = ("name", "purpose", "prefix")

    def get_queryset(self) -> Any:
        return agents_of(person_of(self.request)).prefetch_related("owner__role_members__role")

    @extend_schema(summary="Read an agent", responses=AgentSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """On whose behalf it acts, what it may use of theirs, in which mode and within which limits."""
        return Response(agent_as_json(get_agent(pk, by=person_of(request))))

    @extend_schema(summary="Create an agent", request=NewAgentSerializer, responses={201: CreatedAgentSerializer})
    @idempotent_without("key")
    def create(self, request: Request) -> Response:
        """It acts on your behalf. Its `key` is in this response and nowhere else."""
        made = create(by=person_of(request), now=timezone.now(), **sent(NewAgentSerializer, request))
        return Response(created_as_json(made), 201, headers={"Location": f"/api/v1/agents/{made.row.id}/"})

    @extend_schema(summary="Change an agent", request=AgentChangeSerializer, responses=AgentSerializer)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Changes what it is called and for, its scopes, mode, limits, networks or end. It holds from the next call on. Of a
        live agent, who does not manage agents changes no more than name, purpose and model, or the mode with the rest.
        """
        said = sent(AgentChangeSerializer, request)
        return Response(agent_as_json(change(pk, by=person_of(request), now=timezone.now(), **said)))

    @extend_schema(summary="Remove an agent", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Ends its key from the very next request on. Its row stays for the trail, for a year."""
        remove(pk, by=person_of(request), now=timezone.now())
        return Response(status=204)

    @extend_schema(
        summary="Give an agent a new key", request=RotationSerializer, responses={201: CreatedAgentSerializer}
    )
    @action(detail=True, methods=["post"])
    @idempotent_without("key")
    def rotation(self, request: Request, pk: UUID) -> Response:
        """The old key is good for `overlap_hours` more, a week at most; with 0 it ends at once."""
        overlap = timedelta(hours=sent(RotationSerializer, request)["overlap_hours"])
        return Response(created_as_json(rotate(pk, by=person_of(request), now=timezone.now(), overlap=overlap)), 201)
