"""Leaked key of an agent: whoever finds one reports it, as any key, and the agent is stopped at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from agents.models import Agent
from agents.stopping.kill_switch import stop_each
from audit.registry import record_about
from workix.core.current import Current

REASON = "Its key was reported as leaked. An admin can start it again, with a new key."


def stop_leaked(*, key_hash: str, now: datetime, **_: Any) -> None:
    """Stop the agent whose key this is, or was before its last rotation. A key that was found may be in use already."""
    with Current.scoped(reason=REASON), transaction.atomic():
        whose = Q(key_hash=key_hash) | Q(previous_hash=key_hash, previous_expires_at__gt=now)
        for agent in stop_each(Agent.objects.filter(whose), reason=REASON, now=now):
            record_about(agent, "agent.leak_reported", {})
