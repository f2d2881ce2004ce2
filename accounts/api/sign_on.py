"""GET /auth/sso/: where a front-end sends its people to sign on; POST /auth/sso/token/: it exchanges the one-time code."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.fields import EXAMPLE_TOKEN, Token
from accounts.api.login import LoggedInSerializer, as_django, tokens_response
from accounts.single_sign_on.front_ends.codes import redeem
from accounts.single_sign_on.front_ends.offered import offered
from tenants.resolution import scope_of_host
from workix.api.serializers import StrictSerializer
from workix.core.permissions import OPEN


class OfferedQuerySerializer(serializers.Serializer[Any]):
    """Whose providers are asked for."""

    organization = serializers.CharField(
        default="",
        allow_blank=True,
        trim_whitespace=False,
        help_text="A slug; needed on the platform's host, where nobody is meant else.",
    )


class OfferedSerializer(serializers.Serializer[Any]):
    """A provider to sign on with. A browser begins at `address`."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    address = serializers.URLField()

    examples = {"name": "Acme", "address": "https://acme.example.com/sso/019ab4b6-5a52-7c4e-8f0d-3f6f1c0c2d11/"}


@extend_schema_serializer(many=False)
class OfferedListSerializer(serializers.Serializer[Any]):
    """All of them: there is one page."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = OfferedSerializer(many=True)


class SignOnCodeSerializer(StrictSerializer):
    """What came back to your page, and the verifier whose challenge you began with (RFC 7636)."""

    code = Token()
    code_verifier = serializers.RegexField(r"^[A-Za-z0-9._~-]{43,128}$", max_length=128, trim_whitespace=False)
    cookie = serializers.BooleanField(default=False, help_text="Send the refresh token in a cookie, for browser apps.")

    examples = {"code": EXAMPLE_TOKEN, "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}


class SignOnView(APIView):
    """Whom one can sign on with."""

    required_permissions = {"get": OPEN}
    tag = "Single sign-on"
    problems = {"get": (400,)}
    authentication_classes = ()

    @extend_schema(
        summary="List who signs people on",
        operation_id="auth_sso_list",
        responses=OfferedListSerializer,
        parameters=[OfferedQuerySerializer],
    )
    def get(self, request: Request) -> Response:
        """The identity providers of an organization that are enabled. A front-end sends the browser to `address` with
        `return_to`, a page of an origin that may call the API, and `code_challenge` (S256). The page gets `code`, or `error`.
        """
        asked = OfferedQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        with scope_of_host(request):
            found = offered(asked.validated_data["organization"], request=as_django(request))
        results = OfferedSerializer(found, many=True).data
        return Response({"count": len(results), "next": None, "previous": None, "results": results})


class SignOnTokenView(APIView):
    """Tokens for a sign-on."""

    required_permissions = {"post": OPEN}
    tag = "Single sign-on"
    problems = {"post": (401, 403)}
    authentication_classes = ()

    @extend_schema(
        summary="Exchange a code for tokens",
        operation_id="auth_sso_token",
        request=SignOnCodeSerializer,
        responses={200: LoggedInSerializer},
    )
    def post(self, request: Request) -> Response:
        """Opens a session and returns its tokens. A code is good once, for a minute, and with its verifier only."""
        given = SignOnCodeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with scope_of_host(request):
            pair = redeem(**given.validated_data, request=as_django(request), now=timezone.now())
        return tokens_response(pair, in_cookie=given.validated_data["cookie"])
