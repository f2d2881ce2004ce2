"""POST /auth/login/, /auth/confirm-email/ and /auth/confirm-email/resend/."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.people import PersonSerializer
from accounts.confirmation import ask_again, confirm_email
from accounts.sessions import LoggedIn, log_in
from workix.foundation.access import OPEN


class LoginSerializer(serializers.Serializer[Any]):
    """Who is logging in. `organization` is a slug, and needed only where address and password fit several."""

    email = serializers.EmailField(max_length=255)
    password = serializers.CharField(max_length=128, trim_whitespace=False)
    organization = serializers.CharField(max_length=63, required=False)


class BriefOrganizationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class LoggedInSerializer(serializers.Serializer[LoggedIn]):
    """A session's tokens. `expires_in` is in seconds."""

    access = serializers.CharField()
    refresh = serializers.CharField()
    token_type = serializers.CharField(default="Bearer", read_only=True)
    expires_in = serializers.SerializerMethodField()
    organization = BriefOrganizationSerializer()
    user = PersonSerializer()

    def get_expires_in(self, pair: LoggedIn) -> int:
        return int(settings.ACCESS_TOKEN_LIFETIME.total_seconds())


class TokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(max_length=200)


class AddressSerializer(serializers.Serializer[Any]):
    email = serializers.EmailField(max_length=255)


class LoginView(APIView):
    """Logging in."""

    needs = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 409)}
    authentication_classes = ()

    @extend_schema(
        summary="Log in", operation_id="auth_login", request=LoginSerializer, responses={200: LoggedInSerializer}
    )
    def post(self, request: Request) -> Response:
        """Opens a session and answers with its access and refresh token."""
        given = LoginSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        pair = log_in(**given.validated_data, now=timezone.now())
        return Response(LoggedInSerializer(pair).data)


class ConfirmEmailView(APIView):
    """Confirming an address."""

    needs = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (409,)}
    authentication_classes = ()

    @extend_schema(
        summary="Confirm an e-mail address",
        operation_id="auth_confirm_email",
        request=TokenSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Uses up the link of the mail. Its person may log in from now on."""
        given = TokenSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        confirm_email(given.validated_data["token"], now=timezone.now())
        return Response(status=204)


class ResendConfirmationView(APIView):
    """Asking for the link again."""

    needs = {"post": OPEN}
    tag = "Log-in"
    authentication_classes = ()

    @extend_schema(
        summary="Ask for the confirmation again",
        operation_id="auth_confirm_email_resend",
        request=AddressSerializer,
        responses={202: None},
    )
    def post(self, request: Request) -> Response:
        """Mails a new link to whoever waits for one at this address. The answer is the same for any address."""
        given = AddressSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ask_again(given.validated_data["email"], now=timezone.now())
        return Response(status=202)
