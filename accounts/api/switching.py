"""GET /me/organizations/ and POST /auth/switch/: one person in several organizations."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.fields import Slug
from accounts.api.login import BriefOrganizationSerializer, LoggedInSerializer, tokens_response
from accounts.authentication.bearer import claims_of, person_of
from accounts.login.switching import others, switch
from workix.api.serializers import StrictSerializer


@extend_schema_serializer(many=False)
class OtherOrganizationsSerializer(serializers.Serializer[Any]):
    """All of them, 20 at most: there is one page."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = BriefOrganizationSerializer(many=True)


class SwitchSerializer(StrictSerializer):
    """Where to go on: the slug of another organization of yours."""

    organization = Slug()


class OtherOrganizationsView(APIView):
    """Where else one is a person."""

    required_permissions = {"get": "profile:read"}
    tag = "Me"

    @extend_schema(
        summary="List your other organizations",
        operation_id="me_organizations_list",
        responses=OtherOrganizationsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Where your proven address is a person, too, and you can switch to: both organizations allow it, and you set your
        password through a link that we mailed.
        """
        found = others(person_of(request), claims_of(request).session_id)
        results = BriefOrganizationSerializer(found, many=True).data
        return Response({"count": len(results), "next": None, "previous": None, "results": results})


class SwitchView(APIView):
    """Going on in another organization."""

    required_permissions = {"post": "profile:write"}
    tag = "Log-in"
    problems = {"post": (404, 429)}

    @extend_schema(
        summary="Switch to another of your organizations",
        operation_id="auth_switch",
        request=SwitchSerializer,
        responses={200: LoggedInSerializer},
    )
    def post(self, request: Request) -> Response:
        """Opens a session there, of the same mode, without logging in again. This one goes on; in cookie mode it ends, since
        the cookie is replaced. There you are who you are there: with that organization's role and policies.
        """
        given = SwitchSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        session_id = claims_of(request).session_id
        switched = switch(person_of(request), session_id, now=timezone.now(), **given.validated_data)
        response = tokens_response(switched.opened, in_cookie=switched.opened.in_cookie)
        for name, value in switched.left.headers().items():
            response.headers[name] = value
        return response
