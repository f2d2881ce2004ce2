"""Members of an organization: add, change and remove users; adding one takes a seat, removing one gives it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal

from accounts import email_index
from accounts.email_confirmation import ask_for_confirmation
from accounts.invitations.ending import end, make_room, withdraw_those_of
from accounts.models import Invitation, User
from accounts.models.email_address import AddressTaken, check_address
from accounts.models.invitation import Status
from accounts.passwords import break_glass_admins, check_new_password, hash_password, history
from accounts.roles.escalation import Locked, lock
from accounts.roles.membership import take_all
from accounts.second_factors.enrolment import forget
from accounts.tokens.mailbox_proofs import of_password
from quotas.consumption import taking
from quotas.resources import USERS
from workix.core.apps import permissions_of
from workix.core.errors import Conflict, NotFound
from workix.core.permissions import Role, holds

WRITE = "users:write"
#: Inside the transaction that removes `person`, with `now`: what would act for them ends, or it would come back with them.
person_removed = Signal()


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
    :raises MoreThanYouHold: when the role holds what whoever acts does not.
    """
    email = check_address(email)
    password_hash = hash_password(check_new_password(password, about=(email, first_name, last_name)))
    newcomer = Newcomer(email, role, password_hash, first_name, last_name)
    with taking(USERS), transaction.atomic():
        locked = lock(WRITE)
        locked.require(permissions_of(role))
        user = add_uninvited(newcomer, confirmed_at=None, by=locked, now=now)
        ask_for_confirmation(user)
    return user


def add_without_password(*, email: str, role: str, is_active: bool, now: datetime, **more: str) -> User:
    """Add a person whom an identity provider knows (`first_name`, `last_name`, `external_id`), as `add` does.

    They have no password. Through the link that proves their address, and another for a password, they get one.

    :raises QuotaExceeded: when every seat is taken.
    :raises AddressTaken: when the address is somebody's here, or is invited at this very moment.
    :raises Invalid: when mail servers refuse the address.
    """
    newcomer = Newcomer(check_address(email), role, make_password(None), is_active=is_active, **more)
    with taking(USERS), transaction.atomic():
        user = add_uninvited(newcomer, confirmed_at=None, by=lock(WRITE), now=now)
        if is_active:
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
    external_id: str = ""
    is_active: bool = True


def add_uninvited(newcomer: Newcomer, *, confirmed_at: datetime | None, by: Locked, now: datetime) -> User:
    """Write somebody who comes without an invitation, in a transaction that the caller began; one they have ends.

    :raises MoreThanYouHold: when the invitation that ends was to a role which holds what whoever acts does not.
    :raises AddressTaken: when the address is somebody's here, or is invited at this very moment.
    """
    email = newcomer.email
    user = who_was_here(email, lock=True) or User(email=email)
    user.first_name, user.last_name = newcomer.first_name, newcomer.last_name
    user.external_id = newcomer.external_id
    invitation = make_room(email, now=now)
    if invitation is not None:
        by.require(permissions_of(invitation.role))
        end(invitation, Status.WITHDRAWN, now=now)
    admit(
        user,
        role=newcomer.role,
        password_hash=newcomer.password_hash,
        confirmed_at=confirmed_at,
        is_active=newcomer.is_active,
        now=now,
    )
    if Invitation.objects.pending(now=now).filter(email=email).exists():
        raise AddressTaken(field="email", problem="unique")  # see Note [The seat of an invitation]
    return user


# Note [Who comes back]
# Somebody who was removed and comes again is the same person, by their address: same id, one history in the trail. Nothing
# they had comes with them: roles and password are the new ones, sessions and links have ended, the address is proven anew.


_WHAT_ONE_COMES_WITH = (
    *("first_name", "last_name", "role", "password", "password_changed_at", "email_confirmed_at"),
    *("mailbox_proof", "is_active", "deleted_at", "external_id", "updated_at"),
)


def who_was_here(email: str, *, lock: bool = False) -> User | None:
    """Find who had this address and was removed; of several the last one. See Note [Who comes back]."""
    removed = User.with_removed.filter(email=email, deleted_at__isnull=False).order_by("-deleted_at", "-id")
    return (removed.select_for_update(no_key=True) if lock else removed).first()


def admit(
    user: User,
    *,
    role: str,
    password_hash: str,
    confirmed_at: datetime | None,
    is_active: bool = True,
    is_proven: bool = False,
    now: datetime,
) -> None:
    """Write somebody who comes, or comes back. `is_proven` says that who chose the password reads their mailbox.

    :raises AddressTaken: when the address is somebody's here.
    """
    user.role, user.password, user.email_confirmed_at = role, password_hash, confirmed_at
    user.is_active, user.deleted_at, user.password_changed_at = is_active, None, now
    user.mailbox_proof = of_password(user) if is_proven else ""
    try:
        if user._state.adding:
            user.save(force_insert=True)
        else:
            take_all(user)
            user.save(update_fields=_WHAT_ONE_COMES_WITH)
    except IntegrityError as error:
        raise AddressTaken(field="email", problem="unique") from error


