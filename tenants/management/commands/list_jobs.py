"""manage.py list_jobs: background jobs that wait, run or have failed, read as the control role."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from procrastinate.contrib.django.models import ProcrastinateJob

from tenants.scope import use_platform
from workix.core import commands
from workix.core.commands import whole_number

STATUSES = ("todo", "doing", "failed")


class Command(commands.Command):
    help = "Lists background jobs, the newest first. Done jobs leave no row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--status", choices=STATUSES, help="Only those of this status.")
        parser.add_argument("--limit", type=whole_number(1, 10_000), default=100, help="How many at most: 100.")

    def handle(self, *args: Any, status: str | None, limit: int, **options: Any) -> None:
        with use_platform():
            there = ProcrastinateJob.objects.filter(status__in=[status] if status else STATUSES)
            found = list(there.order_by("-id")[:limit])
        self.answer([_as_json(job) for job in found], *map(_line, found), f"{len(found)} jobs.")


def _as_json(job: ProcrastinateJob) -> dict[str, Any]:
    """Leave out what the job was given besides: it may be somebody's address."""
    return {
        "id": job.id,
        "task": job.task_name,
        "queue": job.queue_name,
        "status": job.status,
        "attempts": job.attempts,
        "scheduled_at": job.scheduled_at,
        "organization_id": job.args.get("organization_id"),
    }


def _line(job: ProcrastinateJob) -> str:
    whose = job.args.get("organization_id") or "the platform"
    return f"{job.id:>8} {job.status:<7} {job.attempts:>3} attempts  {job.task_name} of {whose}"
