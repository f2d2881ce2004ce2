"""Known jobs: names and queues the database accepts, so that enqueue_job() refuses every other name (allow list)."""

# Bulk write: adds the names of a release at once.

# Note [Known jobs]
# An organization's own role may enqueue, so what it enqueues must be something we do: `enqueue_job()` takes only names
# and queues that are in a table which the owner alone writes, and each `migrate` adds what the code declares. Nothing is
# taken away: the release before may still run, and a name by itself does no harm.

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from tenants.jobs.tenant_task import Job
from tenants.models import KnownJob


def declared_jobs() -> set[tuple[str, str]]:
    """List name and queue of each job that runs inside an organization; jobs of the platform are not among them."""
    return {(task.name, task.queue) for task in app.tasks.values() if isinstance(_owner_of(task.func), Job)}


def declare_jobs(sender: object = None, **kwargs: Any) -> None:
    """Add what the database does not know yet, as the owner. See Note [Known jobs]."""
    missing = declared_jobs() - set(KnownJob.objects.values_list("name", "queue"))
    if missing:
        rows = [KnownJob(name=name, queue=queue) for name, queue in sorted(missing)]
        KnownJob.objects.bulk_create(rows, ignore_conflicts=True)


def _owner_of(function: object) -> object:
    return getattr(function, "__self__", None)
