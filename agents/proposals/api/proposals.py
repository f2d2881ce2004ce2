"""GET /proposals/, GET /proposals/{id}/, and its approval/ and refusal/."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication.bearer import person_of
from agents.models import Proposal
from agents.proposals.api.serializers import ProposalQuerySerializer, ProposalSerializer, WordSerializer
from agents.proposals.deciding import approve, get_proposal, proposals_of, refuse, those_of
from agents.proposals.proposal_json import proposal_as_json
from workix.api.serializers import sent


@extend_schema_view(
    list=extend_schema(
        summary="List proposals",
        description="What agents asked approval for, the newest first: of your agents, or of all where you decide; an agent"
        " sees its own.",
        parameters=[ProposalQuerySerializer],
    )
)
class ProposalViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Proposal]):
    """Acts that wait for approval, and those that did."""

    required_permissions = {
        "list": "proposals:read",
        "retrieve": "proposals:read",
        "approval": "proposals:decide",
        "refusal": "proposals:decide",
    }
    recent_authentication = ("approval",)
    problems = {"list": (400,), "approval": (409,), "refusal": (409,)}
    tag = "Agents"
    serializer_class = ProposalSerializer
    queryset = Proposal.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        asked = ProposalQuerySerializer(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        return those_of(proposals_of(person_of(self.request)), now=timezone.now(), **asked.validated_data)

    @extend_schema(summary="Read a proposal", responses=ProposalSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """What would change, why it waits, and how it stands."""
        return _shown(get_proposal(pk, by=person_of(request)))

    @extend_schema(summary="Approve a proposal", request=WordSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def approval(self, request: Request, pk: UUID) -> Response:
        """Does it at once, as the agent: `executed`, or `failed` where it was refused, with `answer_status`. Before that it is
        tried once more: where it would change anything else than what was predicted, or what it is about was changed since,
        nothing is done (409 `proposal_stale`, with `changed`). It is done once, whoever approves at the same moment.
        """
        word = sent(WordSerializer, request)["word"]
        asked = request._request  # noqa: SLF001  # no public name
        return _shown(approve(pk, by=person_of(request), word=word, asked=asked, now=timezone.now()))

    @extend_schema(summary="Refuse a proposal", request=WordSerializer, responses=ProposalSerializer)
    @action(detail=True, methods=["post"])
    def refusal(self, request: Request, pk: UUID) -> Response:
        """It is never done. Your word is shown to the agent."""
        word = sent(WordSerializer, request)["word"]
        return _shown(refuse(pk, by=person_of(request), word=word, now=timezone.now()))


def _shown(proposal: Proposal) -> Response:
    return Response(proposal_as_json(proposal, now=timezone.now()))
