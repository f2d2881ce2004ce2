"""Groups of SCIM: which there are (the roles of the organization), who is in them, and putting somebody in or out."""

# Note [Groups are roles]
# Each person has one role, so each is in one group. Who is put into another group leaves the one before; who is taken out of
# one, and put into none, is a viewer, which is the least there is. An identity provider says both halves of a move, in any
# order: to take somebody out of a group they are not in changes nothing, and nobody is taken out of the viewers.
#
# A key is no person: it can be asked for nothing later, as Note [Who vouches for an invitation] has it of invitations. So no key
# makes an admin, nor takes that role from one, for they are the people who could take the key back. An admin who is put
# into another group stays what they are: a provider that puts the whole company into `user` must not lock its admins out.
# What a key may do to an admin is to deactivate and to remove them, since people leave; the last active one stays.
#
# All that knows what groups there are is in this file.

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from accounts.members import change, lock_people
from accounts.models import User
from accounts.scim.errors import AdminsAreMadeByAdmins, InvalidValue
from workix.core.errors import NotFound
from workix.core.permissions import Role

#: What somebody is who is in no other group.
LEAST = Role.VIEWER
#: Of a group with more people than this no members are listed: a part of them would be read as all of them.
MOST_MEMBERS = 1_000
#: So many people are moved by one request.
MOST_MOVED = 500


@dataclass(frozen=True, slots=True)
class Member:
    id: UUID
    email: str


@dataclass(frozen=True, slots=True)
class Group:
    """A role. `members` is None where nobody asked for them, or there are more than MOST_MEMBERS."""

    id: str
    name: str
    members: tuple[Member, ...] | None = None


def groups(*, with_members: bool) -> list[Group]:
    """List the groups, in two statements, or in none where nobody asks for the members."""
    members = _members() if with_members else {}
    return [Group(role.value, role.name.capitalize(), members.get(role)) for role in Role]


def get_group(group_id: str, *, with_members: bool = False) -> Group:
    """Return one of them.

    :raises NotFound: when there is none with this id.
    """
    found = next((each for each in groups(with_members=with_members) if each.id == group_id), None)
    if found is None:
        raise NotFound
    return found


def group_of(user: User) -> Group:
    """Return the group somebody is in."""
    return Group(user.role, user.get_role_display())


def groups_of_people(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Map these people, as far as they are here, to the id of their group."""
    return dict(User.objects.filter(id__in=person_ids).values_list("id", "role"))


def put_in(group_id: str, person_ids: Collection[UUID], *, now: datetime) -> None:
    """Put people into a group. See Note [Groups are roles].

    :raises InvalidValue: when one of them is not here, or they are more than MOST_MOVED.
    :raises AdminsAreMadeByAdmins: when somebody would become an admin.
    """
    with transaction.atomic():
        people = _locked(person_ids)
        if group_id == Role.ADMIN and any(person.role != Role.ADMIN for person in people):
            raise AdminsAreMadeByAdmins
        _give(group_id, (person for person in people if person.role not in (group_id, Role.ADMIN)), now=now)


def take_out(group_id: str, person_ids: Collection[UUID], *, now: datetime) -> None:
    """Take people out of a group; those who are not in it, or not here, stay as they are. See Note [Groups are roles].

    :raises InvalidValue: when they are more than MOST_MOVED.
    :raises AdminsAreMadeByAdmins: when somebody would stop to be an admin.
    """
    with transaction.atomic():
        people = [person for person in _locked(person_ids, all_here=False) if person.role == group_id]
        if group_id == Role.ADMIN and people:
            raise AdminsAreMadeByAdmins
        _give(LEAST, people if group_id != LEAST else (), now=now)


def replace_members(group_id: str, person_ids: Collection[UUID], *, now: datetime) -> None:
    """Have these people, and nobody else, in a group.

    :raises InvalidValue: when one of them is not here, or more than MOST_MOVED would move.
    :raises AdminsAreMadeByAdmins: when somebody would become an admin, or stop to be one.
    """
    with transaction.atomic():
        there = set(User.objects.filter(role=group_id).values_list("id", flat=True)[: MOST_MEMBERS + 1])
        if len(there) > MOST_MEMBERS:
            raise InvalidValue("This group is too large to be replaced. Add people, and remove people.")
        put_in(group_id, set(person_ids) - there, now=now)
        take_out(group_id, there - set(person_ids), now=now)


def _members() -> dict[str, tuple[Member, ...]]:
    sizes = dict(User.objects.order_by().values_list("role").annotate(Count("id")))
    listed = [role for role in Role if sizes.get(role, 0) <= MOST_MEMBERS]
    found: dict[str, list[Member]] = {role: [] for role in listed}
    for person, email, role in (
        User.objects.filter(role__in=listed)
        .order_by("role", "id")
        .values_list("id", "email", "role")[: len(Role) * MOST_MEMBERS]
    ):
        found[role].append(Member(person, email))
    return {role: tuple(members) for role, members in found.items()}


def _locked(person_ids: Collection[UUID], *, all_here: bool = True) -> list[User]:
    if len(person_ids) > MOST_MOVED:
        raise InvalidValue(f"One request moves {MOST_MOVED} people at most.")
    found = lock_people(person_ids)
    if all_here and found.keys() != set(person_ids):
        raise InvalidValue("One of these people is not in this organization.")
    return list(found.values())


def _give(role: str, people: Iterable[User], *, now: datetime) -> None:
    for person in people:
        change(person.id, role=role, now=now)
