"""Registry of audited models: @audited on a model records every mutation, whatever path it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from audit.data_inventory import secret_columns
from workix.core.models import ModelClass
from workix.core.triggers import RowTrigger, declare

TRIGGER = "audit_row_change"


@dataclass(frozen=True, slots=True)
class Audited:
    """How the rows of one table show in the trail.

    Columns that are classified as a secret show that they changed, never what they hold. A change of `unrecorded` columns
    alone is no act.
    """

    resource: str
    unrecorded: tuple[str, ...] = ()


AUDITED: dict[type[models.Model], Audited] = {}


def audited(resource: str, *, unrecorded: tuple[str, ...] = ("updated_at",)) -> Callable[[ModelClass], ModelClass]:
    """Record every insert, update and delete of the model's table as `<resource>.created` and so on.

    `unrecorded` names columns. See `audit/sql/audit_row_change.sql` for what does it.
    """

    def register(model: ModelClass) -> ModelClass:
        AUDITED[model] = Audited(resource, unrecorded)
        arguments = (resource, ",".join(secret_columns(model)), ",".join(unrecorded))
        declare(model, RowTrigger(TRIGGER, arguments))
        return model

    return register
