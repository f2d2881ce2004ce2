"""POST /auth/confirm-email/, /auth/password-reset/, /invitations/accept/ and their like: what is asked for by e-mail."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.fields import NewPassword, Token
from accounts.api.users import PersonSerializer, person_as_json
from accounts.email_confirmation import ask_again, confirm_email
from accounts.login import devices
from accounts.login.acceptance import Accepted, accept
from accounts.login.organizations_mail import ask_for_organizations
from accounts.login.password_change import ask_for_reset, reset
from tenants.models import Organization
from tenants.resolution import scope_of_host
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.permissions import OPEN


class OrganizationName(serializers.CharField):
    """The slug of an organization, or what somebody takes for one: which there are is told to nobody."""

    json_schema = {"minLength": 1, "maxLength": 100, "pattern": r"^[^\u0000]*$"}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, max_length=100, trim_whitespace=False)


class TokenSerializer(StrictSerializer):
    """The e-mail token of a link."""

    token = Token()


class AddressSerializer(StrictSerializer):
    """Where to send a mail."""

    email = serializers.EmailField(max_length=255)


class NamedAddressSerializer(AddressSerializer):
    """Where to send a mail, and for which organization: its slug, which may be left out on its own host."""

    organization = OrganizationName(required=False)


class UnconfirmedAddressSerializer(NamedAddressSerializer):
    """As the document has it, which is the platform's: there the organization is needed."""

    organization = OrganizationName()


class ResetSerializer(StrictSerializer):
    """The e-mail token of a link, and the new password."""

    token = Token()
    password = NewPassword()


class AcceptanceSerializer(StrictSerializer):
    """The token of the link, a password, and names, where the ones in the invitation are to be others."""

    token = Token()
    password = NewPassword(write_only=True)
    first_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    last_name = SingleLineField(max_length=100, required=False, allow_blank=True)


class JoinedSerializer(serializers.Serializer[Organization]):
    """The organization that was joined."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class AcceptedSerializer(serializers.Serializer[Accepted]):
    """Who one is now, and where."""

    organization = JoinedSerializer()
    user = PersonSerializer()


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
        request=UnconfirmedAddressSerializer,
        responses={202: None},
    )
    def post(self, request: Request) -> Response:
        """Sends a new link to whoever waits for one at this address. The response is the same for any address."""
        given = NamedAddressSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent = given.validated_data
        with scope_of_host(request):
            ask_again(sent["email"], organization=sent.get("organization", ""), now=timezone.now())
        return Response(status=202)


class PasswordResetView(APIView):
    """Asking for a new password."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    authentication_classes = ()

    @extend_schema(
        summary="Ask for a password reset",
        operation_id="auth_password_reset",
        request=NamedAddressSerializer,
        responses={202: None},
    )
    def post(self, request: Request) -> Response:
        """Sends one mail to whoever has confirmed this address, with a link for each of their organizations (five at most)
        or for the one that is named. The response is the same for any address.
        """
        given = NamedAddressSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent = given.validated_data
        with scope_of_host(request):
            ask_for_reset(sent["email"], organization=sent.get("organization", ""), now=timezone.now())
        return Response(status=202)


class OrganizationsMailView(APIView):
    """Asking where one may log in."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    authentication_classes = ()

    @extend_schema(
        summary="Ask for the list of your organizations",
        operation_id="auth_organizations",
        request=AddressSerializer,
        responses={202: None},
    )
    def post(self, request: Request) -> Response:
        """Sends whoever has confirmed this address the list of their organizations: slug, name and where to log in. The
        response is the same for any address.
        """
        given = AddressSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        ask_for_organizations(given.validated_data["email"], now=timezone.now())
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


class AcceptInvitationView(APIView):
    """Accepting an invitation."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    authentication_classes = ()

    @extend_schema(
        summary="Accept an invitation",
        operation_id="invitations_accept",
        request=AcceptanceSerializer,
        responses={201: AcceptedSerializer},
    )
    def post(self, request: Request) -> Response:
        """Uses up the link of the e-mail: its address is proven, and its person may log in. Who was a person of the
        organization before is the same one again, with the role of the invitation.

        The header `X-Device-Token` of the response makes yours a known device; a browser gets a cookie too.
        """
        given = AcceptanceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        accepted = accept(**given.validated_data, now=timezone.now())
        where = JoinedSerializer(accepted.organization).data
        body = {"organization": where, "user": person_as_json(accepted.user)}
        response = Response(body, 201, headers={"X-Device-Token": accepted.device})
        devices.remember(response, accepted.device)
        return response
