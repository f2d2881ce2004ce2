"""Roles, what a permission is, and the DRF permission class. Which permissions there are, each app declares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from django.utils import timezone
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from workix.core.errors import Denied
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

    `agent`: an agent may use it, for a person who holds it. What a person alone can do is none, nor is what agents are.
    """

    description: str
    held_by: frozenset[str]
    scope: bool = False
    agent: bool = False


#: For the few actions that are open to anybody: log-in, sign-up, links in mails. Named, never implied.
OPEN = "open"
#: For the few that are open to whoever is known, whatever they hold: a key without scopes, too.
KNOWN = "known"


class RequirePermission(BasePermission):
    """Closed by default: an action missing from the view's `required_permissions` is open to nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        method = (request.method or "").lower()
        if not hasattr(view, method):
            return True  # there is no handler for it: the view itself refuses, with 405
        action = getattr(view, "action", None) or {"head": "get"}.get(method, method)
        needed = view.required_permissions.get(action)
        if permits(request.user, needed):
            if action in getattr(view, "recent_authentication", ()):
                require_recent_authentication(request.user, now=timezone.now())
            return True
        if needed is not None and request.user.is_authenticated:
            access_refused.send(sender=type(view), permission=needed, method=request.method, path=request.path)
        return False


def permits(who: object, needed: str | None) -> bool:
    """Say whether an action that takes this permission is open to somebody: where it takes none that is named, to nobody."""
    if needed in (OPEN, KNOWN):
        return needed == OPEN or bool(getattr(who, "is_authenticated", False))
    return needed is not None and holds(who, needed)


def holds(who: object, permission: str) -> bool:
    """Say whether somebody, or nobody, may do what takes this permission."""
    return permission in getattr(who, "permissions", ())


# Note [Step-up]
# A session that was left open, or a token that was copied, must not be enough for what lasts: a key, a policy, somebody's
# removal, a second factor. A view names these actions in `recent_authentication`, beside its permissions; they take a session
# whose person proved who they are in the last RECENT. A log-in does, and `POST /me/reauthentication/` does it again. The
# session is read for each request anyway, so this costs no statement. The error is that of RFC 9470, with a status of 403: the
# credential is good, and a client that forgets it and logs in anew would lose what its person was doing.
#
# A service (an API key) is not asked: nobody is there who could answer, a key would have to hold a password to do so, and what it
# may do an admin chose scope by scope, which needed a recent log-in itself. Whoever is no service and has no such time is asked.

RECENT = timedelta(minutes=15)
PASSWORD_AGAIN = "/api/v1/me/reauthentication/"  # noqa: S105  # a path


class ReauthenticationRequired(Denied):
    code = "reauthentication_required"
    detail = "Prove once more that it is you, then try again: POST /api/v1/me/reauthentication/ with your password."
    extensions: ClassVar[Any] = {"max_age": {"type": "integer"}, "reauthentication_url": {"type": "string"}}

    def __init__(self, where: str = PASSWORD_AGAIN) -> None:
        """Refuse; `where` is the path at which this person can do it."""
        seconds = int(RECENT.total_seconds())
        said = f'Bearer realm="workix", error="insufficient_user_authentication", max_age="{seconds}"'
        by_password = where == PASSWORD_AGAIN
        detail = "" if by_password else f"Prove once more that it is you, then try again: it begins by POST {where}."
        super().__init__(detail, headers={"WWW-Authenticate": said}, max_age=seconds, reauthentication_url=where)


def require_recent_authentication(who: object, *, now: datetime) -> None:
    """Make sure that somebody proved not long ago who they are. See Note [Step-up].

    :raises ReauthenticationRequired: when it is longer ago than RECENT, or nobody knows.
    """
    refusal = reauthentication_refusal(who, now=now)
    if refusal is not None:
        raise refusal


def reauthentication_refusal(who: object, *, now: datetime) -> ReauthenticationRequired | None:
    """Return why somebody has to prove once more who they are, where they have to. See Note [Step-up]."""
    if getattr(who, "is_service", False):
        return None
    proved_at: datetime | None = getattr(who, "authenticated_at", None)
    if proved_at is not None and now - proved_at <= RECENT:
        return None
    return ReauthenticationRequired(getattr(who, "reauthentication_url", PASSWORD_AGAIN))


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
