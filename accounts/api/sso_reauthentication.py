"""POST /me/reauthentication/sso/ and its …/confirm/: step-up by the identity provider of whoever has no password here."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.fields import EXAMPLE_TOKEN, Token
from accounts.api.login import as_django
from accounts.authentication.bearer import claims_of, person_of
from accounts.models.identity_provider import LONGEST_RETURN
from accounts.single_sign_on.attempts import LIFETIME
from accounts.single_sign_on.step_up.beginning import begin_by_client
from accounts.single_sign_on.step_up.confirmation import confirm
from workix.api.serializers import SingleLineField, StrictSerializer

_ADDRESS = "https://acme.example.com/sso/019ab4b6-5a52-7c4e-8f0d-3f6f1c0c2d11/step-up/?ticket=AZq-3YbTdU2GmQ1xk0f7YwGaqt2G03VNhpkNcZNH"
_PROVIDER = "One of those that signed you on. Else the one that did last."


class StepUpSerializer(StrictSerializer):
    """Where the browser comes back to, and the challenge of a verifier that you keep (RFC 7636)."""

    provider = serializers.UUIDField(required=False, allow_null=True, default=None, help_text=_PROVIDER)
    return_to = SingleLineField(max_length=LONGEST_RETURN, help_text="A page of an origin that may call the API.")
    code_challenge = serializers.RegexField(r"^[A-Za-z0-9_-]{43}$", max_length=43, trim_whitespace=False)

    examples = {
        "provider": None,
        "return_to": "https://app.acme.example/again",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    }


class BegunSerializer(serializers.Serializer[Any]):
    """Send the browser to `address` within `expires_in` seconds. It is good once."""

    address = serializers.URLField()
    expires_in = serializers.IntegerField()

    examples = {"address": _ADDRESS, "expires_in": int(LIFETIME.total_seconds())}


class StepUpCodeSerializer(StrictSerializer):
    """What came back to your page, and the verifier whose challenge you began with."""

    code = Token()
    code_verifier = serializers.RegexField(r"^[A-Za-z0-9._~-]{43,128}$", max_length=128, trim_whitespace=False)

    examples = {"code": EXAMPLE_TOKEN, "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}


class ProviderStepUpView(APIView):
    """The beginning of step-up by an identity provider."""

    required_permissions = {"post": "profile:write"}
    tag = "Me"
    problems = {"post": (409, 429)}

    @extend_schema(
        summary="Begin to prove at your identity provider that it is you",
        operation_id="me_reauthentication_sso",
        request=StepUpSerializer,
        responses={200: BegunSerializer},
    )
    def post(self, request: Request) -> Response:
        """For people who sign on. Send the browser to `address`: the provider asks them anew, and `return_to` gets `code`, good
        for a minute, or `error`.
        """
        given = StepUpSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        address = begin_by_client(
            person_of(request),
            claims_of(request).session_id,
            **given.validated_data,
            request=as_django(request),
            now=timezone.now(),
        )
        return Response({"address": address, "expires_in": int(LIFETIME.total_seconds())})


class ProviderStepUpCodeView(APIView):
    """The end of step-up by an identity provider."""

    required_permissions = {"post": "profile:write"}
    tag = "Me"

    @extend_schema(
        summary="Prove by a code that your identity provider asked you",
        operation_id="me_reauthentication_sso_confirm",
        request=StepUpCodeSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Does what `POST /me/reauthentication/` does with a password: for 15 minutes this session may do what lasts. A code is
        good once, in the session that began, and with its verifier only.
        """
        given = StepUpCodeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        confirm(person_of(request), claims_of(request).session_id, **given.validated_data, now=timezone.now())
        return Response(status=204)
