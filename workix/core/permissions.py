"""Roles and permissions, which role holds which, and the DRF permission class."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from workix.core.signals import access_refused


class Permission(StrEnum):
    """Everything that can be allowed, as `thing:verb`."""

    PROFILE_READ = "profile:read"
    PROFILE_WRITE = "profile:write"
    ORGANIZATION_READ = "organization:read"
    ORGANIZATION_WRITE = "organization:write"
    USERS_READ = "users:read"
    USERS_WRITE = "users:write"
    QUOTAS_READ = "quotas:read"
    QUOTAS_CONSUME = "quotas:consume"
    AUDIT_READ = "audit:read"
    DASHBOARD_ENTER = "dashboard:enter"
    ORGANIZATIONS_OPEN = "organizations:open"
    ORGANIZATIONS_MANAGE = "organizations:manage"
    CONSOLE_ENTER = "console:enter"


class Role(StrEnum):
    """What a person is in their organization."""

    ADMIN = "admin"
    USER = "user"
    VIEWER = "viewer"


_EVERYONE = frozenset(
    {
        Permission.PROFILE_READ,
        Permission.PROFILE_WRITE,
        Permission.ORGANIZATION_READ,
        Permission.USERS_READ,
        Permission.QUOTAS_READ,
    }
)

#: What an operator may do on the platform. Nothing of it reaches into an organization.
OPERATOR_PERMISSIONS = frozenset(
    {
        Permission.PROFILE_READ,
        Permission.PROFILE_WRITE,
        Permission.ORGANIZATIONS_OPEN,
        Permission.ORGANIZATIONS_MANAGE,
        Permission.CONSOLE_ENTER,
    }
)
_OPERATORS_ONLY = {Permission.ORGANIZATIONS_OPEN, Permission.ORGANIZATIONS_MANAGE, Permission.CONSOLE_ENTER}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission) - _OPERATORS_ONLY,
    Role.USER: _EVERYONE,
    Role.VIEWER: _EVERYONE | {Permission.DASHBOARD_ENTER},
}

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
    permissions: frozenset[Permission] = frozenset()

    def has_perm(self, permission: str) -> bool:
        return False

    def get_username(self) -> str:
        return ""
