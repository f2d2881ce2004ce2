"""POST /me/reauthentication/passkey/ and its …/options/: step-up by a passkey, without a password."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.login import as_django
from accounts.api.passkeys.options import RequestOptionsSerializer
from accounts.authentication.bearer import claims_of, person_of
from accounts.passkeys.credentials import SignedSerializer, assertion
from accounts.passkeys.relying_party import relying_party
from accounts.passkeys.step_up import step_up, step_up_options


class StepUpOptionsView(APIView):
    """The options of step-up by a passkey."""

    required_permissions = {"post": "profile:write"}
    tag = "Me"
    problems = {"post": (409,)}

    @extend_schema(
        summary="Begin to prove by a passkey that it is you",
        operation_id="me_reauthentication_passkey_options",
        request=None,
        responses={200: RequestOptionsSerializer},
    )
    def post(self, request: Request) -> Response:
        """Gives the options for `navigator.credentials.get()`, with your passkeys of this host."""
        rp = relying_party(as_django(request))
        return Response(step_up_options(person_of(request), claims_of(request).session_id, rp))


class StepUpView(APIView):
    """Step-up by a passkey."""

    required_permissions = {"post": "profile:write"}
    tag = "Me"
    problems = {"post": (409, 429)}

    @extend_schema(
        summary="Prove by a passkey that it is you",
        operation_id="me_reauthentication_passkey",
        request=SignedSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Does what `POST /me/reauthentication/` does with a password: for 15 minutes this session may do what lasts."""
        given = SignedSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        sent, rp = assertion(given.validated_data["credential"]), relying_party(as_django(request))
        step_up(person_of(request), claims_of(request).session_id, sent, rp, now=timezone.now())
        return Response(status=204)
