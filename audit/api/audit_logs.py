"""GET /audit-logs/, an entry, its proof, the checkpoints, and GET /audit-logs/export/: the audit trail, paged or streamed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.access.reads import record_read
from audit.api.access import RecordsAccess
from audit.api.checkpoints import CheckpointPages, CheckpointSerializer, ProofSerializer, proof_as_json
from audit.api.explanation import SaidSerializer, explanation_as_json
from audit.api.filters import LogEntryFilter
from audit.api.formats import EXAMPLES, FORMAT, CSVRenderer, FormatNegotiation, NDJSONRenderer, text_like
from audit.api.reversal import reverse
from audit.entry_json import COLUMNS, entry_as_json
from audit.exports.exporting import export
from audit.models import Checkpoint, LogEntry
from audit.reading.explanation import explain
from audit.reading.timeline import with_owners
from audit.transparency.proofs import prove_entry
from workix.api.pagination import ListRows, NewestFirst


class ActorSerializer(serializers.Serializer[LogEntry]):
    """Who acted."""

    type = serializers.CharField(source="actor_type")
    id = serializers.UUIDField(source="actor_id", allow_null=True)
    label = serializers.CharField(source="actor_label")  # type: ignore[assignment]  # a field may be called label
    on_behalf_of = serializers.UUIDField(allow_null=True, help_text="The person for whom an agent acted.")


class LogEntrySerializer(serializers.ModelSerializer[LogEntry]):
    """One line of the trail. `changes` maps a field to what it held before and holds after."""

    examples = {"resource_label": "carol@acme.example", "run_id": "run-2026-01-31", "step_id": "step-3"}
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
            "run_id",
            "step_id",
            "created_at",
            "is_verified",
        )

    def to_representation(self, entry: LogEntry) -> dict[str, Any]:
        return entry_as_json(entry)


class EntryExplanationSerializer(serializers.Serializer[Any]):
    """An entry in plain sentences."""

    entry = LogEntrySerializer()
    said = SaidSerializer(many=True)
    earlier = LogEntrySerializer(allow_null=True, help_text="The entry of the same thing before it.")
    later = LogEntrySerializer(allow_null=True, help_text="The entry of the same thing after it.")


@extend_schema_view(
    list=extend_schema(
        summary="List the audit trail",
        description="Newest first. Every mutation and every event of the organization: who did what, from where.",
    ),
    retrieve=extend_schema(summary="Read one entry", description="One line of the audit trail."),
)
class LogEntryViewSet(RecordsAccess, ListRows, mixins.RetrieveModelMixin):
    """The audit trail of the organization, newest first."""

    required_permissions = dict.fromkeys(
        ("list", "retrieve", "explanation", "export", "proof", "reversal"), "audit:read"
    )
    recent_authentication = ("export",)
    throttle_scopes = {"export": "exports"}
    accessed = "audit_log"
    tag = "Audit trail"
    serializer_class = LogEntrySerializer
    columns = COLUMNS
    row_as_json = staticmethod(entry_as_json)
    pagination_class = NewestFirst
    queryset = LogEntry.objects.all()
    filterset_class = LogEntryFilter
    lookup_value_converter = "uuid"
    problems = {"list": (400,), "export": (400, 429), "proof": (409,), "reversal": (409,)}

    @extend_schema(
        summary="Export the audit trail",
        description="All entries that fit the filters of the list, newest first, streamed: as CSV for a spreadsheet (a cell that "
        "would be a formula begins with an apostrophe), or as NDJSON, a line of JSON for each. Two at once; a third is 429. "
        "It is an entry itself, `audit_log.exported`.",
        parameters=[FORMAT],
        filters=True,
        responses={(200, media_type): text_like(example) for media_type, example in EXAMPLES.items()},
    )
    @action(
        detail=False,
        methods=["get"],
        renderer_classes=[CSVRenderer, NDJSONRenderer],
        content_negotiation_class=FormatNegotiation,
        pagination_class=None,
    )
    def export(self, request: Request) -> StreamingHttpResponse:
        filters = {name: request.query_params[name] for name in request.query_params if name != "format"}
        entries = self.filter_queryset(self.get_queryset())
        return export(entries, request.accepted_renderer.format, filters)

    def get_queryset(self) -> QuerySet[LogEntry]:
        entries: QuerySet[LogEntry] = super().get_queryset()
        return with_owners(entries) if getattr(self, "action", "") == "explanation" else entries

    @extend_schema(summary="Explain an entry", responses=EntryExplanationSerializer)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def explanation(self, request: Request, pk: UUID) -> Response:
        """Says in plain sentences who did it, on whose behalf, why, in which request, what changed, and what happened to the
        same thing before and after it.
        """
        explained = explain(self.get_object())
        record_read(self.accessed, str(pk))
        return Response(explanation_as_json(explained))

    @extend_schema(summary="Prove an entry", responses=ProofSerializer)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def proof(self, request: Request, pk: UUID) -> Response:
        """An inclusion proof of the entry, and the checkpoint it is for. An entry of the last minute may be in none yet (409
        `entry_not_sequenced`). Compare `leaf` with the entry, and the checkpoint with one you kept.
        """
        return Response(proof_as_json(prove_entry(pk)))

    @extend_schema(summary="Reverse a change", request=None, responses=LogEntrySerializer)
    @action(detail=True, methods=["post"], pagination_class=None, filterset_class=None)
    def reversal(self, request: Request, pk: UUID) -> Response:
        """Puts a thing back to before this entry: what was changed gets the values it had, what was added is removed. It takes
        the permission of that change too (403), and whatever its own call asks for. 409 `changed_since` where something newer
        stands in the way, `entry` says which; `not_reversible` for events, deletions and secrets. The response is the new entry.
        """
        done = reverse(request, self.get_object())
        return done if isinstance(done, Response) else Response(entry_as_json(done))


@extend_schema_view(
    list=extend_schema(
        summary="List checkpoints",
        description="Signed tree heads over the trail, newest first. Keep one elsewhere: no entry before it changes unseen. "
        "`pruned` says up to which leaf entries were taken out by retention, signed, too. With `consistent_with`, the number of "
        "entries of one you kept, `consistency` proves that the trail still begins with what that was signed over.",
        parameters=[
            OpenApiParameter(
                "consistent_with", int, description="The size of a checkpoint, 1 or more: not over the newest."
            )
        ],
    ),
)
class CheckpointViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Checkpoint]):
    """The checkpoints of the organization's trail, newest first."""

    required_permissions = {"list": "audit:read"}
    tag = "Audit trail"
    serializer_class = CheckpointSerializer
    pagination_class = CheckpointPages
    queryset = Checkpoint.objects.all()
    problems = {"list": (400,)}
