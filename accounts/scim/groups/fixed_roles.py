"""The fixed roles as groups of SCIM: who has which, and putting somebody into another."""

# Note [Groups are roles]
# Each person has one fixed role, so each is in one of these groups. Who is put into another leaves the one before; who is taken
# out of one, and put into none, is a viewer, which is the least there is. An identity provider says both halves of a move, in
# any order: to take somebody out of a group they are not in changes nothing, and nobody is taken out of the viewers.
#
# A key is no person: it can be asked for nothing later, as Note [Who vouches for an invitation] has it of invitations. So no key
# makes an admin, nor takes that role from one, for they are the people who could take the key back. An admin who is put
# into another group stays what they are: a provider that puts the whole company into `user` must not lock its admins out.
# What a key may do to an admin is to deactivate and to remove them, since people leave; the last active one stays.

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from accounts.members import change, lock_people
from accounts.models import User
from accounts.scim.errors import AdminsAreMadeByAdmins
from accounts.scim.groups.group import MOST_MEMBERS, Group, GroupTooLarge, Member, NobodyHere, require_few
from workix.core.permissions import Role

#: What somebody is who is in no other group.
LEAST = Role.VIEWER


def fixed_roles(*, with_members: bool) -> list[Group]:
    """List them, in two statements, or in none where nobody asks for the members."""
    members = _members() if with_members else {}
    return [Group(role.value, role.name.capitalize(), members.get(role)) for role in Role]


def put_in(group_id: str, person_ids: Collection[UUID], *, now: datetime) -> None:
    """Put people into a group. See Note [Groups are roles].

    :raises NobodyHere: when one of them is not here, and TooManyMoved when they are more than MOST_MOVED.
    :raises AdminsAreMadeByAdmins: when somebody would become an admin.
    """
    with transaction.atomic():
        people = _locked(person_ids)
        if group_id == Role.ADMIN and any(person.role != Role.ADMIN for person in people):
            raise AdminsAreMadeByAdmins
        _give(group_id, (person for person in people if person.role not in (group_id, Role.ADMIN)), now=now)


def take_out(group_id: str, person_ids: Collection[UUID], *, now: datetime) -> None:
    """Take people out of a group; those who are not in it, or not here, stay as they are. See Note [Groups are roles].

    :raises TooManyMoved: when they are more than MOST_MOVED.
    :raises AdminsAreMadeByAdmins: when somebody would stop to be an admin.
    """
    with transaction.atomic():
        people = [person for person in _locked(person_ids, all_here=False) if person.role == group_id]
        if group_id == Role.ADMIN and people:
            raise AdminsAreMadeByAdmins
        _give(LEAST, people if group_id != LEAST else (), now=now)


def replace_members(group_id: str, person_ids: Collection[UUID], *, among: Collection[UUID], now: datetime) -> None:
    """Have these people, and nobody else `among` those who are locked, in a group.

    :raises GroupTooLarge: when more than MOST_MEMBERS are in it; and NobodyHere and TooManyMoved, as `put_in`.
    :raises AdminsAreMadeByAdmins: when somebody would become an admin, or stop to be one.
    """
    with transaction.atomic():
        there = set(User.objects.filter(role=group_id).values_list("id", flat=True)[: MOST_MEMBERS + 1])
        if len(there) > MOST_MEMBERS:
            raise GroupTooLarge
        put_in(group_id, (set(person_ids) - there) & set(among), now=now)
        take_out(group_id, (there - set(person_ids)) & set(among), now=now)


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
    require_few(person_ids)
    found = lock_people(person_ids)
    if all_here and found.keys() != set(person_ids):
        raise NobodyHere
    return list(found.values())


def _give(role: str, people: Iterable[User], *, now: datetime) -> None:
    for person in people:
        change(person.id, role=role, now=now)
