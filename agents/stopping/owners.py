"""Agents of somebody who is removed: stopped, so that their keys do not come back to life with their owner."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from agents.models import Agent
from agents.stopping.kill_switch import stop_each

REASON = "Its owner was removed. If they come back, an admin can start it again, with a new key."


def stop_those_of(*, person: User, now: datetime, **_: Any) -> None:
    """Receive that somebody is being removed: nothing they had comes back with them (Note [Who comes back])."""
    stop_each(Agent.objects.filter(owner_id=person.id), reason=REASON, now=now)
