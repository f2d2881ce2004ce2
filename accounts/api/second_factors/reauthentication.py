"""POST /me/reauthentication/: step-up, the person of a session proves once more who they are."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.second_factors.serializers import ReauthenticationSerializer
from accounts.authentication.bearer import claims_of, person_of
from accounts.login.second_step.reauthentication import reauthenticate


class ReauthenticationView(APIView):
    """Proving once more who one is."""

    required_permissions = {"post": "profile:write"}
    tag = "Me"
    problems = {"post": (429,)}

    @extend_schema(
        summary="Prove once more that it is you",
        operation_id="me_reauthentication",
        request=ReauthenticationSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Takes your password and, where you have a second factor, a code. For 15 minutes this session may then do what answers
        403 `reauthentication_required` (RFC 9470). 403 `single_sign_on_required` where your organization takes no passwords.
        """
        given = ReauthenticationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        session_id = claims_of(request).session_id
        reauthenticate(person_of(request), session_id, **given.validated_data, now=timezone.now())
        return Response(status=204)
