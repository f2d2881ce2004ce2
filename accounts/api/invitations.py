"""GET and POST /invitations/, GET and DELETE /invitations/{id}/, POST /invitations/{id}/resend/: who is asked to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import ChoiceFilter
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.invitations.issuing import get_invitation, invitations, invite, resend, withdraw
from accounts.models.invitation import STATUSES, Invitation
from accounts.models.user import ROLES
from audit.api.as_of import AS_OF, DESCRIPTION, ListAsOf
from workix.api.filters import FilterSet
from workix.api.idempotency import idempotent
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.permissions import Role


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation. `sent_at` is null until its newest mail is sent, and with `as_of`; `invited_by` is the id of a person."""

    invited_by = serializers.UUIDField(allow_null=True)

    examples = {"status": "pending", "role": "user", "email": "carol@acme.example", "first_name": "Carol"}

    class Meta:
        model = Invitation
        fields = (
            *("id", "email", "first_name", "last_name", "role", "status"),
            *("invited_by", "expires_at", "sent_at", "created_at", "updated_at"),
        )
        read_only_fields = fields

    def to_representation(self, invitation: Invitation) -> dict[str, Any]:
        return invitation_as_json(invitation, now=self.context.get("as_of"))


class NewInvitationSerializer(StrictSerializer):
    """Whom to invite, and as what. They may change the names."""

    email = serializers.EmailField(max_length=255)
    first_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    last_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    role = serializers.ChoiceField(ROLES, default=Role.USER.value)

    examples = {"role": "user", "email": "carol@acme.example", "first_name": "Carol"}


def invitation_as_json(invitation: Invitation, *, now: datetime | None = None) -> dict[str, Any]:
    """Write an invitation as it is at this moment, or was at another."""
    return {
        "id": str(invitation.id),
        "email": invitation.email,
        "first_name": invitation.first_name,
        "last_name": invitation.last_name,
        "role": invitation.role,
        "status": invitation.state_at(now or timezone.now()).value,
        "invited_by": str(invitation.invited_by_id) if invitation.invited_by_id else None,
        "expires_at": invitation.expires_at,
        "sent_at": invitation.sent_at,
        "created_at": invitation.created_at,
        "updated_at": invitation.updated_at,
    }


class InvitationFilter(FilterSet):
    """By state: an invitation whose time is over is expired."""

    status = ChoiceFilter(choices=STATUSES, method="in_state")

    class Meta:
        model = Invitation
        fields = ("status",)

    def in_state(self, queryset: Any, name: str, value: str) -> QuerySet[Invitation]:
        found: QuerySet[Invitation] = queryset.in_state(value, now=timezone.now())
        return found


@extend_schema_view(
    list=extend_schema(
        summary="List invitations",
        description="The invitations of the organization, the newest first. Those that ended are kept for 90 days."
        + DESCRIPTION,
        parameters=[AS_OF],
    )
)
class InvitationViewSet(ListAsOf, mixins.ListModelMixin, viewsets.GenericViewSet[Invitation]):
    """Invitations to the organization."""

    required_permissions = {
        "list": "users:write",
        "retrieve": "users:write",
        "create": "users:write",
        "destroy": "users:write",
        "resend": "users:write",
    }
    problems = {"list": (400, 409), "destroy": (409,)}
    tag = "People"
    serializer_class = InvitationSerializer
    queryset = Invitation.objects.none()
    lookup_value_converter = "uuid"
    filterset_class = InvitationFilter
    search_fields = ("email", "first_name", "last_name")
    ordering_fields = ("created_at",)

    def get_queryset(self) -> Any:
        return invitations()

    @extend_schema(summary="Read an invitation", responses=InvitationSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """One invitation to the organization."""
        return Response(invitation_as_json(get_invitation(pk)))

    @extend_schema(
        summary="Invite a person",
        description="Takes a seat of the `users` quota and sends a link to the address, which is good for 7 days. Who "
        "follows it chooses a password, and is a person of the organization. Nobody invites into a role that may do what "
        "they may not (403).",
        request=NewInvitationSerializer,
        responses={201: InvitationSerializer},
    )
    @idempotent
    def create(self, request: Request) -> Response:
        given = NewInvitationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        invitation = invite(**given.validated_data, now=timezone.now())
        where = f"/api/v1/invitations/{invitation.id}/"
        return Response(invitation_as_json(invitation), 201, headers={"Location": where})

    @extend_schema(summary="Withdraw an invitation", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Its link is dead at once, and its seat is free. 409 `invitation_ended` where it is not pending any more."""
        withdraw(pk, now=timezone.now())
        return Response(status=204)

    @extend_schema(
        summary="Resend an invitation",
        operation_id="invitations_resend",
        request=None,
        responses=InvitationSerializer,
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def resend(self, request: Request, pk: UUID) -> Response:
        """Sends a new link, good for 7 days from now; earlier links are dead at once. An address gets at most six a day:
        `sent_at` stays null when the mail is not sent. 409 `invitation_ended` where it is not pending any more.
        """
        return Response(invitation_as_json(resend(pk, now=timezone.now())))
