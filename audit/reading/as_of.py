"""Point-in-time view: the rows of an audited table as they were at a moment (`as_of`), from the trail."""

# Raw SQL: one DISTINCT ON over the changes since, for which the ORM has no word.

# Note [As of a moment]
# Of each column the first change since that moment says what it held then; what was not changed since is as it is. A row that was
# added since had no key then. Secrets are never read, columns whose change is no act are not in the trail, and what was erased is
# not brought back: its changes are empty.

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db import connection
from django.db.models import Model
from psycopg import sql

from audit.models import Pruning
from audit.registry import AUDITED
from workix.core.errors import Conflict, Invalid

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
