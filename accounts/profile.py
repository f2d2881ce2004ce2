"""One's own profile and open sessions; and other people's sessions, for whoever manages people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.login.sessions import log_out
from accounts.models import Session, User
from accounts.roles.escalation import lock


def change_profile(user: User, **changes: Any) -> User:
    """Change one's own `first_name` or `last_name`."""
    for name, value in changes.items():
        setattr(user, name, value)
    with transaction.atomic():
        user.save(update_fields=[*changes, "updated_at"])
    return user


def open_sessions(user: User, *, now: datetime) -> QuerySet[Session]:
    """List a person's sessions that are not over, newest first."""
    return Session.objects.filter(user=user, ended_at__isnull=True, expires_at__gt=now)


def every_open_session(*, now: datetime) -> QuerySet[Session]:
    """List where the people of the realm that is entered are logged in, newest first."""
    return Session.objects.filter(ended_at__isnull=True, expires_at__gt=now).select_related("user")


def end_session(session: Session, *, now: datetime) -> None:
    """End a session, one's own or somebody else's. See Note [Nobody passes on what they do not hold].

    :raises MoreThanYouHold: when its person holds what whoever acts does not.
    """
    with transaction.atomic():
        locked = lock("profile:write", people=Q(id=session.user_id))
        whose = locked.people.get(session.user_id)
        locked.require(whose.assigned_permissions if whose else frozenset())
        log_out(session.id, now=now)
