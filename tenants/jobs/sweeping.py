"""Sweeping (data retention): deletes rows whose time is over, in small batches that wait for nobody (SKIP LOCKED)."""

# Raw SQL: deletes in batches and skips what is locked, which a queryset's delete() can't.

# Note [Sweeping]
# Each model says itself how long its rows are kept (`@swept`). A batch is a transaction of its own and takes a
# thousandth of a second a row: nothing waits long for it, and it waits for nothing, since rows that are locked are left for the
# next time. An organization's tables are swept by its own role inside its own job; those of `public`, and the job queue, by
# the control role. Whoever is suspended keeps everything until it is restored or removed. The trail is never swept here.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.db import connection
from django.db.models import Model

from tenants.scope import use_platform
from workix.core.apps import tenant_models
from workix.core.models import SWEPT, Retention

BATCH = 1_000
#: The rest is left to the next time.
MOST_BATCHES = 1_000

#: Libraries' tables, whose models can't say it themselves.
OF_LIBRARIES: Mapping[type[Model], Retention] = {BrowserSession: Retention("expire_date", timedelta(0))}
#: Jobs that failed wait so long for an operator; those that succeeded are deleted by the worker.
JOBS_KEPT = timedelta(days=30)

_SWEEP = """
    DELETE FROM {table} WHERE {key} IN (
        SELECT {key} FROM {table} WHERE {moment} <= %s ORDER BY {moment} LIMIT %s FOR UPDATE SKIP LOCKED)"""
_SWEEP_JOBS = """
    DELETE FROM procrastinate_jobs WHERE id IN (
        SELECT id FROM procrastinate_jobs AS j
         WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
           AND NOT EXISTS (SELECT 1 FROM procrastinate_events AS e WHERE e.job_id = j.id AND e.at > %s)
         ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)"""


def retentions() -> Mapping[type[Model], Retention]:
    """Map every model whose rows go by themselves to when."""
    return {**SWEPT, **OF_LIBRARIES}


def sweep_tenant(*, now: datetime) -> int:
    """Delete what is over in the organization in scope. Return how many rows."""
    return _sweep(tenant_models(), now=now)


def sweep_platform(*, now: datetime) -> int:
    """Delete what is over in `public`. Return how many rows."""
    with use_platform():
        return _sweep(_shared_models(), now=now) + _in_batches(_SWEEP_JOBS, now - JOBS_KEPT)


def _sweep(models: Iterable[type[Model]], *, now: datetime) -> int:
    kept = retentions()
    return sum(_in_batches(_statement(model, kept[model]), now - kept[model].kept) for model in models if model in kept)


def _shared_models() -> Iterator[type[Model]]:
    for app in apps.get_app_configs():
        if {app.name, f"{type(app).__module__}.{type(app).__qualname__}"} & set(settings.SHARED_APPS):
            yield from app.get_models()


def _statement(model: type[Model], retention: Retention) -> str:
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    named = {"table": model._meta.db_table, "key": columns[model._meta.pk.name], "moment": columns[retention.moment]}
    return _SWEEP.format(**{word: connection.ops.quote_name(name) for word, name in named.items()})


def _in_batches(statement: str, before: datetime) -> int:
    swept = 0
    with connection.cursor() as cursor:
        for _ in range(MOST_BATCHES):
            cursor.execute(statement, [before, BATCH])
            swept += cursor.rowcount
            if cursor.rowcount < BATCH:
                break
    return swept
