"""GET /me/second-factors/, POST …/totp/, …/totp/confirm/ and …/recovery-codes/, DELETE …/{id}/: one's own second factors."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.second_factors.serializers import (
    CodeSerializer,
    EnrolmentSerializer,
    RecoveryCodesSerializer,
    SecondFactorSerializer,
    SecondFactorsSerializer,
)
from accounts.authentication.bearer import claims_of, person_of
from accounts.login.second_step.confirmation import confirm
from accounts.models import SecondFactor
from accounts.second_factors import recovery_codes
from accounts.second_factors.enrolment import enrol, factors_of, remove, renew_recovery_codes


class MySecondFactorViewSet(viewsets.GenericViewSet[SecondFactor]):
    """One's own second factors."""

    required_permissions = {
        "list": "profile:read",
        "destroy": "profile:write",
        "totp": "profile:write",
        "confirmation": "profile:write",
        "recovery_codes": "profile:write",
    }
    recent_authentication = ("destroy", "totp", "confirmation", "recovery_codes")
    problems = {"totp": (409,), "confirmation": (409, 429), "recovery_codes": (409,)}
    tag = "Me"
    serializer_class = SecondFactorSerializer
    queryset = SecondFactor.objects.none()
    lookup_value_converter = "uuid"
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        summary="List your second factors",
        operation_id="me_second_factors_list",
        responses={200: SecondFactorsSerializer},
    )
    def list(self, request: Request) -> Response:
        """What is asked for after your password, and how many recovery codes you have left."""
        user = person_of(request)
        results = [SecondFactorSerializer(factor).data for factor in factors_of(user)]
        page = {"count": len(results), "next": None, "previous": None, "results": results}
        return Response(page | {"recovery_codes_left": recovery_codes.left(user)})

    @extend_schema(
        summary="Remove one of your second factors",
        operation_id="me_second_factors_destroy",
        responses={204: None},
    )
    def destroy(self, request: Request, pk: UUID) -> Response:
        """It is asked for no more, from the next log-in on. With the last one your recovery codes are dead."""
        remove(person_of(request), pk)
        return Response(status=204)

    @extend_schema(
        summary="Begin to enrol an authenticator app",
        operation_id="me_second_factors_totp",
        request=None,
        responses={201: EnrolmentSerializer},
    )
    @action(detail=False, methods=["post"])
    def totp(self, request: Request) -> Response:
        """Gives a secret, which is shown once. Nothing is asked for until you confirm it with a code of it. Beginning again
        gives another secret. 409 `second_factor_exists` where you have an app already.
        """
        return Response(EnrolmentSerializer(enrol(person_of(request))).data, 201)

    @extend_schema(
        summary="Turn on an authenticator app",
        operation_id="me_second_factors_totp_confirm",
        request=CodeSerializer,
        responses=RecoveryCodesSerializer,
    )
    @action(detail=False, methods=["post"], url_path="totp/confirm")
    def confirmation(self, request: Request) -> Response:
        """From now on your log-ins ask for a code of it. The response has ten recovery codes, which are shown once: keep them
        where you do not keep the app. 409 `nothing_to_confirm` where you did not begin.
        """
        given = CodeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user, session_id = person_of(request), claims_of(request).session_id
        codes = confirm(user, given.validated_data["code"], session_id=session_id, now=timezone.now())
        return Response({"recovery_codes": codes})

    @extend_schema(
        summary="Replace your recovery codes",
        operation_id="me_second_factors_recovery_codes",
        request=None,
        responses={201: RecoveryCodesSerializer},
    )
    @action(detail=False, methods=["post"], url_path="recovery-codes")
    def recovery_codes(self, request: Request) -> Response:
        """Gives ten new ones; the old ones are dead. 409 `no_second_factor` where there is nothing they would stand in for."""
        return Response({"recovery_codes": renew_recovery_codes(person_of(request))}, 201)
