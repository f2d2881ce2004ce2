"""The organization's own roles (custom roles) as groups of SCIM: who has which, given and taken by a key that may confer them."""

# Note [What a key confers]
# Nobody passes on what they do not hold (accounts/roles/escalation.py), and a key neither: it gives and takes an own role where
# all that this grants is among its own scopes, which an admin confirmed, or is what a `user` holds, which it may make anybody.
# What makes admins (`users:write`, `roles:write`, `api_keys:write`) is no scope of any key, so by no role does one make an admin.
# And no key confers the right to provision: it would be passed on by somebody whom nobody can ask.
#
# An own role comes besides the fixed one: who is put in leaves no other group, and an admin may be put in, too. Who has the role
# already, or has it no more, changes nothing, so nothing is asked: an identity provider repeats itself.
#
# Its version (ETag) is made of the row, of how many have it and of who got it last: giving, taking and renaming move it. It is
# compared under the lock of the role, which whoever gives or takes it has.

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from accounts.models import ApiKey, CustomRole, RoleMember, User
from accounts.roles.composition import WRITE
from accounts.roles.escalation import PROVISION, MoreThanYouHold, lock
from accounts.roles.membership import MOST_FOR_A_PERSON, TooManyRolesOfAPerson
from accounts.scim.groups.group import MOST_MEMBERS, Group, GroupTooLarge, Member, NobodyHere, require_few
from accounts.scim.versions import require_tag
from workix.core.apps import permissions_of
from workix.core.current import Current
from workix.core.errors import NotFound
from workix.core.permissions import Role

#: A list names so many people of own roles at most, those of small roles first.
MOST_LISTED = 10_000


class BeyondThisKey(MoreThanYouHold):
    detail = "This role grants more than your key may confer: its own scopes, and what a `user` may do. Ask an admin."


def own_roles(*, with_members: bool) -> list[Group]:
    """List them by name, in two statements, or in one where nobody asks for the members."""
    found = list(_counted(CustomRole.objects.all()))
    return _with_members(found) if with_members else [_group(role) for role in found]


def get_own_role(group_id: str, *, with_members: bool) -> Group:
    """Return one of them.

    :raises NotFound: when there is none with this id.
    """
    role = _counted(CustomRole.objects.filter(id=role_id_of(group_id))).first()
    if role is None:
        raise NotFound
    return _with_members([role])[0] if with_members else _group(role)


def role_id_of(group_id: str) -> UUID:
    """Read the id of an own role.

    :raises NotFound: when it can be none.
    """
    try:
        found = UUID(group_id)
    except ValueError:
        raise NotFound from None
    if str(found) != group_id:
        raise NotFound
    return found


def lock_own_role(group_id: str, person_ids: Collection[UUID], *, version: str | None) -> dict[UUID, User]:
    """Lock a role, and these people as far as they are here, in a transaction; return the people.

    :raises NotFound: when there is no such role.
    :raises PreconditionFailed: when it is of another version.
    """
    role_id = role_id_of(group_id)
    locked = lock(WRITE, people=Q(id__in=person_ids), roles=Q(id=role_id))
    if role_id not in locked.roles:
        raise NotFound
    if version is not None:
        require_tag(version, _version(_counted(CustomRole.objects.filter(id=role_id))[0]))
    return {person: locked.people[person] for person in person_ids if person in locked.people}


def put_in(group_id: str, person_ids: Collection[UUID]) -> None:
    """Give people an own role. See Note [What a key confers].

    :raises NobodyHere: when one of them is not here, and TooManyMoved when they are more than MOST_MOVED.
    :raises BeyondThisKey: when it grants more than the key confers.
    :raises TooManyRolesOfAPerson: when one of them has as many as anybody may.
    """
    require_few(person_ids)
    with transaction.atomic():
        people = lock_own_role(group_id, person_ids, version=None)
        if people.keys() != set(person_ids):
            raise NobodyHere
        role = CustomRole.objects.get(id=role_id_of(group_id))
        wanting = people.keys() - _who_of(role, person_ids)
        if not wanting:
            return
        _require_conferred(role)
        _require_room(wanting)
        for person in sorted(wanting):
            RoleMember.objects.create(role=role, user=people[person], name=role.name)


def take_out(group_id: str, person_ids: Collection[UUID]) -> None:
    """Take an own role from people; those who do not have it, or are not here, stay as they are.

    :raises TooManyMoved: when they are more than MOST_MOVED.
    :raises BeyondThisKey: when it grants more than the key confers.
    """
    require_few(person_ids)
    with transaction.atomic():
        lock_own_role(group_id, person_ids, version=None)
        role = CustomRole.objects.get(id=role_id_of(group_id))
        there = RoleMember.objects.filter(role=role, user_id__in=person_ids)
        if there.exists():
            _require_conferred(role)
            there.delete()


def replace_members(group_id: str, person_ids: Collection[UUID], *, among: Collection[UUID]) -> None:
    """Let these people, and nobody else `among` those who are locked, have an own role.

    :raises GroupTooLarge: when more than MOST_MEMBERS have it; and the refusals of `put_in` and `take_out`.
    """
    with transaction.atomic():
        lock_own_role(group_id, (), version=None)
        there = set(
            RoleMember.objects.filter(role_id=role_id_of(group_id)).values_list("user_id", flat=True)[
                : MOST_MEMBERS + 1
            ]
        )
        if len(there) > MOST_MEMBERS:
            raise GroupTooLarge
        put_in(group_id, (set(person_ids) - there) & set(among))
        take_out(group_id, (there - set(person_ids)) & set(among))


def _require_conferred(role: CustomRole) -> None:
    key = ApiKey.objects.filter(id=str(Current.actor.id)).first() if Current.actor.type == "api_key" else None
    held = key.permissions if key else frozenset()
    if not role.granted <= (held | permissions_of(Role.USER)) - {PROVISION}:
        raise BeyondThisKey


def _require_room(person_ids: Collection[UUID]) -> None:
    counted = RoleMember.objects.filter(user_id__in=person_ids).order_by().values("user_id").annotate(many=Count("id"))
    if counted.filter(many__gte=MOST_FOR_A_PERSON).exists():
        raise TooManyRolesOfAPerson


def _who_of(role: CustomRole, person_ids: Collection[UUID]) -> set[UUID]:
    there = RoleMember.objects.filter(role=role, user_id__in=person_ids)
    return set(there.values_list("user_id", flat=True))


def _counted(found: QuerySet[CustomRole]) -> QuerySet[Any]:
    return found.annotate(many=Count("members"), given_at=Max("members__created_at")).order_by("name", "id")


def _with_members(found: list[Any]) -> list[Group]:
    listed: dict[UUID, list[Member]] = {}
    room = MOST_LISTED
    for role in sorted(found, key=lambda role: role.many):
        if role.many <= min(MOST_MEMBERS, room):
            room, listed[role.id] = room - role.many, []
    there = RoleMember.objects.filter(role_id__in=listed).order_by("user_id")
    for role_id, person, email in there.values_list("role_id", "user_id", "user__email"):
        listed[role_id].append(Member(person, email))
    return [_group(role, tuple(listed[role.id]) if role.id in listed else None) for role in found]


def _group(role: Any, members: tuple[Member, ...] | None = None) -> Group:
    return Group(str(role.id), role.name, members, _version(role))


def _version(role: Any) -> str:
    moments = (role.updated_at, role.given_at)
    moved = "-".join(f"{int(each.timestamp() * 1_000_000) if each else 0:x}" for each in moments)
    return f'W/"{moved}-{role.many:x}"'
