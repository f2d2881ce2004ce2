"""POST /auth/login/, /auth/refresh/, /auth/logout/ and /auth/logout-everywhere/."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import cookies
from accounts.api.fields import Password, Slug, Token
from accounts.api.users import PersonSerializer
from accounts.authentication.bearer import claims_of, person_of
from accounts.login import devices
from accounts.login.auth_signals import send_logged_out
from accounts.login.login import log_in
from accounts.login.refresh import renew
from accounts.login.sessions import LoggedIn, log_out, log_out_everywhere
from tenants.resolution import scope_of_host
from workix.api.serializers import StrictSerializer
from workix.core.permissions import OPEN


class LoginSerializer(StrictSerializer):
    """Who is logging in. `organization` is a slug, and needed only by a person in several."""

    email = serializers.EmailField(max_length=255)
    password = Password()
    organization = Slug(required=False)
    cookie = serializers.BooleanField(default=False, help_text="Send the refresh token in a cookie, for browser apps.")


class RefreshSerializer(StrictSerializer):
    """The token to spend."""

    refresh = Token(required=False, help_text="Left out in cookie mode.")


class BriefOrganizationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class LoggedInSerializer(serializers.Serializer[LoggedIn]):
    """A session's tokens. `expires_in` is in seconds; `refresh` is null in cookie mode.

    Send `device` in the header `X-Device-Token` at your next log-in: then strangers who guess can't lock you out. It is
    null in cookie mode, where a cookie holds it, and after a refresh.
    """

    access = serializers.CharField()
    refresh = serializers.CharField(allow_null=True)
    device = serializers.SerializerMethodField(allow_null=True)
    token_type = serializers.CharField(default="Bearer", read_only=True)
    expires_in = serializers.SerializerMethodField()
    organization = BriefOrganizationSerializer(allow_null=True)
    user = PersonSerializer()

    examples: ClassVar[dict[str, Any]] = {
        "device": "AZq-3YbTdU2GmQ1xk0f7YwGaqt2G03VNhpkNcZNH-2Kk5cVgS2bq0pXy8uWnTj4L1mRz7eHs9oQdBfA3vCxZ6w"
    }

    def get_device(self, pair: LoggedIn) -> str | None:
        return pair.device or None

    def get_expires_in(self, pair: LoggedIn) -> int:
        return int(settings.ACCESS_TOKEN_LIFETIME.total_seconds())


def tokens_response(pair: LoggedIn, *, in_cookie: bool) -> Response:
    """Answer with a session's tokens: the refresh token in the body, or in its cookie."""
    body = dict(LoggedInSerializer(pair).data) | {"token_type": "Bearer"}
    if not in_cookie:
        return Response(body)
    response = Response(body | {"refresh": None, "device": None})
    if pair.refresh:
        cookies.set_refresh(response, pair.refresh)
    if pair.device:
        devices.remember(response, pair.device)
    return response


def as_django(request: Request) -> HttpRequest:
    """Return the request of Django's that receivers of its signals are written for."""
    return request._request  # noqa: SLF001  # as REST framework's own views do


class LoginView(APIView):
    """Logging in."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 429, 503)}
    authentication_classes = ()

    @extend_schema(
        summary="Log in",
        operation_id="auth_login",
        request=LoginSerializer,
        responses={200: LoggedInSerializer},
        parameters=[
            OpenApiParameter(
                "X-Device-Token",
                location="header",
                description="The `device` of an earlier log-in as the same person: strangers can't lock it out.",
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Opens a session and returns its access and refresh token."""
        given = LoginSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent = dict(given.validated_data)
        in_cookie = sent.pop("cookie")
        with scope_of_host(request):
            pair = log_in(**sent, in_cookie=in_cookie, request=as_django(request), now=timezone.now())
        return tokens_response(pair, in_cookie=in_cookie)


class RefreshView(APIView):
    """A new pair of tokens."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403)}
    authentication_classes = ()

    @extend_schema(
        summary="Get a new pair of tokens",
        operation_id="auth_refresh",
        request=RefreshSerializer,
        responses={200: LoggedInSerializer},
        parameters=[
            OpenApiParameter(
                cookies.CSRF_HEADER,
                location="header",
                description="Any value; needed in cookie mode, where a browser sends the cookie by itself.",
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Spends the refresh token. Using a spent one ends the whole session.

        In cookie mode two tabs of a browser may come with the same one: the second, within ten seconds, gets an access token
        and no new cookie.
        """
        given = RefreshSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        refresh = given.validated_data.get("refresh")
        in_cookie = refresh is None
        pair = renew(refresh or cookies.get_refresh(request), in_cookie=in_cookie, now=timezone.now())
        return tokens_response(pair, in_cookie=in_cookie)


class LogoutView(APIView):
    """Logging out."""

    required_permissions = {"post": "profile:read"}
    tag = "Log-in"

    @extend_schema(summary="Log out", operation_id="auth_logout", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Ends this session: both its tokens are dead at once."""
        session_id = claims_of(request).session_id
        log_out(session_id, now=timezone.now())
        send_logged_out(person_of(request), session_id, request=as_django(request))
        return cookies.cleared(Response(status=204))


class LogoutEverywhereView(APIView):
    """Logging out everywhere."""

    required_permissions = {"post": "profile:read"}
    tag = "Log-in"

    @extend_schema(
        summary="Log out everywhere", operation_id="auth_logout_everywhere", request=None, responses={204: None}
    )
    def post(self, request: Request) -> Response:
        """Ends every session you have."""
        log_out_everywhere(person_of(request), now=timezone.now())
        send_logged_out(person_of(request), claims_of(request).session_id, request=as_django(request))
        return cookies.cleared(Response(status=204))
