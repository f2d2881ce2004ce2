"""Roles, what a permission is, and the DRF permission class. Which permissions there are, each app declares."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from workix.core.signals import access_refused


class Role(StrEnum):
    """What a person is in their organization."""

    ADMIN = "admin"
    USER = "user"
    VIEWER = "viewer"


#: What an operator of the platform counts as. Nothing an operator holds reaches into an organization.
OPERATOR = "operator"

#: Whose a permission can be.
EVERYONE = frozenset({Role.ADMIN, Role.USER, Role.VIEWER})
ADMIN_AND_USER = frozenset({Role.ADMIN, Role.USER})
ADMIN_AND_VIEWER = frozenset({Role.ADMIN, Role.VIEWER})
ADMIN = frozenset({Role.ADMIN})
OPERATORS = frozenset({OPERATOR})


@dataclass(frozen=True, slots=True)
class Permission:
    """Something that can be allowed. Its name, `thing:verb`, is the key under which an app declares it.

    `scope`: an API key may hold it, too. Closed by default: what only a person can do (their profile, a password once more),
    what lets anybody in, and what decides over others is none, so each app says which of its permissions are.
    """

    description: str
    held_by: frozenset[str]
    scope: bool = False


#: For the few actions that are open to anybody: log-in, sign-up, links in mails. Named, never implied.
OPEN = "open"


class RequirePermission(BasePermission):
    """Closed by default: an action missing from the view's `required_permissions` is open to nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        method = (request.method or "").lower()
        if not hasattr(view, method):
            return True  # there is no handler for it: the view itself refuses, with 405
        action = getattr(view, "action", None) or {"head": "get"}.get(method, method)
        needed = view.required_permissions.get(action)
        if needed is None:
            return False
        if needed == OPEN or needed in getattr(request.user, "permissions", ()):
            return True
        if request.user.is_authenticated:
            access_refused.send(sender=type(view), permission=needed, method=request.method, path=request.path)
        return False


def holds(who: object, permission: str) -> bool:
    """Say whether somebody, or nobody, may do what takes this permission."""
    return permission in getattr(who, "permissions", ())


class AnonymousUser:
    """Who asks when no credential was given: may do what is open to anybody."""

    is_authenticated = False
    is_anonymous = True
    is_active = False
    permissions: frozenset[str] = frozenset()

    def has_perm(self, permission: str) -> bool:
        return False

    def get_username(self) -> str:
        return ""
