"""GET and POST /roles/, GET, PATCH and DELETE /roles/{id}/; GET and POST /roles/{id}/members/, DELETE …/members/{user_id}/."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import CustomRole, User
from accounts.roles.api.serializers import (
    MemberSerializer,
    NewMemberSerializer,
    NewRoleSerializer,
    RoleChangeSerializer,
    RoleSerializer,
    member_as_json,
    role_as_json,
)
from accounts.roles.composition import change, create, delete, get_role, roles, roles_as_of
from accounts.roles.membership import give, members, take
from audit.api.as_of import AS_OF, DESCRIPTION, ListAsOf
from workix.api.idempotency import idempotent
from workix.api.serializers import sent


@extend_schema_view(
    list=extend_schema(
        summary="List own roles",
        description="The organization's own roles, by name; 100 at most." + DESCRIPTION,
        parameters=[AS_OF],
    )
)
class RoleViewSet(ListAsOf, mixins.ListModelMixin, viewsets.GenericViewSet[CustomRole]):
    """Roles that the organization composed of permissions."""

    required_permissions = {
        "list": "roles:read",
        "retrieve": "roles:read",
        "create": "roles:write",
        "partial_update": "roles:write",
        "destroy": "roles:write",
    }
    problems = {"list": (400, 409)}
    tag = "Roles"
    serializer_class = RoleSerializer
    queryset = CustomRole.objects.none()
    lookup_value_converter = "uuid"
    search_fields = ("name", "description")

    def get_queryset(self) -> Any:
        return roles()

    def list_as_of(self, moment: datetime, *, now: datetime) -> list[CustomRole]:
        return roles_as_of(moment, now=now)

    @extend_schema(summary="Read an own role", responses=RoleSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """What whoever has the role may do, and how many have it."""
        return Response(role_as_json(get_role(pk)))

    @extend_schema(summary="Compose a role", request=NewRoleSerializer, responses={201: RoleSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Puts permissions together that you hold (403 where you do not); 409 when there are 100 roles."""
        role = create(**sent(NewRoleSerializer, request))
        return Response(role_as_json(role), 201, headers={"Location": f"/api/v1/roles/{role.id}/"})

    @extend_schema(summary="Change an own role", request=RoleChangeSerializer, responses=RoleSerializer)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Holds from the next call of everybody who has it. You have to hold all that it granted, and all that it is to grant."""
        return Response(role_as_json(change(pk, **sent(RoleChangeSerializer, request))))

    @extend_schema(summary="Delete an own role", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Takes it from everybody who has it, too. You have to hold all that it grants."""
        delete(pk)
        return Response(status=204)


@extend_schema_view(list=extend_schema(summary="List who has an own role"))
class RoleMemberViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[User]):
    """Who has the role, in addition to their fixed one."""

    required_permissions = {"list": "roles:read", "create": "roles:write", "destroy": "roles:write"}
    problems = {"list": (400,)}
    tag = "Roles"
    serializer_class = MemberSerializer
    queryset = User.objects.none()
    lookup_value_converter = "uuid"
    lookup_field = "user_id"

    def get_queryset(self) -> Any:
        return members(self.kwargs["pk"])

    @extend_schema(summary="Give somebody an own role", request=NewMemberSerializer, responses={201: MemberSerializer})
    @idempotent
    def create(self, request: Request, pk: UUID) -> Response:
        """Holds from their next call. 409 when they have it, or have 20 roles. You have to hold all that it grants."""
        given = give(pk, user_id=sent(NewMemberSerializer, request)["user"])
        where = f"/api/v1/roles/{pk}/members/{given.user_id}/"
        return Response(member_as_json(given.user), 201, headers={"Location": where})

    @extend_schema(summary="Take an own role from somebody", responses={204: None})
    def destroy(self, request: Request, pk: UUID, user_id: UUID) -> Response:
        """Holds from their next call. You have to hold all that the role grants."""
        take(pk, user_id=user_id)
        return Response(status=204)
