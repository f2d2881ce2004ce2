"""Serializers of invitations: what is sent to invite somebody, what is sent to accept, and what an invitation is."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.api.fields import NewPassword, Token
from accounts.invitations.models import Invitation
from accounts.models.user import ROLES
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.permissions import Role


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation. `sent_at` is null until its newest mail is sent; `invited_by` is the id of a person."""

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
        return invitation_as_json(invitation)


class NewInvitationSerializer(StrictSerializer):
    """Whom to invite, and as what. They may change the names."""

    email = serializers.EmailField(max_length=255)
    first_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    last_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    role = serializers.ChoiceField(ROLES, default=Role.USER.value)

    examples = {"role": "user", "email": "carol@acme.example", "first_name": "Carol"}


class AcceptanceSerializer(StrictSerializer):
    """The token of the link, a password, and names, where the ones in the invitation are to be others."""

    token = Token()
    password = NewPassword(write_only=True)
    first_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    last_name = SingleLineField(max_length=100, required=False, allow_blank=True)


def invitation_as_json(invitation: Invitation) -> dict[str, Any]:
    """Write an invitation as it is at this moment."""
    return {
        "id": str(invitation.id),
        "email": invitation.email,
        "first_name": invitation.first_name,
        "last_name": invitation.last_name,
        "role": invitation.role,
        "status": invitation.state_at(timezone.now()).value,
        "invited_by": str(invitation.invited_by_id) if invitation.invited_by_id else None,
        "expires_at": invitation.expires_at,
        "sent_at": invitation.sent_at,
        "created_at": invitation.created_at,
        "updated_at": invitation.updated_at,
    }
