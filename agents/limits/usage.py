"""Usage of an agent: how much of its limits it used (gauges), and what its last runs cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agents.limits.calls import calls_of
from agents.limits.deletions import deletions_of
from agents.models import Agent, AgentUsage

RUNS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Gauge:
    """How much of one limit is used. Where there is no limit, calls and deletions are not counted."""

    name: str
    label: str
    limit: int | None
    used: int | None

    @property
    def most(self) -> int:
        """The length of its bar, which is never nothing."""
        return max(1, self.limit or 0)

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.used is not None and self.used >= self.limit


@dataclass(frozen=True, slots=True)
class AgentUse:
    """All gauges of an agent, and its last reports, the newest first."""

    gauges: tuple[Gauge, ...]
    runs: tuple[AgentUsage, ...]


def usage_of(agent: Agent, *, now: datetime) -> AgentUse:
    """Say how much an agent used: calls in the hour that runs, deletions today, units of its budget."""
    calls = None if agent.calls_per_hour is None else min(calls_of(agent.id, now=now), agent.calls_per_hour)
    deletions = None if agent.deletions_per_day is None else deletions_of(agent.id, now=now)
    gauges = (
        Gauge("calls", "Calls this hour", agent.calls_per_hour, calls),
        Gauge("deletions", "Deletions today", agent.deletions_per_day, deletions),
        Gauge("budget", "Units of its budget", agent.budget_units, agent.spent_units),
    )
    return AgentUse(gauges, tuple(AgentUsage.objects.filter(agent_id=agent.id)[:RUNS_SHOWN]))
