"""SCIM resources: a person and a role as SCIM writes them, their versions (ETag), and the part of them that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from accounts.scim.errors import InvalidValue, PreconditionFailed
from accounts.scim.groups import Group, group_of
from accounts.scim.middleware import BASE_PATH
from accounts.scim.schemas import GROUP, USER

#: Returned whatever is asked for (RFC 7643, section 7, `returned: always`).
_ALWAYS = {"schemas", "id"}
_MOST_NAMES = 50
_URNS = tuple(f"{urn.lower()}:" for urn in (USER, GROUP))


def person_as_scim(user: User) -> dict[str, Any]:
    """Write a person (RFC 7643, section 4.1)."""
    name = {"givenName": user.first_name, "familyName": user.last_name}
    group = group_of(user)
    return {
        "schemas": [USER],
        "id": str(user.id),
        **({"externalId": user.external_id} if user.external_id else {}),
        "userName": user.email,
        **({"name": {part: said for part, said in name.items() if said}} if any(name.values()) else {}),
        "displayName": user.full_name,
        "active": user.is_active,
        "emails": [{"value": user.email, "type": "work", "primary": True}],
        "groups": [{"value": group.id, "$ref": f"{BASE_PATH}/Groups/{group.id}", "display": group.name}],
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
        "meta": {"resourceType": "Group", "location": f"{BASE_PATH}/Groups/{group.id}"},
    }


def version_of(user: User) -> str:
    """Return the version of a person, as a weak entity tag (RFC 9110, section 8.8.3). Every change moves `updated_at`."""
    return f'W/"{int(user.updated_at.timestamp() * 1_000_000):x}"'


def require_version(user: User, wanted: str | None) -> None:
    """Make sure that somebody is still as who asks has seen them (If-Match).

    :raises PreconditionFailed: when they are not.
    """
    if wanted is not None and not names_version(wanted, user):
        raise PreconditionFailed


def names_version(header: str, user: User) -> bool:
    """Say whether If-Match or If-None-Match names the version somebody has. Ours are weak, and compared as such."""
    version = version_of(user).removeprefix("W/")
    return header.strip() == "*" or version in (each.strip().removeprefix("W/") for each in header.split(","))


@dataclass(frozen=True, slots=True)
class Shown:
    """Which attributes a response has (RFC 7644, section 3.9). Names are in lower case; empty: all, or all but none."""

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def shows(self, name: str) -> bool:
        """Say whether an attribute is returned, whole or a part of it."""
        if self.only:
            return any(each.split(".")[0] == name for each in self.only)
        return name not in self.without

    def of(self, resource: Mapping[str, Any]) -> dict[str, Any]:
        """Return what was asked for of a resource."""
        if not self.only and not self.without:
            return dict(resource)
        return {
            name: value if name in _ALWAYS else self._parts(name.lower(), value)
            for name, value in resource.items()
            if name in _ALWAYS or self.shows(name.lower())
        }

    def _parts(self, name: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._parts(name, each) for each in value]
        if not isinstance(value, dict) or name in self.only:
            return value
        if self.only:
            return {part: each for part, each in value.items() if f"{name}.{part.lower()}" in self.only}
        return {part: each for part, each in value.items() if f"{name}.{part.lower()}" not in self.without}


def shown(only: Iterable[str], without: Iterable[str]) -> Shown:
    """Read which attributes are asked for; what there is not is not returned.

    :raises InvalidValue: when both are named, or too many.
    """
    names = Shown(_names(only), _names(without))
    if names.only and names.without:
        raise InvalidValue("Name attributes or excludedAttributes, not both.")
    return names


def _names(listed: Iterable[str]) -> frozenset[str]:
    names = [each.strip().lower() for each in listed]
    if len(names) > _MOST_NAMES:
        raise InvalidValue(f"Name {_MOST_NAMES} attributes or fewer.")
    for urn in _URNS:
        names = [name.removeprefix(urn) for name in names]
    return frozenset(name for name in names if name)
