"""Point-in-time view: the rows of an audited table as they were at a moment (`as_of`), from the trail."""

# Raw SQL: one DISTINCT ON over the changes since, for which the ORM has no word.

# Note [As of a moment]
# Of each column the first change since that moment says what it held then; what was not changed since is as it is. A row that was
# added since had no key then. Secrets are never read, columns whose change is no act are not in the trail, and what was erased is
# not brought back: its changes are empty.
#
# What is made of it are instances of the model, so that the list's own serializer writes them. What the trail does not know of a
# row is None there, whether the column may be or not: nothing that is so today passes for what was so then. A column that was
# not there yet, when the row went, has its default.

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Field, Model
from psycopg import sql

from audit.data_inventory import secret_columns
from audit.models import Pruning
from audit.registry import AUDITED
from workix.core.errors import Conflict, Invalid

Row = TypeVar("Row", bound=Model)

_SINCE = """
    SELECT DISTINCT ON (resource_id, key) resource_id, key, value -> 0
      FROM audit_logs, jsonb_each(changes)
     WHERE resource_type = %s AND source = 'trigger' AND created_at > %s AND key = ANY (%s)
     ORDER BY resource_id, key, created_at, id"""
_ROWS = sql.SQL("SELECT {key}::text, to_jsonb(r) FROM (SELECT {columns} FROM {table}) AS r")
_CHANGED = """
    SELECT resource_id, max(created_at) FROM audit_logs
     WHERE resource_type = %s AND source = 'trigger' AND created_at <= %s GROUP BY resource_id"""


class TrailTooShort(Conflict):
    code = "trail_too_short"
    detail = "The trail does not reach back to that moment: it was pruned."


def instances_as_of(model: type[Row], moment: datetime, *, now: datetime) -> list[Row]:
    """List the rows of an audited model that there were, removed ones left out, in the model's order. None is to be saved.

    :raises Invalid: when that moment is yet to come.
    :raises TrailTooShort: when it is before what retention left.
    """
    unknown = {*secret_columns(model), *AUDITED[model].unrecorded}
    known = [field for field in model._meta.concrete_fields if field.column not in unknown]
    rows = rows_as_of(model, moment, columns=[str(field.column) for field in known], now=now)
    found = [_instance(model, row, known) for row in rows if row.get("deleted_at") is None]
    for name in reversed([*map(str, model._meta.ordering or ()), "pk"]):
        found.sort(key=lambda row: getattr(row, name.removeprefix("-")), reverse=name.startswith("-"))
    return found


def rows_as_of(model: type[Model], moment: datetime, *, columns: Sequence[str], now: datetime) -> list[dict[str, Any]]:
    """Read these columns of all rows there were at a moment; `changed_at` is when each was changed last, by then.

    :raises Invalid: when that moment is yet to come.
    :raises TrailTooShort: when it is before what retention left.
    """
    if moment > now:
        raise Invalid("This moment is yet to come.", field="as_of")
    if Pruning.objects.filter(older_than__gt=moment).exists():
        raise TrailTooShort
    resource, key = AUDITED[model].resource, str(model._meta.pk.column)
    query = _ROWS.format(
        key=sql.Identifier(key),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        table=sql.Identifier(model._meta.db_table),
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows: dict[str, dict[str, Any]] = {row_id: orjson.loads(row) for row_id, row in cursor.fetchall()}
        cursor.execute(_SINCE, [resource, moment, list(columns)])
        for row_id, column, before in cursor.fetchall():
            rows.setdefault(row_id, dict.fromkeys(columns))[column] = None if before is None else orjson.loads(before)
        cursor.execute(_CHANGED, [resource, moment])
        changed = dict(cursor.fetchall())
    return [{**row, "changed_at": changed.get(row_id)} for row_id, row in rows.items() if row[key] is not None]


def _instance(model: type[Row], row: dict[str, Any], known: Sequence[Field[Any, Any]]) -> Row:
    values: dict[str, Any] = {str(field.attname): None for field in model._meta.concrete_fields}
    values |= {str(field.attname): _value(field, row[str(field.column)]) for field in known}
    if values.get("updated_at", "") is None:
        values["updated_at"] = row["changed_at"] or values["created_at"]
    return model(**values)


def _value(field: Field[Any, Any], written: Any) -> Any:
    """Read what the trail has of a column; of one that was another kind of column then, or none, the default."""
    with suppress(ValidationError):
        if written is not None or field.null:
            return field.to_python(written)
    return field.get_default()
