"""Which groups of SCIM there are, and who is in them: a fixed role or an own one, whichever has the id."""

# All that knows of both kinds is in this file.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import prefetch_related_objects

from accounts.members import lock_people
from accounts.models import RoleMember, User
from accounts.scim.groups import fixed_roles, own_roles
from accounts.scim.groups.group import MOST_MEMBERS, Group, GroupTooLarge
from workix.core.permissions import Role


def groups(*, with_members: bool) -> list[Group]:
    """List the groups: fixed roles first, then own ones by name."""
    return [
        *fixed_roles.fixed_roles(with_members=with_members),
        *own_roles.own_roles(with_members=with_members),
    ]


def get_group(group_id: str, *, with_members: bool = False) -> Group:
    """Return one of them.

    :raises NotFound: when there is none with this id.
    """
    if not is_fixed(group_id):
        return own_roles.get_own_role(group_id, with_members=with_members)
    return next(each for each in fixed_roles.fixed_roles(with_members=with_members) if each.id == group_id)


def groups_of(user: User) -> list[Group]:
    """List the groups somebody is in: their fixed role, then own ones by name. One statement, unless it was read with them."""
    prefetch_related_objects([user], "role_members")
    own = sorted(user.role_members.all(), key=lambda member: (member.name, member.role_id))
    return [Group(user.role, user.get_role_display()), *(Group(str(each.role_id), each.name) for each in own)]


def groups_of_people(person_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """Map these people, as far as they are here, to the ids of their groups."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for person, role in User.objects.filter(id__in=person_ids).values_list("id", "role"):
        found[person].add(role)
    for person, role_id in RoleMember.objects.filter(user_id__in=person_ids).values_list("user_id", "role_id"):
        found[person].add(str(role_id))
    return found


def is_fixed(group_id: str) -> bool:
    """Say whether a group is a fixed role."""
    return group_id in set(Role)


def lock_group(group_id: str, person_ids: Collection[UUID], *, version: str | None) -> None:
    """Lock these people, as far as they are here, and an own role, in a transaction; make sure that it is as who asks saw it.

    All that a request is about is locked here, at once and in one order: see Note [Nobody passes on what they do not hold] in
    accounts/roles/escalation.py. Two requests that name people the other way round would wait for each other else, and so would
    one that has the role and whoever has the person. So nobody else is moved then (`among`): who came or left between the look
    and the lock did so after this request. Fixed roles have no versions.

    :raises NotFound: when there is no such role.
    :raises PreconditionFailed: when it is of another version.
    """
    if not is_fixed(group_id):
        own_roles.lock_own_role(group_id, person_ids, version=version)
    elif person_ids:
        lock_people(person_ids)


def members_of(group_id: str) -> frozenset[UUID]:
    """Find who is in a group now.

    :raises GroupTooLarge: when they are more than MOST_MEMBERS.
    """
    fixed, own = User.objects.filter(role=group_id).values_list("id"), RoleMember.objects.values_list("user_id")
    found = fixed if is_fixed(group_id) else own.filter(role_id=own_roles.role_id_of(group_id))
    there = frozenset(person for (person,) in found[: MOST_MEMBERS + 1])
    if len(there) > MOST_MEMBERS:
        raise GroupTooLarge
    return there


def put_in(group_id: str, person_ids: Collection[UUID], *, now: datetime) -> None:
    """Put people into a group. Raises what `put_in` of its kind does."""
    if is_fixed(group_id):
        fixed_roles.put_in(group_id, person_ids, now=now)
    else:
        own_roles.put_in(group_id, person_ids)


def take_out(group_id: str, person_ids: Collection[UUID], *, now: datetime) -> None:
    """Take people out of a group. Raises what `take_out` of its kind does."""
    if is_fixed(group_id):
        fixed_roles.take_out(group_id, person_ids, now=now)
    else:
        own_roles.take_out(group_id, person_ids)


def replace_members(group_id: str, person_ids: Collection[UUID], *, among: Collection[UUID], now: datetime) -> None:
    """Have of the people `among`, whom the request locked, these in a group. Raises what `replace_members` of its kind does."""
    if is_fixed(group_id):
        fixed_roles.replace_members(group_id, person_ids, among=among, now=now)
    else:
        own_roles.replace_members(group_id, person_ids, among=among)
