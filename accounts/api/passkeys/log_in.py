"""POST /auth/passkey/ and its …/options/: logging in by a passkey alone."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.login import LoggedInSerializer, as_django, tokens_response
from accounts.api.passkeys.options import RequestOptionsSerializer
from accounts.api.passkeys.serializers import PasskeyLoginSerializer
from accounts.passkeys.credentials import assertion
from accounts.passkeys.log_in import log_in, request_options
from accounts.passkeys.relying_party import relying_party
from tenants.resolution import scope_of_host
from workix.core.permissions import OPEN


class PasskeyOptionsView(APIView):
    """The options of a log-in by a passkey."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (409,)}
    authentication_classes = ()

    @extend_schema(
        summary="Begin a log-in by a passkey",
        operation_id="auth_passkey_options",
        request=None,
        responses={200: RequestOptionsSerializer},
    )
    def post(self, request: Request) -> Response:
        """Gives the options for `navigator.credentials.get()`: the browser asks which passkey. They are the same for everybody
        but for the challenge. 409 `passkeys_not_here` where the host is an IP address.
        """
        with scope_of_host(request):
            return Response(request_options(relying_party(as_django(request))))


class PasskeyLoginView(APIView):
    """Logging in by a passkey."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 409, 429)}
    authentication_classes = ()

    @extend_schema(
        summary="Log in by a passkey",
        operation_id="auth_passkey",
        request=PasskeyLoginSerializer,
        responses={200: LoggedInSerializer},
    )
    def post(self, request: Request) -> Response:
        """Opens a session without a password, and returns what a log-in returns: a passkey is two factors. It is good at the
        host where it was added, for its people. Whatever is wrong with it is 401 `passkey_not_valid`.
        """
        given = PasskeyLoginSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent, in_cookie = assertion(given.validated_data["credential"]), given.validated_data["cookie"]
        asked = as_django(request)
        with scope_of_host(request):
            pair = log_in(sent, relying_party(asked), in_cookie=in_cookie, request=asked, now=timezone.now())
        return tokens_response(pair, in_cookie=in_cookie)
