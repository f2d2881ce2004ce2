"""Removes pipelines and restores them (soft delete)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from examples.pipelines.editing import get_locked
from examples.pipelines.models import Pipeline
from examples.pipelines.tasks import tell_admins_of_removal
from quotas.consumption import consume, taking
from workix.core.errors import NotFound


class NotRemoved(NotFound):
    detail = "No removed pipeline has this id. One that was removed more than 30 days ago is gone for good."


def remove(pipeline_id: UUID, *, now: datetime) -> None:
    """Remove a pipeline: its unit of the quota is free again, and the admins get an e-mail.

    :raises NotFound: when none has this id.
    """
    with transaction.atomic():
        pipeline = get_locked(pipeline_id)
        pipeline.deleted_at = now
        pipeline.save(update_fields=["deleted_at", "updated_at"])
        tell_admins_of_removal.enqueue(pipeline_id=str(pipeline.id))


def restore(pipeline_id: UUID) -> Pipeline:
    """Let a removed pipeline be there again.

    :raises NotRemoved: when no removed one has this id.
    :raises QuotaExceeded: when there is no room for it, or too many were restored this month.
    """
    with taking("pipelines"), transaction.atomic():
        removed = Pipeline.with_removed.filter(id=pipeline_id, deleted_at__isnull=False)
        pipeline = removed.select_for_update().first()
        if pipeline is None:
            raise NotRemoved
        consume("pipeline_restorations")
        pipeline.deleted_at = None
        pipeline.save(update_fields=["deleted_at", "updated_at"])
    return pipeline
