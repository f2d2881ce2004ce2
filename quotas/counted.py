"""@counted on a model: each of its rows takes one unit of a quota (the row-count trigger)."""

# Note [Counting rows]
# Usage of a resource is reported by the service that uses it, or it is what there are rows of. Then a trigger moves the
# counter with the row, in the same transaction, whatever path the row takes: INSERT, COPY, MERGE, ON CONFLICT, a
# cascade, a soft delete and its return, in bulk or by raw SQL, as the organization's role or the owner's. A row more
# takes a unit or fails; a row less always goes. Rows of several tables may count as one resource: a person, and an
# invitation until it ends. Then a transaction that ends one row first and writes the other after it keeps the unit: it
# has the counter locked between the two. Where the trigger is made on a table that has rows already, the counter becomes
# the number of all that count, in the transaction that makes it, while nobody moves it (quotas/sql/row_counts.sql).

# Note [No column of its own]
# UPDATE OF deleted_at would spare other updates a look. But a trigger that names a column keeps the column from being
# dropped, and so a migration from being taken back.

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.db import models

from workix.core.models import ModelClass, SoftDeletion
from workix.core.triggers import Trigger, declare

#: Model -> the resource its rows count as.
COUNTED: dict[type[models.Model], str] = {}


def counted(resource: str, *, until: str = "") -> Callable[[ModelClass], ModelClass]:
    """Count the rows of the model's table as `resource`, in every organization. See Note [Counting rows].

    `until` names the column that a row counts no more once it is filled; of what is soft-deleted it is `deleted_at`. The
    resource is declared by an app, of kind STOCK, and counted by the models of one app alone: a system check asks for it.
    """

    def register(model: ModelClass) -> ModelClass:
        COUNTED[model] = resource
        gone = until or ("deleted_at" if issubclass(model, SoftDeletion) else "")
        events = "INSERT OR DELETE OR UPDATE" if gone else "INSERT OR DELETE"  # see Note [No column of its own]
        declare(model, Trigger("count_rows", (resource, gone), events, then="recount_rows", in_public=False))
        return model

    return register


def counted_models() -> dict[type[models.Model], str]:
    """Map each installed model whose rows are counted to what they count as."""
    return {model: COUNTED[model] for model in apps.get_models() if model in COUNTED}
