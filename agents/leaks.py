"""Leaked key of an agent: whoever finds one reports it, as any key, and the agent is stopped at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from agents.models import Agent
from audit.registry import record_about

REASON = "Its key was reported as leaked. Give it a new one, with 0 hours of overlap."


def stop_leaked(*, key_hash: str, now: datetime, **_: Any) -> None:
    """Stop the agent whose key this is, or was before its last rotation. A key that was found may be in use already."""
    with transaction.atomic():
        whose = Q(key_hash=key_hash) | Q(previous_hash=key_hash, previous_expires_at__gt=now)
        agent = Agent.objects.select_for_update().filter(whose, stopped_at__isnull=True).first()
        if agent is None:
            return
        agent.stopped_at, agent.stop_reason = now, REASON
        agent.save(update_fields=["stopped_at", "stop_reason", "updated_at"])
        record_about(agent, "agent.leak_reported", {})
