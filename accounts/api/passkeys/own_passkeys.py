"""GET and POST /me/passkeys/, POST …/options/, PATCH and DELETE …/{id}/: one's own passkeys."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.login import as_django
from accounts.api.passkeys.options import CreationOptionsSerializer
from accounts.api.passkeys.serializers import (
    AddedPasskeySerializer,
    PasskeyChangeSerializer,
    PasskeySerializer,
    PasskeysSerializer,
)
from accounts.authentication.bearer import claims_of, person_of
from accounts.models import Passkey
from accounts.passkeys.credentials import NewPasskeySerializer, new_passkey
from accounts.passkeys.own_passkeys import passkeys_of, remove, rename
from accounts.passkeys.registration import add, begin
from accounts.passkeys.relying_party import relying_party


class MyPasskeyViewSet(viewsets.GenericViewSet[Passkey]):
    """One's own passkeys."""

    required_permissions = {
        "list": "profile:read",
        "create": "profile:write",
        "partial_update": "profile:write",
        "destroy": "profile:write",
        "creation_options": "profile:write",
    }
    recent_authentication = ("create", "destroy", "creation_options")
    problems = {"create": (409,), "creation_options": (409,)}
    tag = "Me"
    serializer_class = PasskeySerializer
    queryset = Passkey.objects.none()
    lookup_value_converter = "uuid"
    pagination_class = None
    filter_backends = ()

    @extend_schema(summary="List your passkeys", operation_id="me_passkeys_list", responses={200: PasskeysSerializer})
    def list(self, request: Request) -> Response:
        """What you may log in with in place of your password, and at which host."""
        results = [PasskeySerializer(each).data for each in passkeys_of(person_of(request))]
        return Response({"count": len(results), "next": None, "previous": None, "results": results})

    @extend_schema(
        summary="Begin to add a passkey",
        operation_id="me_passkeys_options",
        request=None,
        responses={200: CreationOptionsSerializer},
    )
    @action(detail=False, methods=["post"], url_path="options")
    def creation_options(self, request: Request) -> Response:
        """Gives the options for `navigator.credentials.create()`. 409 `passkeys_not_here` on the platform's host: passkeys are
        good at your organization's own.
        """
        user, rp = person_of(request), relying_party(as_django(request))
        return Response(begin(user, claims_of(request).session_id, rp))

    @extend_schema(
        summary="Add a passkey",
        operation_id="me_passkeys_create",
        request=NewPasskeySerializer,
        responses={201: AddedPasskeySerializer},
    )
    def create(self, request: Request) -> Response:
        """From your first one on your password alone logs you in no more: keep the recovery codes, which come with it once.
        409 `too_many_passkeys` where you have 20.
        """
        given = NewPasskeySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user, session_id = person_of(request), claims_of(request).session_id
        new, rp = new_passkey(given.validated_data), relying_party(as_django(request))
        added = add(user, session_id, new, rp, now=timezone.now())
        body = dict(PasskeySerializer(added.passkey).data) | {"recovery_codes": added.recovery_codes}
        return Response(body, 201)

    @extend_schema(
        summary="Rename a passkey",
        operation_id="me_passkeys_partial_update",
        request=PasskeyChangeSerializer,
        responses={200: PasskeySerializer},
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """What you call it; your authenticator may call it something else."""
        given = PasskeyChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(PasskeySerializer(rename(person_of(request), pk, **given.validated_data)).data)

    @extend_schema(summary="Remove a passkey", operation_id="me_passkeys_destroy", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """It logs nobody in any more. With your last second factor your recovery codes are dead."""
        remove(person_of(request), pk)
        return Response(status=204)
