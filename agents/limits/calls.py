"""Rate limit of an agent: its calls in an hour, exact under concurrency (429 agent_limit)."""

# Note [Calls of an agent]
# Each call with an agent's key counts, over REST and over gRPC (gateway/grpc/calls.py), whatever it asks and whatever comes of
# it, a dry run too: the counter is that of quotas/rate_limits.py, which is moved in a transaction of its own. The window begins
# with the first call. Whoever keeps the limit from being counted has it closed (503): a leash that nobody holds is none.

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from agents.models import Agent
from quotas.rate_limits import Left, Limit, count_attempt, count_of
from workix.core.errors import TooMany

HOUR = timedelta(hours=1)


class AgentLimit(TooMany):
    """An agent did as much as it may for now."""

    code = "agent_limit"


def count_call(agent: Agent, *, now: datetime) -> dict[str, str]:
    """Count a call; return the headers (RateLimit) its answer says of it. See Note [Calls of an agent].

    :raises AgentLimit: when it made as many in the window as it may.
    :raises Unavailable: when it can't be counted.
    """
    if agent.calls_per_hour is None:
        return {}
    limit = _limit(agent.calls_per_hour)
    if not limit.most:
        raise _refusal(limit, int(HOUR.total_seconds()), Left(limit, 0, int(HOUR.total_seconds())).headers())
    try:
        return count_attempt(limit, str(agent.id), now=now).headers()
    except TooMany as refusal:
        headers = dict(refusal.headers)
        raise _refusal(limit, int(headers.pop("Retry-After")), headers) from refusal


def calls_of(agent_id: UUID, *, now: datetime) -> int:
    """Return how many calls are counted in the hour that began with its first."""
    return count_of(_limit(1), str(agent_id), now=now)


def _limit(most: int) -> Limit:
    return Limit("agent", most, HOUR)


def _refusal(limit: Limit, wait: int, headers: dict[str, str]) -> AgentLimit:
    detail = f"This agent may make {limit.most} calls an hour. Try again in {wait} seconds."
    return AgentLimit(detail, retry_after=wait, more_headers=headers)
