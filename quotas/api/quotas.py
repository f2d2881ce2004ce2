"""GET /quotas/, GET /quotas/{resource}/ and its history; POST consumptions, releases and reservations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from quotas.api.serializers import (
    AmountSerializer,
    ConsumptionSerializer,
    HistorySerializer,
    PastPeriodSerializer,
    QuotaSerializer,
    QuotasSerializer,
    ReleaseSerializer,
    ReservationSerializer,
    ReserveSerializer,
)
from quotas.consumption import consume, release
from quotas.limits import balance_of, balances, past_periods
from quotas.reservations import reserve
from workix.api.idempotency import idempotent
from workix.api.serializers import sent
from workix.core.apps import resources
from workix.core.permissions import holds

RESOURCE = OpenApiParameter("resource", str, OpenApiParameter.PATH, enum=list(resources()))


class QuotaViewSet(viewsets.ViewSet):
    """How much the organization may use, and has used."""

    required_permissions = {
        "list": "quotas:read",
        "retrieve": "quotas:read",
        "history": "quotas:read",
        "consume": "quotas:consume",
        "release": "quotas:consume",
        "reserve": "quotas:consume",
    }
    quota_of = {"consume": "{resource}", "reserve": "{resource}"}
    problems = {"consume": (409,), "release": (409,), "reserve": (409,)}
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
        taken = consume(resource, sent(AmountSerializer, request)["amount"], by_service=True)
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
        balance = release(resource, **sent(ReleaseSerializer, request), of_anybody=of_anybody, by_service=True)
        return Response(QuotaSerializer(balance).data, 201)

    @extend_schema(
        summary="Reserve units of a quota",
        parameters=[RESOURCE],
        request=ReserveSerializer,
        responses={201: ReservationSerializer},
    )
    @action(detail=True, methods=["post"], url_path="reservations")
    @idempotent
    def reserve(self, request: Request, resource: str) -> Response:
        """Holds `amount` units for `ttl` seconds, or none and 403 `quota_exceeded` when less is left. Commit or release them by
        `id`; else they are free again at `expires_at`.
        """
        asked = sent(ReserveSerializer, request)
        held = reserve(resource, asked["amount"], ttl=timedelta(seconds=asked["ttl"]), by_service=True)
        told = {"id": str(held.id), "amount": held.amount, "expires_at": held.expires_at}
        return Response({**told, **QuotaSerializer(held.balance).data}, 201)


def _page(rows: Any) -> Response:
    return Response({"count": len(rows), "next": None, "previous": None, "results": rows})
