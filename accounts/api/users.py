"""GET and POST /users/, GET, PATCH and DELETE /users/{id}/: the users of an organization."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.fields import NewPassword
from accounts.api.invitations import InvitationSerializer, invitation_as_json
from accounts.invitations.issuing import invite
from accounts.members import add, change, get_person, people, remove
from accounts.models import User
from accounts.models.user import ROLES
from audit.api.access import RecordsAccess
from audit.api.as_of import AS_OF, DESCRIPTION, ListAsOf
from workix.api.idempotency import idempotent
from workix.api.pagination import ListRows
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.permissions import Role


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person of the organization."""

    class Meta:
        model = User
        fields = (
            "id",
            "email",
            "first_name",
            "last_name",
            "role",
            "is_active",
            "created_at",
            "updated_at",
            "last_login",
        )
        read_only_fields = fields

    def to_representation(self, user: User) -> dict[str, Any]:
        return person_as_json(user)


class NewPersonSerializer(StrictSerializer):
    """Somebody to add: with a password, they log in once they confirmed their address; without one, they are invited."""

    email = serializers.EmailField(max_length=255)
    password = NewPassword(write_only=True, required=False)
    first_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    last_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    role = serializers.ChoiceField(ROLES, default=Role.USER.value)


class PersonChangeSerializer(StrictSerializer):
    """What an admin may change of a person."""

    first_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    last_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    role = serializers.ChoiceField(ROLES, required=False)
    is_active = serializers.BooleanField(required=False)


def person_as_json(user: User) -> dict[str, Any]:
    """Write a person straight from the attributes: it is the hottest line there is."""
    return {
        "id": str(user.id),
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role,
        "is_active": user.is_active,
        "created_at": user.created_at,
        "updated_at": user.updated_at,
        "last_login": user.last_login,
    }


@extend_schema_view(
    list=extend_schema(
        summary="List people",
        description="The people of the organization." + DESCRIPTION + " When they logged in last it does not know.",
        parameters=[AS_OF],
    )
)
class PersonViewSet(RecordsAccess, ListAsOf, ListRows):
    """The people of the organization."""

    required_permissions = {
        "list": "users:read",
        "retrieve": "users:read",
        "create": "users:write",
        "partial_update": "users:write",
        "destroy": "users:write",
    }
    recent_authentication = ("destroy",)
    problems = {"list": (400, 409), "partial_update": (409,), "destroy": (409,)}
    accessed = "user"
    tag = "People"
    serializer_class = PersonSerializer
    columns = PersonSerializer.Meta.fields
    row_as_json = staticmethod(person_as_json)
    queryset = User.objects.none()
    lookup_value_converter = "uuid"
    filterset_fields = ("role", "is_active")
    search_fields = ("email", "first_name", "last_name")
    ordering_fields = ("email", "first_name", "last_name", "role", "created_at", "last_login")

    def get_queryset(self) -> Any:
        return people()

    @extend_schema(summary="Read a person", responses=PersonSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One person of the organization."""
        return Response(person_as_json(get_person(pk)))

    @extend_schema(
        summary="Add a person",
        description="Takes a seat of the `users` quota. With a password the person is there at once (201), and gets a link to "
        "confirm the address. Without one they are invited, as by `POST /invitations/` (202): the response is the invitation, "
        "where `Location` leads to; the person is there when they accept it.",
        request=NewPersonSerializer,
        responses={201: PersonSerializer, 202: InvitationSerializer},
    )
    @idempotent
    def create(self, request: Request) -> Response:
        given = NewPersonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if "password" not in given.validated_data:
            invitation = invite(**given.validated_data, now=timezone.now())
            where = f"/api/v1/invitations/{invitation.id}/"
            return Response(invitation_as_json(invitation), 202, headers={"Location": where})
        user = add(**given.validated_data, now=timezone.now())
        return Response(person_as_json(user), 201, headers={"Location": f"/api/v1/users/{user.id}/"})

    @extend_schema(summary="Change a person", request=PersonChangeSerializer, responses=PersonSerializer)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Changes names, role, or whether they may log in. The last active admin stays one."""
        given = PersonChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(person_as_json(change(pk, **given.validated_data, now=timezone.now())))

    @extend_schema(summary="Remove a person", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Ends their log-in and gives back their seat; their row stays for the trail. Not the last active admin."""
        remove(pk, now=timezone.now())
        return Response(status=204)
