"""The daily job (cron) that does the erasures which are due."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from privacy.erasures.erasing import erase
from privacy.models import Erasure, ErasureStatus
from tenants.jobs.periodic_tenant_task import periodic_tenant_task
from workix.core.errors import ProblemError

logger = logging.getLogger("workix.privacy")


@periodic_tenant_task("privacy.erase_due", cron="10 3 * * *")
def erase_due() -> None:
    """Do what is due, and what a crash cut short."""
    erase_all_due(now=timezone.now())


def erase_all_due(*, now: datetime) -> None:
    """Do it in the organization in scope. One that can't be done now, of the last admin, waits and stops no other."""
    due = Q(status=ErasureStatus.SCHEDULED, due_at__lte=now) | Q(status=ErasureStatus.RUNNING)
    for erasure_id in list(Erasure.objects.filter(due).order_by("due_at", "id").values_list("id", flat=True)):
        try:
            erase(erasure_id, now=now)
        except ProblemError as refusal:
            logger.warning("privacy.erasure_waits", extra={"erasure": str(erasure_id), "reason": refusal.detail})
