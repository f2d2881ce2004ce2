"""GET and POST /users/, GET /users/{id}/."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.members import admit, people
from accounts.models import User
from accounts.models.user import ROLES
from workix.foundation.access import Permission, Role


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


class NewPersonSerializer(serializers.Serializer[User]):
    """Somebody to add. They log in once they confirmed their address."""

    email = serializers.EmailField(max_length=255)
    password = serializers.CharField(max_length=128, write_only=True, trim_whitespace=False)
    first_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    last_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    role = serializers.ChoiceField(ROLES, default=Role.USER.value)


def person_as_json(user: User) -> dict[str, Any]:
    """Write a person as `PersonSerializer` does, straight from the attributes: it is the hottest line there is."""
    return {
        "id": str(user.id),
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role,
        "is_active": user.is_active,
        "created_at": _moment(user.created_at),
        "updated_at": _moment(user.updated_at),
        "last_login": _moment(user.last_login),
    }


def _moment(value: Any) -> str | None:
    return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if value else None


@extend_schema_view(
    list=extend_schema(summary="List people", description="The people of the organization."),
    retrieve=extend_schema(summary="Read a person", description="One person of the organization."),
)
class PersonViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[User]):
    """The people of the organization."""

    needs = {"list": Permission.USERS_READ, "retrieve": Permission.USERS_READ, "create": Permission.USERS_WRITE}
    tag = "People"
    serializer_class = PersonSerializer

    def get_queryset(self) -> Any:
        return people()

    @extend_schema(
        summary="Add a person",
        description="Takes a seat of the `users` quota and mails a link to confirm the address.",
        request=NewPersonSerializer,
        responses={201: PersonSerializer},
    )
    def create(self, request: Request) -> Response:
        given = NewPersonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user = admit(**given.validated_data)
        return Response(person_as_json(user), 201, headers={"Location": f"/api/v1/users/{user.id}/"})
