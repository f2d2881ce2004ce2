"""Quota, PastUsage and Attempts: limits, counters, usage of past periods, rate limit counters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from quotas.resources import Period, Resource
from workix.core.classification import ordinary, personal
from workix.core.models import Record


class Quota(Record):
    """One resource of one organization. The counters move only through the functions of `public`."""

    organization_id = ordinary(models.UUIDField())
    resource = ordinary(models.CharField(max_length=50, choices=Resource.choices))
    limit = ordinary(models.PositiveIntegerField())
    used = ordinary(models.PositiveIntegerField(default=0))
    reserved = ordinary(models.PositiveIntegerField(default=0))
    period = ordinary(models.CharField(max_length=10, choices=Period.choices))
    period_starts_on = ordinary(models.DateField(help_text="The first day the counter counts for."))

    class Meta:
        db_table = "quotas"
        ordering = ("organization_id", "resource")
        constraints = [
            models.UniqueConstraint(fields=("organization_id", "resource"), name="quota_once_per_resource"),
            models.CheckConstraint(condition=Q(used__gte=0), name="quota_used_is_not_negative"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="quota_reserved_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.used} of {self.limit}"


class PastUsage(Record):
    """What an organization used in a period that is over."""

    organization_id = ordinary(models.UUIDField())
    resource = ordinary(models.CharField(max_length=50, choices=Resource.choices))
    period_starts_on = ordinary(models.DateField())
    limit = ordinary(models.PositiveIntegerField())
    used = ordinary(models.PositiveIntegerField())

    class Meta:
        db_table = "past_usage"
        constraints = [
            models.UniqueConstraint(
                fields=("organization_id", "resource", "period_starts_on"), name="past_usage_once_per_period"
            ),
        ]


class Attempts(models.Model):
    """How often something limited was tried since its window began. `key` is a keyed hash: it names nobody."""

    key = personal(models.CharField(max_length=64, primary_key=True))
    count = ordinary(models.PositiveIntegerField())
    since = ordinary(models.DateTimeField())

    class Meta:
        db_table = "attempts"

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"
