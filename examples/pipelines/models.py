"""Pipeline: the model of pipelines, a table of every organization's schema."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from audit.registry import audited
from quotas.counted import counted
from workix.core.classification import ordinary
from workix.core.models import Record, SingleLineField, SoftDeletion


class Schedule(models.TextChoices):
    MANUAL = "manual", "By hand"
    HOURLY = "hourly", "Every hour"
    DAILY = "daily", "Every day"


class PipelineManager(models.Manager["Pipeline"]):
    """Pipelines that are still here."""

    def get_queryset(self) -> models.QuerySet[Pipeline]:
        return super().get_queryset().filter(deleted_at__isnull=True)


@audited("pipeline")
@counted("pipelines")
class Pipeline(Record, SoftDeletion):
    """A pipeline of an organization. A removed one is kept for a while, and can be restored."""

    name = ordinary(SingleLineField(max_length=200))
    is_enabled = ordinary(models.BooleanField(default=True))
    schedule = ordinary(
        models.CharField(
            max_length=10, choices=Schedule.choices, default=Schedule.MANUAL, db_default=Schedule.MANUAL.value
        )
    )

    objects = PipelineManager()
    with_removed: ClassVar[models.Manager[Pipeline]] = models.Manager()

    class Meta:
        db_table = "pipelines"
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=("-created_at", "-id"), name="pipelines_newest"),
            models.Index(fields=("is_enabled", "-created_at", "-id"), name="pipelines_enabled"),
            models.Index(fields=("name", "id"), name="pipelines_by_name"),
            models.Index(fields=("schedule", "-created_at", "-id"), name="pipelines_by_schedule"),
            models.Index(fields=("deleted_at",), condition=Q(deleted_at__isnull=False), name="pipelines_removed"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(schedule__in=Schedule.values), name="pipeline_has_a_known_schedule"),
        ]

    def __str__(self) -> str:
        return self.name
