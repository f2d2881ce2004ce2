"""POST /auth/second-factor/passkey/ and its …/options/: a passkey as second factor of a log-in."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.login import LoggedInSerializer, as_django, tokens_response
from accounts.api.passkeys.options import RequestOptionsSerializer
from accounts.api.passkeys.serializers import SecondStepSerializer
from accounts.api.second_factors.serializers import ChallengeSerializer
from accounts.passkeys import second_step
from accounts.passkeys.credentials import assertion
from tenants.resolution import scope_of_host
from workix.core.permissions import OPEN


class SecondStepOptionsView(APIView):
    """The options of a passkey as second factor."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 409)}
    authentication_classes = ()

    @extend_schema(
        summary="Begin to complete a log-in with a passkey",
        operation_id="auth_second_factor_passkey_options",
        request=ChallengeSerializer,
        responses={200: RequestOptionsSerializer},
    )
    def post(self, request: Request) -> Response:
        """Takes the challenge of a 401 `second_factor_required` that says `passkey`, and gives the options for
        `navigator.credentials.get()`.
        """
        given = ChallengeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked, challenge = as_django(request), given.validated_data["challenge"]
        with scope_of_host(request):
            return Response(second_step.second_step_options(challenge, request=asked, now=timezone.now()))


class SecondStepView(APIView):
    """A passkey as second factor."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 409, 429)}
    authentication_classes = ()

    @extend_schema(
        summary="Complete a log-in with a passkey",
        operation_id="auth_second_factor_passkey",
        request=SecondStepSerializer,
        responses={200: LoggedInSerializer},
    )
    def post(self, request: Request) -> Response:
        """Takes the challenge of the log-in and what your passkey signed, and returns what a log-in returns."""
        given = SecondStepSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent, challenge = assertion(given.validated_data["credential"]), given.validated_data["challenge"]
        with scope_of_host(request):
            pair = second_step.complete(challenge, sent, request=as_django(request), now=timezone.now())
        return tokens_response(pair, in_cookie=pair.in_cookie)
