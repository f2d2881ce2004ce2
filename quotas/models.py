"""Models of quotas: limits, counters, what moved or holds units, past periods; attempts, request rates; heavy use, shares."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from workix.core.classification import ordinary, personal
from workix.core.models import Record, swept


class Quota(Record):
    """One resource of one organization. The counters move only through the functions of `public`."""

    organization_id = ordinary(models.UUIDField())
    resource = ordinary(models.CharField(max_length=50))
    limit = ordinary(models.PositiveIntegerField(help_text="What the organization is entitled to."))
    override = ordinary(models.PositiveIntegerField(null=True, blank=True, help_text="Counts instead of `limit`."))
    override_until = ordinary(
        models.DateTimeField(null=True, blank=True, help_text="From then on `limit` counts again.")
    )
    burst = ordinary(
        models.PositiveIntegerField(default=0, db_default=0, help_text="Units beyond `limit` that are allowed.")
    )
    override_burst = ordinary(
        models.PositiveIntegerField(default=0, db_default=0, help_text="Counts instead of `burst`, with `override`.")
    )
    used = ordinary(models.PositiveIntegerField(default=0))
    reserved = ordinary(models.PositiveIntegerField(default=0))
    period = ordinary(models.CharField(max_length=10))
    period_starts_on = ordinary(models.DateField(help_text="The first day the counter counts for."))
    warned_percent = ordinary(
        models.PositiveSmallIntegerField(null=True, help_text="The last its admins were told of.")
    )
    warned_on = ordinary(models.DateField(null=True, help_text="The first day of the month in which they were."))
    exceeded_on = ordinary(
        models.DateField(null=True, help_text="The first day of the month in which a burst was last used.")
    )

    class Meta:
        db_table = "quotas"
        ordering = ("organization_id", "resource")
        constraints = [
            models.UniqueConstraint(fields=("organization_id", "resource"), name="quota_once_per_resource"),
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.used} of {self.limit}"


def limit_in_force(at: datetime | None = None) -> Func:
    """Have the database say, in a query, which limit of a quota counts at a moment, or now."""
    return _in_force("public.limit_in_force", "limit", "override", "override_until", at=at)


def hard_limit_in_force(at: datetime | None = None) -> Func:
    """Have the database say, in a query, from where on units of a quota are refused: its limit in force and its burst."""
    columns = ("limit", "burst", "override", "override_burst", "override_until")
    return _in_force("public.hard_limit_in_force", *columns, at=at)


def _in_force(function: str, *columns: str, at: datetime | None) -> Func:
    moment = Now() if at is None else Value(at, models.DateTimeField())
    return Func(*map(F, columns), moment, function=function, output_field=models.BigIntegerField())


@swept("created_at", kept=timedelta(days=400))
class QuotaMovement(models.Model):
    """Units that were consumed under an id, and what of them was given back. Written by functions of `public` alone."""

    id = ordinary(models.UUIDField(primary_key=True, editable=False))
    organization_id = ordinary(models.UUIDField())
    resource = ordinary(models.CharField(max_length=50))
    period_starts_on = ordinary(models.DateField())
    amount = ordinary(models.PositiveIntegerField())
    given_back = ordinary(models.PositiveIntegerField(default=0))
    actor_type = ordinary(models.CharField(max_length=20))
    actor_id = personal(models.UUIDField(null=True))
    actor_label = personal(models.CharField(max_length=255))
    created_at = ordinary(models.DateTimeField(auto_now_add=True))
    released_at = ordinary(models.DateTimeField(null=True))

    class Meta:
        db_table = "quota_movements"
        constraints = [
            models.CheckConstraint(
                condition=Q(given_back__lte=F("amount")), name="no_more_is_given_back_than_was_taken"
            ),
        ]
        indexes = [
            models.Index(fields=("organization_id", "resource", "created_at"), name="movements_of_a_quota"),
            models.Index(fields=("created_at",), name="movement_by_time"),
            models.Index(
                fields=("actor_id", "organization_id", "resource", "period_starts_on"),
                condition=Q(actor_type="agent"),
                name="movements_of_an_agent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.resource}"


@swept("ended_at", kept=timedelta(days=30))
class QuotaReservation(models.Model):
    """Units that are held for a while. Written by functions of `public` alone. See Note [Reservations]."""

    id = ordinary(models.UUIDField(primary_key=True, editable=False))
    organization_id = ordinary(models.UUIDField())
    resource = ordinary(models.CharField(max_length=50))
    period_starts_on = ordinary(models.DateField())
    amount = ordinary(models.PositiveIntegerField())
    committed = ordinary(models.PositiveIntegerField(default=0))
    actor_type = ordinary(models.CharField(max_length=20))
    actor_id = personal(models.UUIDField(null=True))
    created_at = ordinary(models.DateTimeField(auto_now_add=True))
    expires_at = ordinary(models.DateTimeField())
    ended_at = ordinary(models.DateTimeField(null=True))
    outcome = ordinary(models.CharField(max_length=10, help_text="Empty while they are held."))

    class Meta:
        db_table = "quota_reservations"
        constraints = [
            models.CheckConstraint(
                condition=Q(committed__lte=F("amount")), name="no_more_is_committed_than_was_reserved"
            ),
        ]
        indexes = [
            models.Index(
                fields=("organization_id", "resource", "expires_at"),
                condition=Q(ended_at__isnull=True),
                name="reservations_held",
            ),
            models.Index(fields=("ended_at",), name="reservation_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.resource} until {self.expires_at}"


@swept("created_at", kept=timedelta(days=3 * 365))
class PastUsage(Record):
    """What an organization used in a period that is over."""

    organization_id = ordinary(models.UUIDField())
    resource = ordinary(models.CharField(max_length=50))
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
        indexes = [models.Index(fields=("created_at",), name="past_usage_by_time")]


@swept("since", kept=timedelta(days=7))
class Attempts(models.Model):
    """How often something limited was tried since its window began. `key` is a keyed hash: it names nobody."""

    key = personal(models.CharField(max_length=64, primary_key=True))
    name = ordinary(models.CharField(max_length=50, db_default="", help_text="The name of the limit."))
    count = ordinary(models.PositiveIntegerField())
    since = ordinary(models.DateTimeField())
    parts = personal(
        models.JSONField(db_default=models.Value({}, models.JSONField()), help_text="Part -> its share of `count`.")
    )

    class Meta:
        db_table = "attempts"
        indexes = [models.Index(fields=("since",), name="attempts_by_time")]

    def __str__(self) -> str:
        return f"{self.count} since {self.since}"


@swept("hour", kept=timedelta(days=2))
class HeavyUse(models.Model):
    """What one organization asked of the platform in one hour. UNLOGGED: a crash forgets it. See Note [Heavy use]."""

    id = ordinary(models.UUIDField(primary_key=True, editable=False))
    organization_id = ordinary(models.UUIDField())
    hour = ordinary(models.DateTimeField(help_text="When it began."))
    requests = ordinary(models.BigIntegerField(db_default=0))
    refused = ordinary(models.BigIntegerField(db_default=0, help_text="Answered with 4xx, without 429."))
    throttled = ordinary(models.BigIntegerField(db_default=0, help_text="Answered with 429."))
    failed = ordinary(models.BigIntegerField(db_default=0, help_text="Answered with 5xx."))
    jobs = ordinary(models.BigIntegerField(db_default=0, help_text="Attempts at background jobs."))
    database_microseconds = ordinary(models.BigIntegerField(db_default=0))
    storage_bytes = ordinary(models.BigIntegerField(null=True, help_text="Of its schema, where it was measured then."))

    class Meta:
        db_table = "heavy_use"
        constraints = [
            models.UniqueConstraint(fields=("hour", "organization_id"), name="heavy_use_once_per_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.requests} requests since {self.hour}"


class QuotaShare(models.Model):
    """One of the quotas with the largest shares of their limit in use, as a job found them. See Note [Largest shares]."""

    rank = ordinary(models.PositiveSmallIntegerField(primary_key=True))
    organization_id = ordinary(models.UUIDField())
    resource = ordinary(models.CharField(max_length=50))
    share = ordinary(models.FloatField(help_text="Of its limit, in use: 1 is the limit."))
    found_at = ordinary(models.DateTimeField())

    class Meta:
        db_table = "quota_shares"

    def __str__(self) -> str:
        return f"{self.share:.0%} of {self.resource}"


@swept("full_at", kept=timedelta(0))
class RequestRate(models.Model):
    """One bucket of a rate limit of requests: when it is full again. `key` is a keyed hash. UNLOGGED: a crash fills them all."""

    key = personal(models.CharField(max_length=64, primary_key=True))
    full_at = ordinary(models.DateTimeField())

    class Meta:
        db_table = "request_rates"
        indexes = [models.Index(fields=("full_at",), name="request_rates_by_time")]

    def __str__(self) -> str:
        return f"full at {self.full_at}"
