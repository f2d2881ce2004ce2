"""AgentUsage: what a run of an agent cost, as its runtime reports it; AgentDeletions, AgentRow: what limits count."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Func

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


@not_imported("it is of agents, and none is imported")
@not_audited("the row it names has an entry of its own")
class AgentRow(models.Model):
    """A row that an agent made in a counted table. See Note [Rows of an agent] in agents/limits/rows.py."""

    id = ordinary(models.UUIDField(primary_key=True, db_default=Func(function="gen_random_uuid")))
    table_name = ordinary(models.CharField(max_length=63))
    row_id = ordinary(models.CharField(max_length=255))
    hidden_by = ordinary(models.CharField(max_length=63, help_text="The column that says it counts no more."))
    resource = ordinary(models.CharField(max_length=50))
    agent_id = ordinary(models.UUIDField())

    class Meta:
        db_table = "agent_rows"
        constraints = [models.UniqueConstraint(fields=("table_name", "row_id"), name="agent_row_once")]
        indexes = [models.Index(fields=("agent_id", "resource"), name="rows_of_an_agent")]

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"


declare(
    LogEntry,
    Trigger(
        "count_agent_deletions",
        events="INSERT",
        when="new.actor_type::text = 'agent'::text AND new.action::text ~~ '%.deleted'::text",
        in_public=False,
    ),
)
