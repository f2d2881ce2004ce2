"""SCIM resources (RFC 7643, section 4): a person and a role as SCIM writes them."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.scim.groups.group import Group
from accounts.scim.groups.membership import groups_of
from accounts.scim.middleware import BASE_PATH
from accounts.scim.schemas import GROUP, USER
from accounts.scim.versions import version_of


def person_as_scim(user: User) -> dict[str, Any]:
    """Write a person (RFC 7643, section 4.1)."""
    name = {"givenName": user.first_name, "familyName": user.last_name}
    return {
        "schemas": [USER],
        "id": str(user.id),
        **({"externalId": user.external_id} if user.external_id else {}),
        "userName": user.email,
        **({"name": {part: said for part, said in name.items() if said}} if any(name.values()) else {}),
        "displayName": user.full_name,
        "active": user.is_active,
        "emails": [{"value": user.email, "type": "work", "primary": True}],
        "groups": [
            {"value": group.id, "$ref": f"{BASE_PATH}/Groups/{group.id}", "display": group.name}
            for group in groups_of(user)
        ],
        "meta": {
            "resourceType": "User",
            "created": user.created_at,
            "lastModified": user.updated_at,
            "location": f"{BASE_PATH}/Users/{user.id}",
            "version": version_of(user),
        },
    }


def group_as_scim(group: Group) -> dict[str, Any]:
    """Write a group (RFC 7643, section 4.2)."""
    members = [
        {"value": str(member.id), "$ref": f"{BASE_PATH}/Users/{member.id}", "display": member.email}
        for member in group.members or ()
    ]
    return {
        "schemas": [GROUP],
        "id": group.id,
        "displayName": group.name,
        **({"members": members} if members else {}),
        "meta": {
            "resourceType": "Group",
            "location": f"{BASE_PATH}/Groups/{group.id}",
            **({"version": group.version} if group.version else {}),
        },
    }
