"""Opens a sandbox: an organization with people of each role, their tokens, an API key and sample data, for a while."""

# Note [Opening in under a second]
# The people of a sandbox have one password, drawn for it and hashed once: each hash takes a tenth of a second and 46 MiB. It
# is opened by the owner as any organization is, in one transaction; what is in it besides is written by its own role in a
# second one, through what the API calls, too. Where that fails it is over at once.

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.api_keys import keys
from accounts.login import sessions
from accounts.login.sessions import LoggedIn
from accounts.models import User
from accounts.passwords import hash_password
from agents import agents
from agents.models import Mode
from agents.sandboxes import people
from agents.sandboxes.signals import sandbox_filling
from quotas.consumption import consume
from quotas.rate_limits import Left, Limit, client, count_attempt
from quotas.resources import EXECUTIONS
from tenants.models import LONGEST_SANDBOX, Organization
from tenants.sandboxes import opening
from tenants.sandboxes.ending import end_sandbox
from tenants.scope import use_tenant
from workix.config.secrets import make_password
from workix.core.apps import agent_scopes, scopes
from workix.core.current import Actor, Current
from workix.core.errors import Denied, Invalid
from workix.core.permissions import Role

SHORTEST, USUAL, LONGEST = timedelta(minutes=1), timedelta(hours=1), LONGEST_SANDBOX
_EXECUTIONS_USED = (120, 17)


class SandboxesClosed(Denied):
    code = "sandboxes_closed"
    detail = "Nobody opens sandboxes on this platform: its operator does not let them (WORKIX_SANDBOXES)."


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What was opened, with the only copy of its secrets. `password` is that of each of its people."""

    organization: Organization
    people: tuple[LoggedIn, ...]
    password: str = field(repr=False)
    api_key: str = field(repr=False)
    agent_key: str = field(repr=False)


def open_for_visitor(*, lasting: timedelta, now: datetime) -> tuple[Sandbox, Left]:
    """Open a sandbox for anybody, and say how many more may come from the same address.

    :raises SandboxesClosed: where the operator lets nobody.
    :raises Invalid: when it would last for too short or too long.
    :raises SandboxesFull: when there are as many as may be.
    :raises TooMany: when too many came from the same address.
    """
    _check(lasting, now=now)
    limit = Limit("sandboxes", settings.WORKIX.sandboxes_per_hour, timedelta(hours=1))
    left = count_attempt(limit, client(), now=now)
    return _opened(lasting, now=now), left


def open_sandbox(*, lasting: timedelta, now: datetime) -> Sandbox:
    """Open a sandbox. See Note [Opening in under a second].

    :raises SandboxesClosed: where the operator lets nobody.
    :raises Invalid: when it would last for too short or too long.
    :raises SandboxesFull: when there are as many as may be.
    """
    _check(lasting, now=now)
    return _opened(lasting, now=now)


def _check(lasting: timedelta, *, now: datetime) -> None:
    """Refuse what can be refused cheaply."""
    if not settings.WORKIX.sandboxes:
        raise SandboxesClosed
    if not SHORTEST <= lasting <= LONGEST:
        raise Invalid("A sandbox lasts for a minute to a day.", field="ttl", problem="out_of_range")
    opening.require_room(settings.WORKIX.sandboxes, now=now)


def _opened(lasting: timedelta, *, now: datetime) -> Sandbox:
    password, slug = make_password(), opening.draw_slug()
    persons = people.drafts(slug, hash_password(password), now=now)
    admin = persons[Role.ADMIN]
    with Current.scoped(actor=Actor("person", admin.id, admin.email)):
        organization = opening.open_sandbox(
            slug,
            expires_at=now + lasting,
            most=settings.WORKIX.sandboxes,
            now=now,
            populate=lambda opened: people.write(persons, opened),
        )
        try:
            return _filled(organization, persons, password, now=now)
        except BaseException:
            end_sandbox(organization.id, now=now)
            raise


def _filled(organization: Organization, persons: dict[Role, User], password: str, *, now: datetime) -> Sandbox:
    admin = persons[Role.ADMIN]
    with use_tenant(organization), transaction.atomic():
        people.add_extras(organization.slug)
        for amount in _EXECUTIONS_USED:
            consume(EXECUTIONS, amount)
        key = keys.issue(
            by=admin,
            now=now,
            name="Sample key",
            scopes=sorted(scopes() & admin.permissions),
            expires_at=organization.sandbox_expires_at,
        )
        agent = agents.create(
            by=admin,
            now=now,
            name="Sample agent",
            purpose="To try what an agent may do here.",
            scopes=sorted(agent_scopes() & admin.permissions),
            mode=Mode.SUPERVISED,
        )
        sandbox_filling.send(sender=Organization, organization=organization, admin=admin)
        logged_in = tuple(_log_in(organization, user, now=now) for user in persons.values())
    return Sandbox(organization, logged_in, password, key.key, agent.key)


def _log_in(organization: Organization, user: User, *, now: datetime) -> LoggedIn:
    with Current.scoped(actor=user.as_actor()):
        return sessions.open_session(organization, user, in_cookie=False, is_mailbox_proven=False, now=now)
