"""POST /quotas/reservations/{id}/commit/ and /quotas/reservations/{id}/release/."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from quotas.api.serializers import CommitSerializer, ConsumptionSerializer, QuotaSerializer
from quotas.models import QuotaReservation
from quotas.reservations import commit_reservation, release_reservation
from workix.api.idempotency import idempotent
from workix.api.serializers import sent
from workix.core.permissions import holds


class ReservationViewSet(viewsets.GenericViewSet[QuotaReservation]):
    """Units that are held for a while."""

    queryset = QuotaReservation.objects.none()
    required_permissions = {"commit": "quotas:consume", "release": "quotas:consume"}
    problems = {"commit": (409,), "release": (409,)}
    tag = "Quotas"
    lookup_value_converter = "uuid"

    @extend_schema(summary="Commit a reservation", request=CommitSerializer, responses={201: ConsumptionSerializer})
    @action(detail=True, methods=["post"])
    @idempotent
    def commit(self, request: Request, pk: UUID) -> Response:
        """Uses what it holds, or `amount` units of it, and frees the rest. The consumption has the reservation's `id`.

        409 `reservation_expired`, `already_committed` or `already_released` when it holds nothing any more.
        """
        taken = commit_reservation(pk, sent(CommitSerializer, request).get("amount"), by_service=True)
        return Response({"id": str(taken.id), **QuotaSerializer(taken.balance).data}, 201)

    @extend_schema(summary="Release a reservation", request=None, responses=QuotaSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def release(self, request: Request, pk: UUID) -> Response:
        """Frees what it holds, for whoever reserved it or an admin. 409 when it holds nothing any more."""
        of_anybody = holds(request.user, "quotas:release_any")
        balance = release_reservation(pk, of_anybody=of_anybody, by_service=True)
        return Response(QuotaSerializer(balance).data)
