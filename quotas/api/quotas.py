"""GET /quotas/, GET /quotas/{resource}/ and its history; POST consumptions and releases."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from quotas.consumption import consume, release
from quotas.limits import Balance, PastPeriod, balance_of, balances, past_periods
from workix.api.idempotency import idempotent
from workix.api.serializers import StrictSerializer
from workix.core.apps import resources
from workix.core.permissions import holds

LARGEST_AMOUNT = 1_000_000_000


class QuotaSerializer(serializers.Serializer[Balance]):
    """What an organization may use of one resource, has used, and has left."""

    resource = serializers.CharField(source="resource.name")
    limit = serializers.IntegerField()
    used = serializers.IntegerField()
    reserved = serializers.IntegerField()
    remaining = serializers.IntegerField()
    period = serializers.CharField(help_text="`month` starts anew each month (UTC); `none` counts what is there.")
    resets_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(many=False)
class QuotasSerializer(serializers.Serializer[Any]):
    """All of them: there are few, so there is one page."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = QuotaSerializer(many=True)


class PastPeriodSerializer(serializers.Serializer[PastPeriod]):
    period_starts_on = serializers.DateField()
    limit = serializers.IntegerField()
    used = serializers.IntegerField()


@extend_schema_serializer(many=False)
class HistorySerializer(serializers.Serializer[Any]):
    """A row a period that is over, newest first."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = PastPeriodSerializer(many=True)


class ConsumptionSerializer(QuotaSerializer):
    """What is left after units were taken, and the id by which they can be given back."""

    id = serializers.UUIDField()


class AmountSerializer(StrictSerializer):
    """How many units."""

    amount = serializers.IntegerField(min_value=1, max_value=LARGEST_AMOUNT, default=1)


class ReleaseSerializer(StrictSerializer):
    """Which consumption is given back, and how many units of it: all, where no amount is named."""

    consumption = serializers.UUIDField()
    amount = serializers.IntegerField(min_value=1, max_value=LARGEST_AMOUNT, required=False)


RESOURCE = OpenApiParameter("resource", str, OpenApiParameter.PATH, enum=list(resources()))


class QuotaViewSet(viewsets.ViewSet):
    """How much the organization may use, and has used."""

    required_permissions = {
        "list": "quotas:read",
        "retrieve": "quotas:read",
        "history": "quotas:read",
        "consume": "quotas:consume",
        "release": "quotas:consume",
    }
    problems = {"consume": (409,), "release": (409,)}
    tag = "Quotas"
    lookup_field = "resource"
    lookup_value_converter = "str"

    @extend_schema(summary="List the quotas", operation_id="quotas_list", responses=QuotasSerializer)
    def list(self, request: Request) -> Response:
        """What the organization may use of each resource, has used, and has left."""
        return _page(QuotaSerializer(balances(), many=True).data)  # type: ignore[arg-type]  # many

    @extend_schema(summary="Read one quota", parameters=[RESOURCE], responses=QuotaSerializer)
    def retrieve(self, request: Request, resource: str) -> Response:
        """What the organization may use of one resource, has used, and has left."""
        return Response(QuotaSerializer(balance_of(resource)).data)

    @extend_schema(summary="Read what was used before", parameters=[RESOURCE], responses=HistorySerializer)
    @action(detail=True, methods=["get"])
    def history(self, request: Request, resource: str) -> Response:
        """A row for each period that is over, newest first."""
        return _page(PastPeriodSerializer(past_periods(resource), many=True).data)  # type: ignore[arg-type]

    @extend_schema(
        summary="Take from a quota",
        parameters=[RESOURCE],
        request=AmountSerializer,
        responses={201: ConsumptionSerializer},
    )
    @action(detail=True, methods=["post"], url_path="consumptions")
    @idempotent
    def consume(self, request: Request, resource: str) -> Response:
        """Takes `amount` units, or none and 403 `quota_exceeded` when less is left. Keep the `id`: it gives them back.

        409 for what the platform counts itself, such as people.
        """
        taken = consume(resource, _sent(AmountSerializer, request)["amount"], by_service=True)
        return Response({"id": str(taken.id), **QuotaSerializer(taken.balance).data}, 201)

    @extend_schema(
        summary="Give back to a quota",
        parameters=[RESOURCE],
        request=ReleaseSerializer,
        responses={201: QuotaSerializer},
    )
    @action(detail=True, methods=["post"], url_path="releases")
    @idempotent
    def release(self, request: Request, resource: str) -> Response:
        """Gives back what a consumption took, or `amount` units of it: once, by whoever took it or an admin.

        409 `already_released` the second time, `period_is_over` when the counter has started anew since.
        """
        of_anybody = holds(request.user, "quotas:release_any")
        balance = release(resource, **_sent(ReleaseSerializer, request), of_anybody=of_anybody, by_service=True)
        return Response(QuotaSerializer(balance).data, 201)


def _sent(serializer: type[StrictSerializer], request: Request) -> dict[str, Any]:
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _page(rows: Any) -> Response:
    return Response({"count": len(rows), "next": None, "previous": None, "results": rows})
