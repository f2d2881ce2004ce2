"""GET /quotas/ and GET /quotas/{resource}/."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from quotas.limits import Balance, balance_of, balances
from workix.foundation.access import Permission


class QuotaSerializer(serializers.Serializer[Balance]):
    """What an organization may use of one resource, has used, and has left."""

    resource = serializers.CharField()
    limit = serializers.IntegerField()
    used = serializers.IntegerField()
    reserved = serializers.IntegerField()
    remaining = serializers.IntegerField()
    period = serializers.CharField(help_text="`month` starts anew each month (UTC); `none` counts what is there.")
    resets_at = serializers.DateTimeField(allow_null=True)


class QuotaViewSet(viewsets.ViewSet):
    """How much the organization may use, and has used."""

    needs = {"list": Permission.QUOTAS_READ, "retrieve": Permission.QUOTAS_READ}
    tag = "Quotas"
    lookup_field = "resource"
    lookup_value_regex = "[a-z_]+"

    @extend_schema(summary="List the quotas", responses=QuotaSerializer(many=True))
    def list(self, request: Request) -> Response:
        """What the organization may use of each resource, has used, and has left."""
        rows = QuotaSerializer(balances(), many=True).data  # type: ignore[arg-type]  # many
        return Response({"count": len(rows), "next": None, "previous": None, "results": rows})

    @extend_schema(summary="Read one quota", responses=QuotaSerializer)
    def retrieve(self, request: Request, resource: str) -> Response:
        """What the organization may use of one resource, has used, and has left."""
        return Response(QuotaSerializer(balance_of(resource)).data)
