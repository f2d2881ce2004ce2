"""record(): audit entries of events that no row shows (openings, log-ins, refusals, reads of sensitive data)."""

# Raw SQL: calls the function of `public` that writes an event down.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from audit.context import LABEL_LENGTH, printable, sign
from workix.core.current import Actor, Context, Current

_EVENT = "public.record_event(%s, %s, %s, %s, %s, %s, %s)"


def record(
    action: str,
    *,
    resource_type: str,
    resource_id: object = "",
    resource_label: str = "",
    changes: Mapping[str, Any] | None = None,
    actor: Actor | None = None,
) -> None:
    """Add one entry to the trail of the organization in scope, in the transaction of the act.

    `action` is `thing.verbed`, `resource_label` the name of the thing at this time, `actor` whoever acts unless it is the one
    in `Current`. Never put a secret into `changes`; what PostgreSQL can't keep in a text is dropped from it.
    """
    context = Current.context if actor is None else replace(Current.context, actor=actor)
    label = printable(resource_label, LABEL_LENGTH)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_EVENT}", _values(context, action, resource_type, str(resource_id), label, changes))


def record_and_select(
    query: str, action: str, *, resource_type: str, resource_id: str, changes: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    """Add an entry as `record` does, and return the rows of `query` (a table or function of ours, no value), in one round trip.

    The rows are of the moment before the entry. It is for what is called so often that a query counts.
    """
    with connection.cursor() as cursor:
        statement = f"SELECT q.* FROM (SELECT {_EVENT} AS done) AS e LEFT JOIN {query} AS q ON true"  # noqa: S608  # ours
        cursor.execute(statement, _values(Current.context, action, resource_type, resource_id, "", changes))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _values(context: Context, *event: Any) -> list[Any]:
    ours: Any = connection  # our own backend's wrapper: whoever has a cursor has a role
    *texts, changes = event
    return [*sign(context, role=ours.database_role.name), *texts, Jsonb(_kept(changes or {}))]


def _kept(value: Any) -> Any:
    """Drop NUL and lone surrogates from each text in a value of JSON, the names of members among them."""
    if isinstance(value, str):
        return printable(value, len(value))
    if isinstance(value, Mapping):
        return {_kept(name): _kept(each) for name, each in value.items()}
    return [_kept(each) for each in value] if isinstance(value, list | tuple) else value
