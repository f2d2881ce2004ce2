"""AgentUsage: what a run of an agent cost, as its runtime reports it; AgentDeletions: the counter of what one deleted today."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from audit.models import LogEntry
from audit.registry import audited
from workix.core.classification import ordinary
from workix.core.models import Record, not_audited, not_imported, swept
from workix.core.triggers import Trigger, declare


@not_imported("it is of agents, and none is imported")
@swept("created_at", kept=timedelta(days=400))
@audited("agent_usage", named_by=("run",))
class AgentUsage(Record):
    """What one run cost. See Note [Budgets] in agents/limits/budget.py."""

    agent_id = ordinary(models.UUIDField())
    run = ordinary(models.CharField(max_length=129))
    model = ordinary(models.CharField(max_length=100))
    input_tokens = ordinary(models.PositiveBigIntegerField(default=0))
    output_tokens = ordinary(models.PositiveBigIntegerField(default=0))
    units = ordinary(models.PositiveBigIntegerField())

    class Meta:
        db_table = "agent_usage"
        ordering = ("-created_at", "-id")
        constraints = [models.UniqueConstraint(fields=("agent_id", "run"), name="agent_run_once")]
        indexes = [models.Index(fields=("created_at",), name="agent_usage_by_time")]

    def __str__(self) -> str:
        return self.run


@not_imported("it is of agents, and none is imported")
@not_audited("each thing that was deleted has an entry of its own")
class AgentDeletions(models.Model):
    """How much an agent deleted on the last day it did. See Note [Deletions of an agent] in agents/limits/deletions.py."""

    agent_id = ordinary(models.UUIDField(primary_key=True))
    day = ordinary(models.DateField())
    count = ordinary(models.PositiveIntegerField())

    class Meta:
        db_table = "agent_deletions"

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"


declare(
    LogEntry,
    Trigger(
        "count_agent_deletions",
        events="INSERT",
        when="new.actor_type::text = 'agent'::text AND new.action::text ~~ '%.deleted'::text",
        in_public=False,
    ),
)
