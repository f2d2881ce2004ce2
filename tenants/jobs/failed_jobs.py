"""Failed jobs: an operator has one tried again, and the platform's trail says who did."""

# Raw SQL: calls procrastinate's function, in one transaction with the entry.

from __future__ import annotations

from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.recording import record
from tenants.scope import use_platform
from workix.core.errors import Conflict, NotFound

FAILED = "failed"
#: Of a bigint column.
LARGEST_ID = 2**63 - 1


class NoSuchJob(NotFound):
    detail = "There is no job with this number. Done jobs leave no row."


class NotFailed(Conflict):
    detail = "Only a job that has failed is tried again."


def retry_failed_job(number: int) -> ProcrastinateJob:
    """Have a failed job tried once more, as soon as a worker is free. It keeps the count of its attempts.

    :raises NoSuchJob: when there is none.
    :raises NotFailed: when it waits, runs or was cancelled.
    """
    with use_platform(), transaction.atomic():
        job: ProcrastinateJob | None = ProcrastinateJob.objects.select_for_update().filter(id=number).first()
        if job is None:
            raise NoSuchJob
        if job.status != FAILED:
            raise NotFailed(f"Job {number} is {job.status}: only one that has failed is tried again.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job.id])
        changes = {
            "task": job.task_name,
            "organization_id": job.args.get("organization_id"),
            "status": [FAILED, "todo"],
        }
        record("job.retried", resource_type="job", resource_id=job.id, changes=changes)
        job.refresh_from_db()
    return job
