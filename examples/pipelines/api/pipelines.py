"""GET and POST /pipelines/, GET, PATCH and DELETE /pipelines/{id}/: the API of pipelines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from examples.pipelines.editing import add, change, get_pipeline
from examples.pipelines.models import Pipeline, Schedule
from examples.pipelines.removal import remove, restore
from workix.api.idempotency import idempotent
from workix.api.serializers import SingleLineField, StrictSerializer

EXAMPLES = {"name": "Invoices"}


class PipelineSerializer(serializers.ModelSerializer[Pipeline]):
    """A pipeline of the organization."""

    class Meta:
        model = Pipeline
        fields = ("id", "name", "is_enabled", "schedule", "created_at", "updated_at")
        read_only_fields = fields

    examples = EXAMPLES

    def to_representation(self, pipeline: Pipeline) -> dict[str, Any]:
        return pipeline_as_json(pipeline)


class NewPipelineSerializer(StrictSerializer):
    """A pipeline to add."""

    examples = EXAMPLES
    name = SingleLineField(max_length=200)
    is_enabled = serializers.BooleanField(default=True)
    schedule = serializers.ChoiceField(Schedule.choices, default=Schedule.MANUAL.value)


class PipelineChangeSerializer(StrictSerializer):
    """What may be changed of a pipeline."""

    examples = EXAMPLES
    name = SingleLineField(max_length=200, required=False)
    is_enabled = serializers.BooleanField(required=False)
    schedule = serializers.ChoiceField(Schedule.choices, required=False)


def pipeline_as_json(pipeline: Pipeline) -> dict[str, Any]:
    """Write a pipeline straight from the attributes: a list spends most of its time here."""
    return {
        "id": str(pipeline.id),
        "name": pipeline.name,
        "is_enabled": pipeline.is_enabled,
        "schedule": pipeline.schedule,
        "created_at": pipeline.created_at,
        "updated_at": pipeline.updated_at,
    }


@extend_schema_view(list=extend_schema(summary="List pipelines", description="The pipelines, newest first."))
class PipelineViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Pipeline]):
    """The pipelines of the organization."""

    required_permissions = {
        "list": "pipelines:read",
        "retrieve": "pipelines:read",
        "create": "pipelines:write",
        "partial_update": "pipelines:write",
        "destroy": "pipelines:write",
        "restore": "pipelines:restore",
    }
    problems = {"list": (400,)}
    tag = "Pipelines"
    serializer_class = PipelineSerializer
    queryset = Pipeline.objects.all()
    lookup_value_converter = "uuid"
    filterset_fields = ("is_enabled", "schedule")
    ordering_fields = ("name", "created_at")

    @extend_schema(summary="Read a pipeline", responses=PipelineSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One of the pipelines."""
        return Response(pipeline_as_json(get_pipeline(pk)))

    @extend_schema(summary="Add a pipeline", request=NewPipelineSerializer, responses={201: PipelineSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Takes a unit of the quota `pipelines`."""
        given = NewPipelineSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = add(**given.validated_data)
        return Response(pipeline_as_json(made), 201, headers={"Location": f"/api/v1/pipelines/{made.id}/"})

    @extend_schema(summary="Change a pipeline", request=PipelineChangeSerializer, responses=PipelineSerializer)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Changes what is sent, and nothing else."""
        given = PipelineChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(pipeline_as_json(change(pk, **given.validated_data)))

    @extend_schema(summary="Remove a pipeline", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Gives its unit of the quota `pipelines` back, and tells the admins. It can be restored within 30 days."""
        remove(pk, now=timezone.now())
        return Response(status=204)

    @extend_schema(summary="Restore a pipeline", request=None, responses={201: PipelineSerializer})
    @action(detail=True, methods=["post"], url_path="restoration")
    def restore(self, request: Request, pk: UUID) -> Response:
        """Takes a unit of the quota `pipelines` again, and one of `pipeline_restorations`."""
        return Response(pipeline_as_json(restore(pk)), 201)
