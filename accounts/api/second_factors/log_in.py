"""POST /auth/second-factor/, …/enrolment/ and …/enrolment/confirm/: the second step of a log-in."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.login import LoggedInSerializer, as_django, tokens_response
from accounts.api.second_factors.serializers import (
    AnswerSerializer,
    ChallengeSerializer,
    EnrolledSerializer,
    EnrolmentSerializer,
)
from accounts.login.second_step.completion import begin_enrolment, complete, complete_by_enrolment
from accounts.second_factors.challenges import API
from tenants.resolution import scope_of_host
from workix.core.permissions import OPEN


class SecondFactorView(APIView):
    """The second step of a log-in."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 429)}
    authentication_classes = ()

    @extend_schema(
        summary="Complete a log-in with a second factor",
        operation_id="auth_second_factor",
        request=AnswerSerializer,
        responses={200: LoggedInSerializer},
    )
    def post(self, request: Request) -> Response:
        """Takes the challenge of a 401 `second_factor_required` and a code, and returns what a log-in returns. A wrong code is
        401 `invalid_code`, and the challenge stays good until its time is over; a code is good once. After too many wrong ones
        429 `locked_out`.
        """
        given = AnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with scope_of_host(request):
            pair = complete(**given.validated_data, request=as_django(request), now=timezone.now())
        return tokens_response(pair, in_cookie=pair.in_cookie)


class EnrolmentView(APIView):
    """Enrolling at a log-in."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403)}
    authentication_classes = ()

    @extend_schema(
        summary="Enrol an authenticator app at a log-in",
        operation_id="auth_second_factor_enrolment",
        request=ChallengeSerializer,
        responses={201: EnrolmentSerializer},
    )
    def post(self, request: Request) -> Response:
        """Takes the challenge of a 401 `second_factor_required` that says `enrolment`: your organization requires a second
        factor, and you have none. Gives a secret, which is shown once.
        """
        given = ChallengeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with scope_of_host(request):
            begun = begin_enrolment(given.validated_data["challenge"], API, now=timezone.now())
        return Response(EnrolmentSerializer(begun).data, 201)


class EnrolmentConfirmView(APIView):
    """Completing a log-in by enrolling."""

    required_permissions = {"post": OPEN}
    tag = "Log-in"
    problems = {"post": (401, 403, 409, 429)}
    authentication_classes = ()

    @extend_schema(
        summary="Complete a log-in by enrolling",
        operation_id="auth_second_factor_enrolment_confirm",
        request=AnswerSerializer,
        responses={200: EnrolledSerializer},
    )
    def post(self, request: Request) -> Response:
        """Turns the app on by its first code, and returns what a log-in returns, with ten recovery codes, shown once."""
        given = AnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with scope_of_host(request):
            pair, codes = complete_by_enrolment(**given.validated_data, request=as_django(request), now=timezone.now())
        response = tokens_response(pair, in_cookie=pair.in_cookie)
        response.data["recovery_codes"] = codes
        return response
