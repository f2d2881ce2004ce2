"""GET /me/."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import PersonSerializer, person_as_json
from workix.foundation.access import Permission


class MeView(APIView):
    """The person who is logged in."""

    needs = {"get": Permission.PROFILE_READ}
    tag = "Me"

    @extend_schema(summary="Read your own profile", operation_id="me_retrieve", responses=PersonSerializer)
    def get(self, request: Request) -> Response:
        """Who you are to the platform."""
        profile: dict[str, Any] = person_as_json(request.user)
        return Response(profile)
