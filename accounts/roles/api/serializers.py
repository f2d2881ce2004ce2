"""Serializers of own roles: what is asked for, and what is shown."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import CustomRole, User
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.apps import grantable

EXAMPLES: dict[str, Any] = {
    "name": "Auditors",
    "description": "Read the audit trail in the dashboard.",
    "permissions": ["audit:read", "dashboard:enter"],
}


class NewRoleSerializer(StrictSerializer):
    """A role to compose. Its permissions are ones that you hold."""

    name = SingleLineField(max_length=100, help_text="Unique without regard to case and to blanks beside blanks.")
    description = SingleLineField(max_length=500, required=False, allow_blank=True)
    permissions = serializers.ListField(
        child=serializers.ChoiceField([(each, each) for each in sorted(grantable())]),
        min_length=1,
        max_length=len(grantable()),
    )

    examples = EXAMPLES


class RoleChangeSerializer(NewRoleSerializer):
    """What is to be otherwise. A list of permissions replaces the one before."""

    name = SingleLineField(max_length=100, required=False)
    permissions = serializers.ListField(
        child=serializers.ChoiceField([(each, each) for each in sorted(grantable())]),
        required=False,
        min_length=1,
        max_length=len(grantable()),
    )


class RoleSerializer(serializers.ModelSerializer[CustomRole]):
    """An own role of the organization."""

    permissions = serializers.ListField(child=serializers.CharField())
    undeclared_permissions = serializers.ListField(
        child=serializers.CharField(), help_text="What it names and the platform knows no more: nobody may do it."
    )
    members_count = serializers.IntegerField()

    examples = EXAMPLES | {"undeclared_permissions": [], "members_count": 3}

    class Meta:
        model = CustomRole
        fields = (
            "id",
            "name",
            "description",
            "permissions",
            "undeclared_permissions",
            "members_count",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields

    def to_representation(self, role: CustomRole) -> dict[str, Any]:
        return role_as_json(role)


class MemberSerializer(serializers.ModelSerializer[User]):
    """Somebody who has the role. `role` is their fixed one."""

    class Meta:
        model = User
        fields = ("id", "email", "first_name", "last_name", "role", "is_active")
        read_only_fields = fields

    def to_representation(self, user: User) -> dict[str, Any]:
        return member_as_json(user)


class NewMemberSerializer(StrictSerializer):
    """Who is to have the role, in addition to what they have."""

    user = serializers.UUIDField()

    examples = {"user": "0192f0c1-7a00-7000-8000-000000000002"}


def role_as_json(role: CustomRole) -> dict[str, Any]:
    """Write a role straight from its attributes."""
    undeclared = role.undeclared
    return {
        "id": str(role.id),
        "name": role.name,
        "description": role.description,
        "permissions": [name for name in role.permissions.split() if name not in undeclared],
        "undeclared_permissions": undeclared,
        "members_count": role.members_count,
        "created_at": role.created_at,
        "updated_at": role.updated_at,
    }


def member_as_json(user: User) -> dict[str, Any]:
    """Write somebody who has a role straight from their attributes."""
    return {
        "id": str(user.id),
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role,
        "is_active": user.is_active,
    }
