"""manage.py retry_job: has a failed background job tried again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from tenants.jobs.failed_jobs import LARGEST_ID, retry_failed_job
from workix.core import commands
from workix.core.commands import whole_number


class Command(commands.Command):
    help = "Has a failed background job tried again, as soon as a worker is free."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=whole_number(1, LARGEST_ID), help="As `list_jobs --status failed` says it.")

    def handle(self, *args: Any, number: int, **options: Any) -> None:
        job = retry_failed_job(number)
        data = {"id": job.id, "task": job.task_name, "status": job.status, "attempts": job.attempts}
        self.answer(data, f"{job.task_name} will be tried again.")