def change(person_id: UUID, *, now: datetime, **changes: Any) -> User:
    """Change names, role, whether somebody may log in, or by what an identity provider knows them.

    That is `first_name`, `last_name`, `role`, `is_active`, `external_id`. A change of role or activity ends their sessions: see
    Note [What ends with a credential].

    :raises NotFound: when nobody here has this id.
    :raises LastAdmin: when no active admin would be left.
    :raises LastBreakGlassAdmin: when they are the last who could come in under single sign-on only.
    :raises MoreThanYouHold: when they held, or would hold, what whoever acts does not.
    """
    with transaction.atomic():
        if {"role", "is_active"} & changes.keys():
            user, locked = _locked(person_id)
            was_admin = user.role == Role.ADMIN
            _set(user, changes)
            locked.require(user.assigned_permissions)
            _require_an_admin(user, was_admin=was_admin)
            _stop_inviting(user, now=now)
        else:
            user = get_person(person_id)
            _set(user, changes)
        user.save(update_fields=[*changes, "updated_at"])
        if "is_active" in changes:
            _follow_in_index(user)
    return user


def remove(person_id: UUID, *, now: datetime) -> None:
    """Remove a person: their row stays for the trail, their seat, own roles, sessions, log-in and agents end.

    :raises NotFound: when nobody here has this id.
    :raises LastAdmin: when no active admin would be left.
    :raises LastBreakGlassAdmin: when they are the last who could come in under single sign-on only.
    :raises MoreThanYouHold: when they hold what whoever acts does not.
    """
    with transaction.atomic():
        user, _ = _locked(person_id)
        user.deleted_at, user.is_active, user.external_id = now, False, ""
        _require_an_admin(user, was_admin=user.role == Role.ADMIN)
        _stop_inviting(user, now=now)
        take_all(user)
        user.save(update_fields=["deleted_at", "is_active", "external_id", "updated_at"])
        forget(user)
        user.external_identities.all().delete()  # see Note [Who comes back]
        email_index.remove(user.email)
        history.forget(user)
        person_removed.send(sender=User, person=user, now=now)


# Note [The last admin]
# Two admins who demote each other at the same moment must not both succeed. Whoever changes who is an admin first
# locks every admin's row, in one order, and counts them then.


_ADMINS = Q(role=Role.ADMIN, is_active=True)


def _locked(person_id: UUID) -> tuple[User, Locked]:
    """Return a person whom whoever acts may change. See Notes [The last admin], [Nobody passes on what they do not hold]."""
    locked = lock(WRITE, people=_ADMINS | Q(id=person_id), key=True)
    user = locked.people.get(person_id)
    if user is None:
        raise NotFound
    locked.require(user.assigned_permissions)
    return user, locked


def _set(user: User, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(user, name, value)


def lock_person(person_id: UUID) -> User:
    """Return a person to be changed in this transaction. See Note [The last admin].

    :raises NotFound: when nobody here has this id.
    :raises MoreThanYouHold: when they hold what whoever acts does not.
    """
    return _locked(person_id)[0]


def lock_people(person_ids: Collection[UUID]) -> dict[UUID, User]:
    """Return those of these people who are here, by id, to be changed in this transaction. See Note [The last admin]."""
    locked = lock(WRITE, people=_ADMINS | Q(id__in=person_ids), key=True)
    return {person_id: locked.people[person_id] for person_id in person_ids if person_id in locked.people}


def _require_an_admin(user: User, *, was_admin: bool) -> None:
    if user.role == Role.ADMIN and user.is_active:
        return
    if not User.objects.filter(role=Role.ADMIN, is_active=True).exclude(id=user.id).exists():
        raise LastAdmin
    if was_admin:
        break_glass_admins.drop(user)


def _stop_inviting(user: User, *, now: datetime) -> None:
    """Take back what somebody sent who may not send it any more. See Note [Who vouches for an invitation]."""
    if not holds(user, WRITE):
        withdraw_those_of(user.id, now=now)


def _follow_in_index(user: User) -> None:
    """Let the e-mail index lead to whoever may log in. See Note [Proven addresses] in accounts/email_index.py."""
    if user.is_active and user.email_confirmed_at is not None:
        email_index.add(user.email)
    else:
        email_index.remove(user.email)
