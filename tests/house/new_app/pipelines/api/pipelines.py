"""GET /pipelines/ and PATCH /pipelines/{id}/."""

from __future__ import annotations

from uuid import UUID

from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from pipelines.models import Pipeline
from pipelines.pipeline_names import rename
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.permissions import Permission


class PipelineSerializer(serializers.ModelSerializer[Pipeline]):
    """A pipeline."""

    class Meta:
        model = Pipeline
        fields = ("id", "name", "created_at")
        read_only_fields = fields


class PipelineChangeSerializer(StrictSerializer):
    """What may be changed of a pipeline."""

    name = SingleLineField(max_length=200)


class PipelineViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Pipeline]):
    queryset = Pipeline.objects.all()
    serializer_class = PipelineSerializer
    required_permissions = {
        "list": Permission.ORGANIZATION_READ,
        "partial_update": Permission.ORGANIZATION_WRITE,
    }

    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Rename a pipeline."""
        given = PipelineChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(PipelineSerializer(rename(self.get_object(), **given.validated_data)).data)
