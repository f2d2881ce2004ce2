"""Membership of own roles: given to people and taken from them, by whoever holds all that the role grants."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.aggregates import StringAgg
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from accounts.models import CustomRole, RoleMember, User
from accounts.roles.composition import WRITE, get_role
from accounts.roles.escalation import Locked, lock
from workix.core.apps import permissions, permissions_of
from workix.core.errors import Conflict, Invalid, NotFound

MOST_FOR_A_PERSON = 20


class TooManyRolesOfAPerson(Conflict):
    detail = f"A person has {MOST_FOR_A_PERSON} own roles at most. Take one first."


class HasTheRole(Conflict):
    detail = "They have this role already."


def members(role_id: UUID) -> QuerySet[User]:
    """List who has a role, in the order they came to the organization.

    :raises NotFound: when there is no such role.
    """
    get_role(role_id)
    return User.objects.filter(role_members__role_id=role_id).order_by("created_at", "id")


def with_grants(people: QuerySet[User]) -> QuerySet[User]:
    """Read with each of them what their own roles grant, or `User.granted` would ask for one at a time."""
    theirs = RoleMember.objects.filter(user=OuterRef("pk")).order_by().values("user")
    granted = theirs.annotate(granted=StringAgg("role__permissions", Value(" "))).values("granted")
    text = Coalesce(Subquery(granted), Value(""), output_field=TextField())
    return people.annotate(granted=text)  # type: ignore[no-redef]  # it fills the cached property


def memberships() -> QuerySet[RoleMember]:
    """List who has which role."""
    return RoleMember.objects.select_related("role", "user")


def give(role_id: UUID, *, user_id: UUID) -> RoleMember:
    """Give a role to somebody. See Note [Nobody passes on what they do not hold].

    :raises NotFound: when there is no such role.
    :raises Invalid: when nobody here has this id.
    :raises MoreThanYouHold: when it grants what whoever acts does not hold.
    :raises HasTheRole: when they have it.
    :raises TooManyRolesOfAPerson: when they have MOST_FOR_A_PERSON.
    """
    with transaction.atomic():
        role, locked = _locked(role_id, user_id)
        user = locked.people.get(user_id)
        if user is None:
            raise Invalid("Nobody here has this id.", field="user", problem="does_not_exist")
        if RoleMember.objects.filter(user=user).count() >= MOST_FOR_A_PERSON:
            raise TooManyRolesOfAPerson
        try:
            with transaction.atomic():
                return RoleMember.objects.create(role=role, user=user, name=role.name)
        except IntegrityError as error:
            raise HasTheRole from error


def take(role_id: UUID, *, user_id: UUID) -> None:
    """Take a role from somebody; what it grants is gone on their next call.

    :raises NotFound: when there is no such role, or they do not have it.
    :raises MoreThanYouHold: when it grants what whoever acts does not hold.
    """
    with transaction.atomic():
        _locked(role_id, user_id)
        taken, _ = RoleMember.objects.filter(role_id=role_id, user_id=user_id).delete()
        if not taken:
            raise NotFound


def take_all(user: User) -> None:
    """Take every own role from somebody who leaves, or comes back. The caller has locked them."""
    RoleMember.objects.filter(user=user).delete()


def why(user: User) -> list[tuple[str, str, list[str]]]:
    """List what somebody may do while they are active: the permission, what it allows, and which roles give it."""
    given = [(user.get_role_display(), permissions_of(user.role))]
    given += [(each.role.name, each.role.granted) for each in memberships().filter(user=user).order_by("name", "id")]
    allowed = sorted({name for _, granted in given for name in granted})
    return [
        (name, permissions()[name].description, [role for role, granted in given if name in granted])
        for name in allowed
    ]


def _locked(role_id: UUID, user_id: UUID) -> tuple[CustomRole, Locked]:
    """Return a role that whoever acts may pass on."""
    locked = lock(WRITE, people=Q(id=user_id), roles=Q(id=role_id))
    role = locked.roles.get(role_id)
    if role is None:
        raise NotFound
    locked.require(role.granted)
    return role, locked
