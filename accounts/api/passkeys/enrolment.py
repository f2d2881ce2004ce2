"""POST /auth/second-factor/enrolment/passkey/ and its …/options/: a passkey as the factor that a log-in makes one enrol."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.login import as_django, tokens_response
from accounts.api.passkeys.options import CreationOptionsSerializer
from accounts.api.passkeys.serializers import FirstPasskeySerializer
from accounts.api.second_factors.serializers import ChallengeSerializer, EnrolledSerializer
from accounts.passkeys.credentials import new_passkey
from accounts.passkeys.enrolment import complete_by_passkey, enrolment_options
from tenants.resolution import scope_of_host
from workix.core.permissions import OPEN


class FirstPasskeyOptionsView(APIView):
    """The options of a passkey that is enrolled at a log-in."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 409)}
    authentication_classes = ()

    @extend_schema(
        summary="Begin to enrol a passkey at a log-in",
        operation_id="auth_second_factor_enrolment_passkey_options",
        request=ChallengeSerializer,
        responses={200: CreationOptionsSerializer},
    )
    def post(self, request: Request) -> Response:
        """Takes the challenge of a 401 `second_factor_required` that says `enrolment`, and gives the options for
        `navigator.credentials.create()`. 409 `passkeys_not_here` on the platform's host: passkeys are good at your
        organization's own.
        """
        given = ChallengeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked, challenge = as_django(request), given.validated_data["challenge"]
        with scope_of_host(request):
            return Response(enrolment_options(challenge, request=asked, now=timezone.now()))


class FirstPasskeyView(APIView):
    """Completing a log-in by enrolling a passkey."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 409, 429)}
    authentication_classes = ()

    @extend_schema(
        summary="Complete a log-in by enrolling a passkey",
        operation_id="auth_second_factor_enrolment_passkey",
        request=FirstPasskeySerializer,
        responses={200: EnrolledSerializer},
    )
    def post(self, request: Request) -> Response:
        """Adds the passkey, and returns what a log-in returns, with ten recovery codes, shown once. Whatever is wrong with it is
        401 `passkey_not_valid`, and the challenge stays good until its time is over.
        """
        given = FirstPasskeySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        new, challenge, asked = new_passkey(given.validated_data), given.validated_data["challenge"], as_django(request)
        with scope_of_host(request):
            pair, codes = complete_by_passkey(challenge, new, request=asked, now=timezone.now())
        response = tokens_response(pair, in_cookie=pair.in_cookie)
        response.data["recovery_codes"] = codes
        return response
