"""Registry of audited models: @audited on a model records every mutation, whatever path it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models

from audit.data_inventory import secret_columns
from workix.core.models import ModelClass
from workix.core.triggers import Trigger, declare

FUNCTION = "audit_changed_rows"
#: What earlier releases have in its place, for each row.
FORMER = ("audit_row_change",)
#: Columns that name a thing, unless its model says otherwise: the first that it has.
NAMES = ("name", "title", "label", "email")


@dataclass(frozen=True, slots=True)
class Audited:
    """How the rows of one table show in the trail.

    Columns that are classified as a secret show that they changed, never what they hold. A change of `unrecorded` columns
    alone is no act. What `named_by` columns hold is what the thing is called.
    """

    resource: str
    unrecorded: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()


AUDITED: dict[type[models.Model], Audited] = {}


def audited(
    resource: str, *, unrecorded: tuple[str, ...] = ("updated_at",), named_by: tuple[str, ...] = ()
) -> Callable[[ModelClass], ModelClass]:
    """Record every insert, update and delete of the model's table as `<resource>.created` and so on.

    `unrecorded` and `named_by` name columns; without `named_by`, the thing is called by its name, title, label or email.
    See `audit/sql/audit_changed_rows.sql` for what does it.
    """

    def register(model: ModelClass) -> ModelClass:
        named = named_by or _names(model)
        AUDITED[model] = Audited(resource, unrecorded, named)
        key = str(model._meta.pk.column)
        arguments = (resource, ",".join(secret_columns(model)), ",".join(unrecorded), ",".join(named), key)
        declare(model, *(_trigger(event, arguments) for event in ("INSERT", "UPDATE", "DELETE")))
        return model

    return register


def _names(model: type[models.Model]) -> tuple[str, ...]:
    columns = {field.column for field in model._meta.concrete_fields} - set(secret_columns(model))
    return tuple(name for name in NAMES if name in columns)[:1]


def _trigger(event: str, arguments: tuple[str, ...]) -> Trigger:
    return Trigger(f"audit_{event.lower()}", arguments, event, function=FUNCTION, each="STATEMENT", replaces=FORMER)
