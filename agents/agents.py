"""Agents of an organization: created, changed, given a new key and removed, by their owner or whoever manages them."""

# Note [Live agents]
# An admin who lets an agent act without approval has seen its scopes, its limits, where it comes from and until when. Who owns
# it and manages no agents may call it otherwise, give it a new key, stop it and remove it. Whatever else they change takes an
# admin, or takes the agent out of live mode in the same change: whoever is to let it act by itself again looks at it again.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.api_keys import key_format
from accounts.api_keys.keys import checked_limits, renew
from accounts.api_keys.scopes import MoreThanYours, checked_scopes
from accounts.models import User
from agents.models import Agent, Mode
from agents.signals import agent_removed
from audit.registry import record_about
from workix.core.apps import agent_scopes
from workix.core.current import Current
from workix.core.errors import Denied, NotFound
from workix.core.permissions import holds

MANAGE = "agents:manage"
#: What its owner may change of an agent that acts without approval. See Note [Live agents].
_WORDS = frozenset({"name", "purpose", "model_label"})


class LiveNotYours(Denied):
    detail = "Who manages agents lets one act without approval. Ask an admin, or choose another mode."


class LeashNotYours(LiveNotYours):
    detail = "This agent acts without approval: an admin changes how far. Ask one, or choose another mode with it."


@dataclass(frozen=True, slots=True)
class Created:
    """An agent, with the only copy of its key."""

    row: Agent
    key: str = field(repr=False)


def agents_of(by: User) -> QuerySet[Agent]:
    """List the agents somebody may see, the newest first, with their owners: all, or one's own."""
    found = Agent.objects.select_related("owner")
    return found if holds(by, MANAGE) else found.filter(owner_id=by.id)


def get_agent(agent_id: UUID, *, by: User) -> Agent:
    """Return one of them.

    :raises NotFound: when there is none with this id that is theirs to see.
    """
    agent = agents_of(by).filter(id=agent_id).first()
    if agent is None:
        raise NotFound
    return agent


def create(*, by: User, now: datetime, name: str, purpose: str, scopes: Sequence[str], **more: Any) -> Created:
    """Create an agent that acts on behalf of `by`, and its key. Until told otherwise it only tries (sandbox).

    :raises Invalid: when it would hold what agents can't, or what `by` does not hold.
    :raises LiveNotYours: when it is to act without approval, and `by` does not manage agents.
    """
    key = key_format.write(Current.organization.id, begin=key_format.BEGIN_OF_AGENT)
    given = _checked({"scopes": scopes, **more}, by=by, now=now)
    row = Agent(name=name, purpose=purpose, owner=by, key_hash=key_format.hash_of(key), **given)
    row.prefix = key_format.prefix_of(key)
    with transaction.atomic():
        row.save(force_insert=True)
    return Created(row, key)


def change(agent_id: UUID, *, by: User, now: datetime, **changes: Any) -> Agent:
    """Change what an agent is called and for, its scopes, mode, limits, networks or end.

    :raises NotFound: when there is no such agent.
    :raises Invalid: when it would hold what agents can't, or what `by` does not hold.
    :raises MoreThanYours: when it may use what `by` does not hold.
    :raises LiveNotYours: when it is to act without approval, and `by` does not manage agents.
    :raises LeashNotYours: when it does so already, and would go on. See Note [Live agents].
    """
    with transaction.atomic():
        agent = held(agent_id, by=by)
        _require_leash(agent, changes, by=by)
        for name, value in _checked(changes, by=by, now=now).items():
            setattr(agent, name, value)
        agent.save()
    return agent


def rotate(agent_id: UUID, *, by: User, now: datetime, overlap: timedelta) -> Created:
    """Give an agent a new key; the old one is good for `overlap` more.

    :raises NotFound: when there is no such agent.
    :raises MoreThanYours: when it may use what `by` does not hold.
    """
    with transaction.atomic():
        agent = held(agent_id, by=by)
        key = renew(agent, begin=key_format.BEGIN_OF_AGENT, now=now, overlap=overlap)
        until = agent.previous_expires_at.isoformat() if agent.previous_expires_at else None
        record_about(agent, "agent.rotated", {"old_key_expires_at": until})
    return Created(agent, key)


def remove(agent_id: UUID, *, by: User, now: datetime) -> None:
    """Remove an agent; its key ends with the next request, its pending invitations do so. Its row stays for the trail.

    :raises NotFound: when there is no such agent.
    """
    with transaction.atomic():
        agent = locked(agent_id, by=by)
        agent.deleted_at = now
        agent.save(update_fields=["deleted_at", "updated_at"])
        agent_removed.send(sender=Agent, agent=agent)


def locked(agent_id: UUID, *, by: User) -> Agent:
    """Return an agent that stays as it is until the transaction ends.

    :raises NotFound: when there is no such agent.
    """
    agent = agents_of(by).select_for_update(of=("self",)).filter(id=agent_id).first()
    if agent is None:
        raise NotFound
    return agent


def held(agent_id: UUID, *, by: User) -> Agent:
    """Return a locked agent to who changes it, or gets to see a new key of it, and could have given it all it may use.

    :raises NotFound: when there is no such agent.
    :raises MoreThanYours: when it may use what `by` does not hold.
    """
    agent = locked(agent_id, by=by)
    if not agent.granted_scopes <= by.permissions:
        raise MoreThanYours
    return agent


def _require_leash(agent: Agent, changes: dict[str, Any], *, by: User) -> None:
    """Make sure that who changes a live agent may. See Note [Live agents]."""
    stays_live = agent.mode == Mode.LIVE and "mode" not in changes
    if stays_live and not changes.keys() <= _WORDS and not holds(by, MANAGE):
        raise LeashNotYours


def _checked(given: dict[str, Any], *, by: User, now: datetime) -> dict[str, Any]:
    checked = checked_limits(given, now=now)
    if "scopes" in given:
        checked["scopes"] = checked_scopes(given["scopes"], by=by, known=agent_scopes())
    if given.get("mode") == Mode.LIVE and not holds(by, MANAGE):
        raise LiveNotYours
    return checked
