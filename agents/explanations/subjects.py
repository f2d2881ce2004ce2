"""Subjects of an explanation: the person, API key or agent that is asked about, and what their credential is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.authentication.api_key import ApiKeyAuthentication, KeyNotValid, find_key, is_let_in
from accounts.authentication.bearer import BearerAuthentication, SessionRevoked, find_in_newest_session
from accounts.members import get_person
from accounts.models import ApiKey, User
from accounts.models.api_key import KeyHolder
from agents.authentication import AgentAuthentication, Found, find_agent, stop_refusal
from agents.explanations.steps import Step, judged, passed, refused, unknown
from agents.models import Agent
from workix.core.current import Actor, Current
from workix.core.errors import Denied, NotFound
from workix.core.permissions import holds

ME = "me"
#: Lets somebody ask about others.
OTHERS = "authz:read"
#: Longer than any that can be read.
LONGEST = 60
_REFERENCE = re.compile(r"(person|api_key|agent):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


class AboutOthers(Denied):
    detail = "You may ask about yourself: leave `actor` out. About others, whoever holds `authz:read` may ask."


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose rights are explained. `address` is where they come from, empty where nobody knows."""

    actor: Actor
    #: Whose `permissions` count, as it stands on a request.
    who: Any
    is_self: bool
    address: str
    #: REST framework's class that would know their credential.
    authentication: type
    credential: tuple[Step, ...]
    #: The agent that acts on behalf of `who`, where one does.
    agent: Agent | None = None

    @property
    def name(self) -> str:
        return "you" if self.is_self else self.actor.label


def read_subject(reference: str, *, by: Any, auth: Any = None, address: str = "") -> Subject:
    """Find who is asked about: `me`, `person:UUID`, `api_key:UUID` or `agent:UUID`, in the organization in scope.

    `by` and `auth` are who asks, as authentication found them.

    :raises AboutOthers: when `by` may ask about nobody but themselves, whether there is such a person or not.
    :raises NotFound: when there is none: what is another organization's is not there, either.
    """
    own = Current.actor
    if reference in (ME, f"{own.type}:{own.id}"):
        return _oneself(by, auth)
    kind, _, _ = reference.partition(":")
    found = _REFERENCE.fullmatch(reference) if Current.find_organization() else None
    if holds(by, OTHERS):
        subject = _find(kind, UUID(found[2]), address) if found else None
        if subject is None:
            raise NotFound
        return subject
    if found and kind == "agent" and own.type == "person":  # one's own agents
        subject = _find(kind, UUID(found[2]), address)
        if subject is not None and subject.who.id == own.id:
            return subject
    raise AboutOthers


def _oneself(by: Any, auth: Any) -> Subject:
    """Judge whoever asks: this very request was let in by their credential."""
    address = Current.context.ip_address
    if isinstance(by, ApiKey):
        return _of_key(by, is_alive=True, address=address, is_self=True)
    if isinstance(auth, Agent):
        return _of_agent(Found(auth, by), is_alive=True, address=address, is_self=True)
    said = passed("session", "Your session is good: it has not ended, and you may log in.")
    return Subject(Current.actor, by, True, address, BearerAuthentication, (said,))


def _find(kind: str, identity: UUID, address: str) -> Subject | None:
    if kind == "person":
        return _person(identity, address)
    if kind == "api_key":
        key = find_key(identity)
        return _of_key(key[0], is_alive=key[1], address=address) if key else None
    agent = find_agent(identity)
    return _of_agent(agent[0], is_alive=agent[1], address=address) if agent else None


def _person(identity: UUID, address: str) -> Subject:
    person = find_in_newest_session(identity)
    if person is not None:
        said = passed("session", f"{person.email} has a session that is good.")
        return Subject(person.as_actor(), person, False, address, BearerAuthentication, (said,))
    person = get_person(identity)
    step = _without_session(person)
    return Subject(person.as_actor(), person, False, address, BearerAuthentication, (step,))


def _without_session(person: User) -> Step:
    if not person.is_active:
        return refused("session", SessionRevoked(), f"{person.email} was deactivated: they may not log in.")
    return unknown("session", f"{person.email} has no session now, and would have to log in.")


def _of_key(key: ApiKey, *, is_alive: bool, address: str, is_self: bool = False) -> Subject:
    steps = (_life_of(key, is_alive=is_alive), *_networks_of(key, address))
    return Subject(key.as_actor(), key, is_self, address, ApiKeyAuthentication, steps)


def _of_agent(found: Found, *, is_alive: bool, address: str, is_self: bool = False) -> Subject:
    agent = found.agent
    steps = (
        _life_of(agent, is_alive=is_alive),
        *_networks_of(agent, address),
        judged("stopped", stop_refusal(agent), f"The agent {agent.name} was not stopped."),
    )
    return Subject(agent.as_actor(), found.owner, is_self, address, AgentAuthentication, steps, agent)


def _life_of(key: KeyHolder, *, is_alive: bool) -> Step:
    """Say whether a key is good, and of an agent whether its owner is, too."""
    if is_alive:
        return passed("key", f"The key of {key.name} is good: neither revoked nor expired.")
    if key.deleted_at is not None:
        why = f"The key of {key.name} was revoked."
    elif (
        isinstance(key, Agent) and key.owner is not None and not (key.owner.is_active and key.owner.deleted_at is None)
    ):
        why = f"The owner of {key.name}, {key.owner.email}, may not log in."
    else:
        why = f"The key of {key.name} has expired."
    return refused("key", KeyNotValid(), why)


def _networks_of(key: KeyHolder, address: str) -> tuple[Step, ...]:
    if not key.networks:
        return ()
    if not address:
        said = f"The key of {key.name} may come from some networks alone: name an address."
        return (unknown("key_networks", said),)
    if is_let_in(key, address):
        return (passed("key_networks", f"The key of {key.name} may come from {address}."),)
    return (refused("key_networks", KeyNotValid(), f"The key of {key.name} may not come from {address}."),)
