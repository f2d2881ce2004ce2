"""Members of an organization: add, change and remove users; adding one takes a seat, removing one gives it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts import email_index
from accounts.email_confirmation import ask_for_confirmation
from accounts.invitations.ending import end, make_room, withdraw_those_of
from accounts.models import Invitation, User
from accounts.models.email_address import AddressTaken, check_address
from accounts.models.invitation import Status
from accounts.passwords import check_new_password, hash_password, history
from accounts.tokens.mailbox_proofs import of_password
from quotas.consumption import taking
from quotas.resources import USERS
from workix.core.errors import Conflict, NotFound
from workix.core.permissions import Role, holds


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


def add(*, email: str, password: str, role: str, first_name: str = "", last_name: str = "", now: datetime) -> User:
    """Add a person, who may log in once they confirmed their address. Their invitation, if there is one, ends.

    :raises QuotaExceeded: when every seat is taken.
    :raises AddressTaken: when the address is somebody's here, or is invited at this very moment.
    :raises Invalid: when the password is not good enough.
    """
    email = check_address(email)
    password_hash = hash_password(check_new_password(password, about=(email, first_name, last_name)))
    newcomer = Newcomer(email, role, password_hash, first_name, last_name)
    with taking(USERS), transaction.atomic():
        user = add_uninvited(newcomer, confirmed_at=None, now=now)
        ask_for_confirmation(user)
    return user


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who comes, with the hash of a password that was judged before any transaction began."""

    email: str
    role: str
    password_hash: str = field(repr=False)
    first_name: str = ""
    last_name: str = ""


def add_uninvited(newcomer: Newcomer, *, confirmed_at: datetime | None, now: datetime) -> User:
    """Write somebody who comes without an invitation, in a transaction that the caller began; one they have ends.

    :raises AddressTaken: when the address is somebody's here, or is invited at this very moment.
    """
    email = newcomer.email
    user = who_was_here(email, lock=True) or User(email=email)
    user.first_name, user.last_name = newcomer.first_name, newcomer.last_name
    invitation = make_room(email, now=now)
    if invitation is not None:
        end(invitation, Status.WITHDRAWN, now=now)
    admit(user, role=newcomer.role, password_hash=newcomer.password_hash, confirmed_at=confirmed_at, now=now)
    if Invitation.objects.pending(now=now).filter(email=email).exists():
        raise AddressTaken(field="email", problem="unique")  # see Note [The seat of an invitation]
    return user


# Note [Who comes back]
# Somebody who was removed and comes again is the same person, by their address: same id, one history in the trail. Nothing
# they had comes with them: role and password are the new ones, sessions and links have ended, the address is proven anew.


_WHAT_ONE_COMES_WITH = (
    *("first_name", "last_name", "role", "password", "password_changed_at", "email_confirmed_at"),
    *("mailbox_proof", "is_active", "deleted_at", "updated_at"),
)


def who_was_here(email: str, *, lock: bool = False) -> User | None:
    """Find who had this address and was removed; of several the last one. See Note [Who comes back]."""
    removed = User.with_removed.filter(email=email, deleted_at__isnull=False).order_by("-deleted_at", "-id")
    return (removed.select_for_update(no_key=True) if lock else removed).first()


def admit(
    user: User, *, role: str, password_hash: str, confirmed_at: datetime | None, is_proven: bool = False, now: datetime
) -> None:
    """Write somebody who comes, or comes back. `is_proven` says that who chose the password reads their mailbox.

    :raises AddressTaken: when the address is somebody's here.
    """
    user.role, user.password, user.email_confirmed_at = role, password_hash, confirmed_at
    user.is_active, user.deleted_at, user.password_changed_at = True, None, now
    user.mailbox_proof = of_password(user) if is_proven else ""
    try:
        if user._state.adding:
            user.save(force_insert=True)
        else:
            user.save(update_fields=_WHAT_ONE_COMES_WITH)
    except IntegrityError as error:
        raise AddressTaken(field="email", problem="unique") from error


def change(person_id: UUID, *, now: datetime, **changes: Any) -> User:
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
            _stop_inviting(user, now=now)
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
        _stop_inviting(user, now=now)
        user.external_identities.all().delete()  # see Note [Who comes back]
        user.save(update_fields=["deleted_at", "is_active", "updated_at"])
        email_index.remove(user.email)
        history.forget(user)


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


def _stop_inviting(user: User, *, now: datetime) -> None:
    """Take back what somebody sent who may not send it any more. See Note [Who vouches for an invitation]."""
    if not holds(user, "users:write"):
        withdraw_those_of(user.id, now=now)


def _follow_in_index(user: User) -> None:
    """Let the e-mail index lead to whoever may log in. See Note [Proven addresses] in accounts/email_index.py."""
    if user.is_active and user.email_confirmed_at is not None:
        email_index.add(user.email)
    else:
        email_index.remove(user.email)
