"""Pipeline: what an organization automates."""

from __future__ import annotations

from django.db import models

from audit.registry import audited
from workix.core.models import Record


@audited("pipeline")
class Pipeline(Record):
    """A pipeline, by its name."""

    name = models.CharField(max_length=200)

    class Meta:
        db_table = "pipelines"
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return self.name
