"""Adds and changes pipelines: each act is one transaction, with its audit entry and its quota."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from examples.pipelines.models import Pipeline, Schedule
from quotas.consumption import taking
from workix.core.errors import NotFound


def get_pipeline(pipeline_id: UUID) -> Pipeline:
    """Return a pipeline of the organization in scope.

    :raises NotFound: when none has this id.
    """
    return _found(Pipeline.objects.filter(id=pipeline_id).first())


def get_locked(pipeline_id: UUID) -> Pipeline:
    """Return one to be changed: of two who change it at the same moment, the second sees what the first did.

    :raises NotFound: when none has this id.
    """
    return _found(Pipeline.objects.select_for_update().filter(id=pipeline_id).first())


def add(*, name: str, is_enabled: bool = True, schedule: str = Schedule.MANUAL) -> Pipeline:
    """Add a pipeline.

    :raises QuotaExceeded: when the organization has as many as its plan grants.
    """
    with taking("pipelines"), transaction.atomic():
        return Pipeline.objects.create(name=name, is_enabled=is_enabled, schedule=schedule)


def change(pipeline_id: UUID, **changes: Any) -> Pipeline:
    """Change `name`, `is_enabled` or `schedule`.

    :raises NotFound: when none has this id.
    """
    with transaction.atomic():
        pipeline = get_locked(pipeline_id)
        for field, value in changes.items():
            setattr(pipeline, field, value)
        pipeline.save(update_fields=[*changes, "updated_at"])
    return pipeline


def _found(pipeline: Pipeline | None) -> Pipeline:
    if pipeline is None:
        raise NotFound
    return pipeline
