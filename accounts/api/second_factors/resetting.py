"""DELETE /users/{id}/second-factors/: an admin resets the factors of somebody who lost them."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.login.second_step.resetting import reset


class ResetView(APIView):
    """Somebody's second factors."""

    required_permissions = {"delete": "users:write"}
    recent_authentication = ("delete",)
    tag = "People"

    @extend_schema(
        summary="Reset a person's second factors",
        operation_id="users_second_factors_destroy",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request, pk: UUID) -> Response:
        """Takes their factors and recovery codes away and ends their sessions; they are told by mail. Make sure that it is them
        who ask you: from now on their password is enough, or lets them enrol another factor.
        """
        reset(pk, now=timezone.now())
        return Response(status=204)
