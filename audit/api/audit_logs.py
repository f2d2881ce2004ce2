"""GET /audit-logs/, GET /audit-logs/{id}/, its proof, and the checkpoints: the audit trail, by cursor pagination."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.api.checkpoints import CheckpointSerializer, ProofSerializer, proof_as_json
from audit.api.filters import LogEntryFilter
from audit.models import Checkpoint, LogEntry
from audit.transparency.proofs import prove_entry
from workix.api.pagination import NewestFirst


class ActorSerializer(serializers.Serializer[LogEntry]):
    """Who acted."""

    type = serializers.CharField(source="actor_type")
    id = serializers.UUIDField(source="actor_id", allow_null=True)
    label = serializers.CharField(source="actor_label")  # type: ignore[assignment]  # a field may be called label


class LogEntrySerializer(serializers.ModelSerializer[LogEntry]):
    """One line of the trail. `changes` maps a field to what it held before and holds after."""

    examples = {"resource_label": "carol@acme.example"}
    actor = ActorSerializer(source="*")
    changes = serializers.DictField()

    class Meta:
        model = LogEntry
        fields = (
            "id",
            "organization_id",
            "user_id",
            "actor",
            "action",
            "resource_type",
            "resource_id",
            "resource_label",
            "changes",
            "reason",
            "ip_address",
            "user_agent",
            "request_id",
            "created_at",
            "is_verified",
        )

    def to_representation(self, entry: LogEntry) -> dict[str, Any]:
        return entry_as_json(entry)


def entry_as_json(entry: LogEntry) -> dict[str, Any]:
    """Write an entry straight from its attributes: a list asks no field of a serializer for any row."""
    return {
        "id": entry.id,
        "organization_id": entry.organization_id,
        "user_id": entry.user_id,
        "actor": {"type": entry.actor_type, "id": entry.actor_id, "label": entry.actor_label},
        "action": entry.action,
        "resource_type": entry.resource_type,
        "resource_id": entry.resource_id,
        "resource_label": entry.resource_label,
        "changes": entry.changes,
        "reason": entry.reason,
        "ip_address": entry.ip_address,
        "user_agent": entry.user_agent,
        "request_id": entry.request_id,
        "created_at": entry.created_at,
        "is_verified": entry.is_verified,
    }


@extend_schema_view(
    list=extend_schema(
        summary="List the audit trail",
        description="Newest first. Every mutation and every event of the organization: who did what, from where.",
    ),
    retrieve=extend_schema(summary="Read one entry", description="One line of the audit trail."),
)
class LogEntryViewSet(viewsets.ReadOnlyModelViewSet[LogEntry]):
    """The audit trail of the organization, newest first."""

    required_permissions = {"list": "audit:read", "retrieve": "audit:read", "proof": "audit:read"}
    tag = "Audit trail"
    serializer_class = LogEntrySerializer
    pagination_class = NewestFirst
    queryset = LogEntry.objects.all()
    filterset_class = LogEntryFilter
    lookup_value_converter = "uuid"
    problems = {"list": (400,), "proof": (409,)}

    @extend_schema(summary="Prove an entry", responses=ProofSerializer)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def proof(self, request: Request, pk: UUID) -> Response:
        """An inclusion proof of the entry, and the checkpoint it is for. An entry of the last minute may be in none yet (409
        `entry_not_sequenced`). Compare `leaf` with the entry, and the checkpoint with one you kept.
        """
        return Response(proof_as_json(prove_entry(pk)))


@extend_schema_view(
    list=extend_schema(
        summary="List checkpoints",
        description="Signed tree heads over the trail, newest first. Keep one elsewhere: no entry before it changes unseen.",
    ),
)
class CheckpointViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Checkpoint]):
    """The checkpoints of the organization's trail, newest first."""

    required_permissions = {"list": "audit:read"}
    tag = "Audit trail"
    serializer_class = CheckpointSerializer
    pagination_class = NewestFirst
    queryset = Checkpoint.objects.all()
    problems = {"list": (400,)}
