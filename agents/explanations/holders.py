"""holders(): who could do what takes a permission, now or at an earlier moment from the audit trail, and by what."""

# Note [Who could]
# It is asked of the rows as of everybody who comes: a person's `permissions`, a key's. Rows of before are instances of the same
# models (Note [As of a moment]), so it is the same code that says what they held. What a fixed role holds is the release's to
# say, and it is asked of this one: the trail keeps no declarations.

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import ApiKey, CustomRole, RoleMember, User
from accounts.models.api_key import KeyHolder
from accounts.roles.membership import with_grants
from agents.models import Agent
from audit.reading.as_of import instances_as_of
from workix.core.apps import grantable, permissions_of, scopes
from workix.core.errors import Invalid

#: Role ids by person.
_Members = dict[UUID, list[CustomRole]]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who could, and by what: their fixed role, own roles by name, or a scope; of an agent, of whose rights."""

    type: str
    id: UUID
    label: str
    by: tuple[str, ...]


def holders(permission: str, *, at: datetime | None = None, now: datetime) -> list[Holder]:
    """List who could do what takes a permission: people who may log in, keys and agents that are good, each by name.

    :raises Invalid: when nobody of an organization can hold it, or that moment is yet to come.
    :raises TrailTooShort: when the trail was pruned beyond it.
    """
    if permission not in grantable() | scopes():
        raise Invalid(
            "This is no permission that people or keys hold.", field="permission", problem="unknown_permission"
        )
    if at is not None and at > now:
        raise Invalid("This moment is yet to come.", field="at")
    people, members = _people_as_of(at, now) if at else _people_now(permission)
    return [
        *_people(permission, people, members),
        *_keys(permission, at, now),
        *_agents(permission, {user.id: user for user in people}, at, now),
    ]


def _people(permission: str, people: list[User], members: _Members) -> Iterator[Holder]:
    for user in sorted(people, key=lambda each: each.email):
        if permission not in user.permissions:
            continue
        fixed = [user.get_role_display()] if permission in permissions_of(user.role) else []
        own = sorted(role.name for role in members[user.id] if permission in role.granted)
        yield Holder("person", user.id, user.email, (*fixed, *own))


def _people_now(permission: str) -> tuple[list[User], _Members]:
    members: _Members = defaultdict(list)
    for each in RoleMember.objects.select_related("role"):
        if permission in each.role.granted:
            members[each.user_id].append(each.role)
    return list(with_grants(User.objects.filter(is_active=True))), members


def _people_as_of(at: datetime, now: datetime) -> tuple[list[User], _Members]:
    roles = {role.id: role for role in instances_as_of(CustomRole, at, now=now)}
    members: _Members = defaultdict(list)
    for each in instances_as_of(RoleMember, at, now=now):
        if each.role_id in roles:
            members[each.user_id].append(roles[each.role_id])
    people = instances_as_of(User, at, now=now)
    for user in people:
        user.granted = " ".join(role.permissions for role in members[user.id])
    return people, members


def _keys(permission: str, at: datetime | None, now: datetime) -> Iterator[Holder]:
    keys = instances_as_of(ApiKey, at, now=now) if at else list(ApiKey.objects.all())
    for key in sorted(keys, key=lambda each: (each.name, str(each.id))):
        if _is_good(key, at or now) and permission in key.permissions:
            yield Holder("api_key", key.id, key.name, ("scope",))


def _agents(permission: str, people: dict[UUID, User], at: datetime | None, now: datetime) -> Iterator[Holder]:
    agents = instances_as_of(Agent, at, now=now) if at else list(Agent.objects.all())
    for agent in sorted(agents, key=lambda each: (each.name, str(each.id))):
        owner = people.get(agent.owner_id) if agent.owner_id else None
        held = owner.permissions & agent.usable if owner else frozenset()
        if owner and agent.stopped_at is None and _is_good(agent, at or now) and permission in held:
            yield Holder("agent", agent.id, agent.name, ("scope", owner.email))


def _is_good(key: KeyHolder, moment: datetime) -> bool:
    return key.expires_at is None or key.expires_at > moment
