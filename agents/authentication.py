"""Agent authentication: from `Authorization: Bearer wxa_…` to an agent as the actor, and its owner as who asks, restricted."""

# Raw SQL: agent, owner, the owner's own roles and organization in one statement a request; a note of the last use.

# Note [Found before the view]
# What an agent may do at all (its mode, its limits, what waits for approval) is decided around the view, so that no view has a
# line for it. So the middleware looks the key up, once, and keeps on the request what it found, or why it is refused. REST
# framework's authentication takes it from there, and refuses where a view asks who it is.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.api_keys import key_format
from accounts.authentication.api_key import (
    BY_HASH,
    IS_ALIVE,
    IS_IN_FORCE,
    IS_TO_NOTE,
    LAST_USE_COARSE,
    KeyNotValid,
    is_let_in,
    note_use,
)
from accounts.authentication.bearer import GRANTED, bearer_credential
from accounts.models import User
from agents.models import Agent
from tenants.resolution import OrganizationSuspended
from workix.core.current import Current
from workix.core.errors import NotAuthenticated, ProblemError

_AGENT = [field.attname for field in Agent._meta.concrete_fields]
_OWNER = [field.attname for field in User._meta.concrete_fields]
_COLUMNS = ", ".join(
    [
        *(f'k."{field.column}"' for field in Agent._meta.concrete_fields),
        *(f'u."{field.column}"' for field in User._meta.concrete_fields),
    ]
)
# As Note [One look-up] in accounts/authentication/bearer.py has it: removal, stop and demotion hold from the very next call.
_IS_ALIVE = f"{IS_ALIVE} AND u.is_active AND u.deleted_at IS NULL"
LOOK_UP = (
    f"SELECT public.my_organization_is_open(), {_IS_ALIVE} AND {IS_IN_FORCE}, {IS_TO_NOTE},"  # noqa: S608  # our own columns
    f" {GRANTED}, {_COLUMNS} FROM agents AS k JOIN users AS u ON u.id = k.owner_id WHERE {BY_HASH}"
)
_BY_ID = (
    f"SELECT {_IS_ALIVE}, {GRANTED}, {_COLUMNS}"  # noqa: S608  # as above
    " FROM agents AS k JOIN users AS u ON u.id = k.owner_id WHERE k.id = %s"
)


class AgentStopped(NotAuthenticated):
    code = "agent_stopped"
    detail = "This agent was stopped. Its owner or an admin can say why, and start it again."


@dataclass(frozen=True, slots=True)
class Found:
    """An agent that asks, and on whose behalf."""

    agent: Agent
    owner: User


class AgentAuthentication(BaseAuthentication):
    """`Authorization: Bearer wxa_…`. See Note [Found before the view]."""

    def authenticate(self, request: Request) -> tuple[User, Agent] | None:
        found = found_of(request._request)  # noqa: SLF001  # as REST framework does
        if found is None:
            return None
        if isinstance(found, ProblemError):
            raise found
        return found.owner, found.agent

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="workix"'


def find(request: HttpRequest) -> Found | None:
    """Look up whose key a request brings, keep it on the request, and have the agent be who acts; None: no agent's."""
    credential = bearer_credential(request)
    if credential is None or not key_format.is_meant_as_of_agent(credential):
        return None
    kept: Any = request
    try:
        kept.agent = found = agent_of_key(credential)
    except ProblemError as refusal:
        kept.agent = refusal
        return None
    Current.update(actor=found.agent.as_actor())
    return found


def found_of(request: HttpRequest) -> Found | ProblemError | None:
    """Return what `find` kept. See Note [Found before the view]."""
    return getattr(request, "agent", None)


def agent_of_key(credential: str) -> Found:
    """Return whose key this is, in the organization in scope, with the owner restricted to what the agent may use.

    :raises KeyNotValid: when it is not good here, now.
    :raises AgentStopped: when the agent was stopped.
    :raises OrganizationSuspended: when the organization is not open.
    """
    organization, read = Current.find_organization(), key_format.read(credential)
    if organization is None or read is None or not read.is_of_agent or read.organization_id != organization.id:
        raise KeyNotValid
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, {"hash": read.key_hash, "coarse": LAST_USE_COARSE})
        row = cursor.fetchone()
    if row is None:
        raise KeyNotValid
    is_open, is_good, is_to_note, granted, *values = row
    found = _read(granted, values)
    agent = found.agent
    if not is_good or not is_let_in(agent, Current.context.ip_address):
        raise KeyNotValid
    if (stopped := stop_refusal(agent)) is not None:
        raise stopped
    if not is_open:
        raise OrganizationSuspended
    if is_to_note:
        note_use(agent)
    return found


def find_agent(agent_id: UUID) -> tuple[Found, bool] | None:
    """Return an agent of the organization in scope, removed ones too, and whether its key and its owner are good."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_ID, [agent_id])
        row = cursor.fetchone()
    return (_read(row[1], row[2:]), row[0]) if row else None


def require_acting(agent_id: UUID) -> Found:
    """Return an agent that may act now, by whatever key it has.

    :raises KeyNotValid: when there is none, it was removed or has expired, or its owner may not log in.
    :raises AgentStopped: when it was stopped.
    """
    found, is_good = find_agent(agent_id) or (None, False)
    if found is None or not is_good:
        raise KeyNotValid
    if (stopped := stop_refusal(found.agent)) is not None:
        raise stopped
    return found


def stop_refusal(agent: Agent) -> AgentStopped | None:
    """Return why an agent is not let in although its key is good, where it was stopped."""
    return None if agent.stopped_at is None else AgentStopped()


def _read(granted: str | None, values: Sequence[Any]) -> Found:
    agent = Agent.from_db("default", _AGENT, values[: len(_AGENT)])
    owner: User = User.from_db("default", _OWNER, values[len(_AGENT) :])
    owner.granted, owner.restricted_to = granted or "", agent.usable
    agent.owner = owner
    return Found(agent, owner)
