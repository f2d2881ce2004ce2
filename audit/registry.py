"""Registry of audited models (django-auditlog's): @audited on a model records every mutation, whatever path it takes."""

# Note [What the registry is for]
# A signal tells of a save, not of an update(), a bulk write or raw SQL. So no receiver writes entries of mutations: triggers
# do, and what they are told comes from what is registered here. The library's own receivers are not connected, which
# would write a second entry and read each row once more before it is saved.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from auditlog.registry import AuditlogModelRegistry
from auditlog.signals import accessed
from django.db import models, transaction

from audit.data_inventory import secret_columns
from audit.recording import record
from workix.core.models import ModelClass
from workix.core.triggers import Trigger, declare

FUNCTION = "audit_changed_rows"
#: What earlier releases have in its place, for each row.
FORMER = ("audit_row_change",)
#: Columns that name a thing, unless its model says otherwise: the first that it has.
NAMES = ("name", "title", "label", "email")
#: What the trail shows of a secret.
REDACTED = "[redacted]"


@dataclass(frozen=True, slots=True)
class Audited:
    """How the rows of one table show in the trail.

    Columns that are classified as a secret show that they changed, never what they hold. A change of `unrecorded` columns
    alone is no act. What `named_by` columns hold, two at most, is what the thing is called.
    """

    resource: str
    unrecorded: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()


AUDITED: dict[type[models.Model], Audited] = {}


def record_access(sender: type[models.Model], *, instance: models.Model, **kwargs: Any) -> None:
    """Receive django-auditlog's `accessed`, which its LogAccessMixin and whoever reads a sensitive row sends."""
    with transaction.atomic():
        record_about(instance, f"{AUDITED[sender].resource}.accessed")


#: See Note [What the registry is for].
registry = AuditlogModelRegistry(
    create=False, update=False, delete=False, access=False, m2m=False, custom={accessed: record_access}
)


def audited(
    resource: str, *, unrecorded: tuple[str, ...] = ("updated_at",), named_by: tuple[str, ...] = ()
) -> Callable[[ModelClass], ModelClass]:
    """Record every insert, update and delete of the model's table as `<resource>.created` and so on.

    `unrecorded` and `named_by` name columns; without `named_by`, the thing is called by its name, title, label or email.
    See `audit/sql/audit_changed_rows.sql` for what does it.
    """

    def register(model: ModelClass) -> ModelClass:
        AUDITED[model] = Audited(resource, unrecorded, named_by or _names(model))
        registry.register(
            model, exclude_fields=_fields(model, unrecorded), mask_fields=_fields(model, secret_columns(model))
        )
        declare(model, *(_trigger(event, _arguments(model)) for event in ("INSERT", "UPDATE", "DELETE")))
        return model

    return register


def model_of(resource: str) -> type[models.Model] | None:
    """Return the model whose rows are this resource in the trail; none has what was called so in an earlier release."""
    return next((model for model, how in AUDITED.items() if how.resource == resource), None)


def name_of(instance: models.Model) -> str:
    """Call a row what the audit trigger would."""
    named = _how(instance).named_by
    values = [field.value_from_object(instance) for field in instance._meta.concrete_fields if field.column in named]
    return " ".join(str(value) for value in values if value is not None)


def record_about(row: models.Model, action: str, changes: Mapping[str, Any] | None = None) -> None:
    """Add an entry about an audited row: of what its columns do not show, as `record` has it."""
    record(
        action,
        resource_type=_how(row).resource,
        resource_id=row.pk,
        resource_label=name_of(row),
        changes=changes,
    )


def redacted(value: str) -> str:
    """Mask a secret: all of it, where django-auditlog would show half."""
    return REDACTED


def _how(row: models.Model) -> Audited:
    """Say how a row shows in the trail; whoever is logged in is a lazy object, whose class is not its model."""
    return AUDITED[row._meta.model]


def _arguments(model: type[models.Model]) -> tuple[str, ...]:
    """Write what is registered of a model as the audit trigger takes it."""
    how, registered = AUDITED[model], registry.get_model_fields(model)
    hidden, silent = (_columns(model, registered[kind]) for kind in ("mask_fields", "exclude_fields"))
    return (how.resource, ",".join(hidden), ",".join(silent), ",".join(how.named_by), str(model._meta.pk.column))


def _fields(model: type[models.Model], columns: tuple[str, ...]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.column in columns]


def _columns(model: type[models.Model], fields: Any) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if field.name in fields]


def _names(model: type[models.Model]) -> tuple[str, ...]:
    columns = {field.column for field in model._meta.concrete_fields} - set(secret_columns(model))
    return tuple(name for name in NAMES if name in columns)[:1]


def _trigger(event: str, arguments: tuple[str, ...]) -> Trigger:
    return Trigger(f"audit_{event.lower()}", arguments, event, function=FUNCTION, each="STATEMENT", replaces=FORMER)
