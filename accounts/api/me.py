"""GET and PATCH /me/, POST /me/password/, GET /me/sessions/ and DELETE /me/sessions/{id}/: the user's own profile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.fields import NewPassword, Password
from accounts.api.users import PersonSerializer, person_as_json
from accounts.authentication.bearer import claims_of, person_of
from accounts.login.password_change import change
from accounts.login.sessions import end_own
from accounts.models import Session, User
from accounts.profile import change_profile, open_sessions
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.apps import in_order


class MeSerializer(PersonSerializer):
    """Who you are, and what you may do now: by your role, and by the organization's own roles that you have."""

    permissions = serializers.ListField(child=serializers.CharField())

    examples = {"permissions": ["dashboard:enter", "profile:read", "profile:write", "users:read"]}

    class Meta(PersonSerializer.Meta):
        fields = read_only_fields = (*PersonSerializer.Meta.fields, "permissions")  # type: ignore[assignment]  # longer by one


class ProfileSerializer(StrictSerializer):
    """What one may change of oneself."""

    first_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    last_name = SingleLineField(max_length=100, required=False, allow_blank=True)


class PasswordSerializer(StrictSerializer):
    """The password one has, and the one one wants."""

    current_password = Password()
    password = NewPassword()


class SessionSerializer(serializers.ModelSerializer[Session]):
    """A session: where one is logged in."""

    is_current = serializers.BooleanField(read_only=True)

    class Meta:
        model = Session
        fields = ("id", "created_at", "last_seen_at", "expires_at", "ip_address", "user_agent", "is_current")
        read_only_fields = fields

    def to_representation(self, session: Session) -> dict[str, Any]:
        """Write a session straight from its attributes."""
        return {
            "id": session.id,
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
            "expires_at": session.expires_at,
            "ip_address": session.ip_address,
            "user_agent": session.user_agent,
            "is_current": session.id == self.context["request"].auth.session_id,
        }


def me_as_json(user: User) -> dict[str, Any]:
    return person_as_json(user) | {"permissions": in_order(user.permissions)}


class MeView(APIView):
    """The person who is logged in."""

    required_permissions = {"get": "profile:read", "patch": "profile:write"}
    tag = "Me"

    @extend_schema(summary="Read your own profile", operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Who you are to the platform, and what you may do (`permissions`)."""
        return Response(me_as_json(person_of(request)))

    @extend_schema(
        summary="Change your own profile",
        operation_id="me_update",
        request=ProfileSerializer,
        responses=MeSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Changes your names."""
        given = ProfileSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(me_as_json(change_profile(person_of(request), **given.validated_data)))


class MyPasswordView(APIView):
    """One's own password."""

    required_permissions = {"post": "profile:write"}
    tag = "Me"
    problems = {"post": (429,)}

    @extend_schema(
        summary="Change your password",
        operation_id="me_password",
        request=PasswordSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        """Sets a new password. Every other session of yours ends."""
        given = PasswordSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        change(
            person_of(request),
            current=given.validated_data["current_password"],
            password=given.validated_data["password"],
            session_id=claims_of(request).session_id,
            now=timezone.now(),
        )
        return Response(status=204)


class MySessionViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Session]):
    """Where one is logged in."""

    required_permissions = {"list": "profile:read", "destroy": "profile:write"}
    problems = {"list": (400,)}
    tag = "Me"
    serializer_class = SessionSerializer
    queryset = Session.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return open_sessions(person_of(self.request), now=timezone.now())

    @extend_schema(summary="List your sessions", operation_id="me_sessions_list")
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Where you are logged in: device, address, last seen."""
        return super().list(request, *args, **kwargs)

    @extend_schema(summary="End one of your sessions", operation_id="me_sessions_destroy", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Logs you out there, from the next call on."""
        end_own(person_of(request), pk, now=timezone.now())
        return Response(status=204)
