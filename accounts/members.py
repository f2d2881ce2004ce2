"""Members of an organization: add, change and remove users; adding one takes a seat, removing one gives it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import email_index
from accounts.email_confirmation import ask_for_confirmation
from accounts.models import User
from accounts.models.email_address import check_address
from accounts.passwords import check_new_password, hash_password
from quotas.consumption import taking
from quotas.resources import USERS
from workix.core.errors import Conflict, Invalid, NotFound
from workix.core.permissions import Role


class AddressTaken(Invalid):
    detail = "Somebody in this organization has this address."


class LastAdmin(Conflict):
    code = "last_admin"
    detail = "This is the last active admin. Make somebody else an admin first."


def people() -> QuerySet[User]:
    """List the people of the organization in scope, in the order they came."""
    return User.objects.order_by("created_at", "id")


def get_person(person_id: UUID) -> User:
    """Return one of them.

    :raises NotFound: when nobody here has this id.
    """
    user = User.objects.filter(id=person_id).first()
    if user is None:
        raise NotFound
    return user


def add(*, email: str, password: str, role: str, first_name: str = "", last_name: str = "") -> User:
    """Add a person, who may log in once they confirmed their address.

    :raises QuotaExceeded: when every seat is taken.
    :raises AddressTaken: when the address is somebody's here.
    :raises Invalid: when the password is not good enough.
    """
    email = check_address(email)
    password_hash = hash_password(check_new_password(password, about=(email, first_name, last_name)))
    try:
        with taking(USERS), transaction.atomic():
            user = User(email=email, first_name=first_name, last_name=last_name, role=role)
            user.password = password_hash
            user.save(force_insert=True)
            ask_for_confirmation(user)
    except IntegrityError as error:
        raise AddressTaken(field="email", problem="unique") from error
    return user


def change(person_id: UUID, **changes: Any) -> User:
    """Change names, role or whether somebody may log in (`first_name`, `last_name`, `role`, `is_active`).

    The latter two end their sessions: see Note [What ends with a credential].

    :raises NotFound: when nobody here has this id.
    :raises LastAdmin: when no active admin would be left.
    """
    with transaction.atomic():
        keeps_admins = not {"role", "is_active"} & changes.keys()
        user = get_person(person_id) if keeps_admins else _locked(person_id)
        for name, value in changes.items():
            setattr(user, name, value)
        if not keeps_admins:
            _require_an_admin(user)
        user.save(update_fields=[*changes, "updated_at"])
        if "is_active" in changes:
            _follow_in_index(user)
    return user


def remove(person_id: UUID, *, now: datetime) -> None:
    """Remove a person: their row stays for the trail, their seat, sessions and log-in end.

    :raises NotFound: when nobody here has this id.
    :raises LastAdmin: when no active admin would be left.
    """
    with transaction.atomic():
        user = _locked(person_id)
        user.deleted_at, user.is_active = now, False
        _require_an_admin(user)
        user.save(update_fields=["deleted_at", "is_active", "updated_at"])
        email_index.remove(user.email)


# Note [The last admin]
# Two admins who demote each other at the same moment must not both succeed. Whoever changes who is an admin first
# locks every admin's row, in one order, and counts them then.


def _locked(person_id: UUID) -> User:
    """Return a person to be changed. See Note [The last admin]."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True) | User.objects.filter(id=person_id)
    locked = {user.id: user for user in admins.order_by("id").select_for_update()}
    if person_id not in locked:
        raise NotFound
    return locked[person_id]


def _require_an_admin(user: User) -> None:
    stays = user.role == Role.ADMIN and user.is_active
    if not stays and not User.objects.filter(role=Role.ADMIN, is_active=True).exclude(id=user.id).exists():
        raise LastAdmin


def _follow_in_index(user: User) -> None:
    """Let the e-mail index lead to whoever may log in. See Note [Proven addresses] in accounts/email_index.py."""
    if user.is_active and user.email_confirmed_at is not None:
        email_index.add(user.email)
    else:
        email_index.remove(user.email)
