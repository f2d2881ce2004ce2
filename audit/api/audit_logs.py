"""GET /audit-logs/ and GET /audit-logs/{id}/: the audit trail, by cursor pagination."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets

from audit.api.filters import LogEntryFilter
from audit.models import LogEntry
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


@extend_schema_view(
    list=extend_schema(
        summary="List the audit trail",
        description="Newest first. Every mutation and every event of the organization: who did what, from where.",
    ),
    retrieve=extend_schema(summary="Read one entry", description="One line of the audit trail."),
)
class LogEntryViewSet(viewsets.ReadOnlyModelViewSet[LogEntry]):
    """The audit trail of the organization, newest first."""

    required_permissions = {"list": "audit:read", "retrieve": "audit:read"}
    tag = "Audit trail"
    serializer_class = LogEntrySerializer
    pagination_class = NewestFirst
    queryset = LogEntry.objects.all()
    filterset_class = LogEntryFilter
    lookup_value_converter = "uuid"
    problems = {"list": (400,)}
