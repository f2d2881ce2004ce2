"""POST /auth/confirm-email/, /auth/password-reset/ and their like: e-mail confirmation and password reset by e-mail tokens."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.fields import NewPassword, Token
from accounts.email_confirmation import ask_again, confirm_email
from accounts.login import devices
from accounts.login.password_change import ask_for_reset, reset
from workix.api.serializers import StrictSerializer
from workix.core.permissions import OPEN


class TokenSerializer(StrictSerializer):
    """The e-mail token of a link."""

    token = Token()


class AddressSerializer(StrictSerializer):
    """Where to send a mail."""

    email = serializers.EmailField(max_length=255)


class ResetSerializer(StrictSerializer):
    """The e-mail token of a link, and the new password."""

    token = Token()
    password = NewPassword()


class ConfirmEmailView(APIView):
    """Confirming an address."""

    required_permissions = {"post": OPEN}
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
        """Uses up the link of the e-mail. Its person may log in from now on."""
        given = TokenSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        confirm_email(given.validated_data["token"], now=timezone.now())
        return Response(status=204)


class ResendConfirmationView(APIView):
    """Asking for the link again."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    authentication_classes = ()

    @extend_schema(
        summary="Ask for the confirmation again",
        operation_id="auth_confirm_email_resend",
        request=AddressSerializer,
        responses={202: None},
    )
    def post(self, request: Request) -> Response:
        """Sends a new link to whoever waits for one at this address. The response is the same for any address."""
        given = AddressSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ask_again(given.validated_data["email"], now=timezone.now())
        return Response(status=202)


class PasswordResetView(APIView):
    """Asking for a new password."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    authentication_classes = ()

    @extend_schema(
        summary="Ask for a password reset",
        operation_id="auth_password_reset",
        request=AddressSerializer,
        responses={202: None},
    )
    def post(self, request: Request) -> Response:
        """Sends a link to whoever has this address. The response is the same for any address."""
        given = AddressSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ask_for_reset(given.validated_data["email"], now=timezone.now())
        return Response(status=202)


class ConfirmPasswordResetView(APIView):
    """Setting a new password."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    authentication_classes = ()

    @extend_schema(
        summary="Set a new password",
        operation_id="auth_password_reset_confirm",
        request=ResetSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Uses up the link of the e-mail, sets the password, ends every session and every lockout.

        The header `X-Device-Token` of the response makes yours a known device; a browser gets a cookie too.
        """
        given = ResetSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        device = reset(**given.validated_data, now=timezone.now())
        response = Response(status=204, headers={"X-Device-Token": device})
        devices.remember(response, device)
        return response
