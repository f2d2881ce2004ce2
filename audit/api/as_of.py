"""ListAsOf: a list that tells with `as_of` what there was at a moment, from the audit trail, for whoever may read that."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.reading.as_of import instances_as_of
from workix.api.serializers import StrictSerializer
from workix.core.errors import Denied
from workix.core.permissions import holds

if TYPE_CHECKING:
    from rest_framework.viewsets import GenericViewSet

    class _Lists(ListModelMixin, GenericViewSet[Any]): ...

else:  # whatever lists stands behind it in the view's bases
    _Lists = object

AS_OF = OpenApiParameter("as_of", datetime, description="A moment (RFC 3339) that is over.")
#: Behind what a list says of itself.
DESCRIPTION = (
    " With `as_of` those there were at that moment, as they were, from the audit trail (`audit:read` too, else 403): without"
    " other filters, search and ordering; 409 `trail_too_short` where retention took that part of the trail."
)


class AsOfSerializer(StrictSerializer):
    """The query of a list as of a moment: it is narrowed down and ordered by nothing."""

    as_of = serializers.DateTimeField()
    page = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.CharField(required=False, allow_blank=True)


class ListAsOf(_Lists):
    """Stands before what lists. Say AS_OF in the view's schema, and 409 in its `problems`.

    The view's serializer writes what there was. Where that depends on the time, `as_of` in its context is the moment.
    """

    def list_as_of(self, moment: datetime, *, now: datetime) -> list[Any]:
        """Return what there was. A list of more than the columns of an audited model adds what it needs."""
        return instances_as_of(self.get_queryset().model, moment, now=now)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List what there is, or what there was at a moment."""
        if "as_of" not in request.query_params:
            return super().list(request, *args, **kwargs)
        if not holds(request.user, "audit:read"):
            raise Denied("What was is in the audit trail, which you may not read.")
        given = AsOfSerializer(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        moment = given.validated_data["as_of"]
        page = self.paginate_queryset(self.list_as_of(moment, now=timezone.now()))
        context = {**self.get_serializer_context(), "as_of": moment}
        return self.get_paginated_response(self.get_serializer(page, many=True, context=context).data)
