"""Limit of an agent's deletions in a day, counted by the database itself (429 agent_limit)."""

# Note [Deletions of an agent]
# What is deleted is counted where nobody gets around it: by a trigger on the trail, once for each entry `<thing>.deleted` that
# an agent made. A bulk delete has an entry a row, a cascade one for each row it takes along, and a soft delete is one, too. The
# counter is a row that stays locked until the transaction ends: of any number at once no more get through than may, and what is
# rolled back was not counted. So a dry run says that it would be refused, and uses nothing up. Days are those of UTC, by the
# server's clock.

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from agents.limits.calls import AgentLimit
from agents.models import AgentDeletions

#: What the trigger calls its refusal (agents/sql/deletions.sql).
REFUSED_AS = "agent_deletions"


def too_many_deletions(hint: str) -> AgentLimit:
    """Say when an agent may delete again. The database says how much it may in a day, and in how many seconds the next begins."""
    most, wait = hint.split()
    return AgentLimit(
        f"This agent may delete {most} things a day, and this would be more. Nothing was changed. Try again in {wait} seconds.",
        retry_after=int(wait),
        more_headers={
            "RateLimit": f'"agent-deletions";r=0;t={wait}',
            "RateLimit-Policy": f'"agent-deletions";q={most};w=86400',
        },
    )


def deletions_of(agent_id: UUID, *, now: datetime) -> int:
    """Return how many were counted on the day of `now`. Where it has no limit, none are."""
    found = AgentDeletions.objects.filter(agent_id=agent_id, day__gte=now.astimezone(UTC).date()).first()
    return found.count if found else 0
