"""Subjects of an explanation: the person, API key or operator that is asked about, and what their credential is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.authentication.api_key import ApiKeyAuthentication, KeyNotValid, find_key, is_let_in
from accounts.authentication.bearer import BearerAuthentication, SessionRevoked, find_in_newest_session
from accounts.members import get_person
from accounts.models import ApiKey, User
from agents.explanations.steps import Step, passed, refused, unknown
from workix.core.current import Actor, Current
from workix.core.errors import Denied, NotFound
from workix.core.permissions import holds

ME = "me"
#: Lets somebody ask about others.
OTHERS = "authz:read"
#: Longer than any that can be read.
LONGEST = 60
_REFERENCE = re.compile(r"(person|api_key):([0-9a-f-]{36})")


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

    @property
    def name(self) -> str:
        return "you" if self.is_self else self.actor.label


def read_subject(reference: str, *, by: Any, address: str = "") -> Subject:
    """Find who is asked about: `me`, `person:UUID` or `api_key:UUID`, in the organization in scope.

    :raises AboutOthers: when `by` may ask about nobody but themselves, whether there is such a person or not.
    :raises NotFound: when there is none: what is another organization's is not there, either.
    """
    own = Current.actor
    if reference in (ME, f"{own.type}:{own.id}"):
        return _oneself(by)
    if not holds(by, OTHERS):
        raise AboutOthers
    found = _REFERENCE.fullmatch(reference)
    if found is None or Current.find_organization() is None:
        raise NotFound
    try:
        identity = UUID(found[2])
    except ValueError:
        raise NotFound from None
    return _person(identity, address) if found[1] == "person" else _key(identity, address)


def of_key(key: ApiKey, *, is_alive: bool, address: str, is_self: bool = False) -> Subject:
    """Judge a key: whether it lives, and may come from an address."""
    steps = (_life_of(key, is_alive=is_alive), *_networks_of(key, address))
    return Subject(key.as_actor(), key, is_self, address, ApiKeyAuthentication, steps)


def _oneself(by: Any) -> Subject:
    """Judge whoever asks: this very request was let in by their credential."""
    address = Current.context.ip_address
    if isinstance(by, ApiKey):
        return of_key(by, is_alive=True, address=address, is_self=True)
    said = passed("session", "Your session is good: it has not ended, and you may log in.")
    return Subject(Current.actor, by, True, address, BearerAuthentication, (said,))


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


def _key(identity: UUID, address: str) -> Subject:
    found = find_key(identity)
    if found is None:
        raise NotFound
    return of_key(found[0], is_alive=found[1], address=address)


def _life_of(key: ApiKey, *, is_alive: bool) -> Step:
    if is_alive:
        return passed("key", f"The key {key.name} is good: neither revoked nor expired.")
    why = "was revoked" if key.deleted_at is not None else "has expired"
    return refused("key", KeyNotValid(), f"The key {key.name} {why}.")


def _networks_of(key: ApiKey, address: str) -> tuple[Step, ...]:
    if not key.networks:
        return ()
    if not address:
        return (unknown("key_networks", f"The key {key.name} may come from some networks alone: name an address."),)
    if is_let_in(key, address):
        return (passed("key_networks", f"The key {key.name} may come from {address}."),)
    return (refused("key_networks", KeyNotValid(), f"The key {key.name} may not come from {address}."),)
