"""record(): audit entries of events that no row shows (openings, log-ins, refusals, reads of sensitive data)."""

# Raw SQL: inserts the columns a tenant role may insert, and no others.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from audit.context import columns
from workix.core.current import Actor, Current

_COLUMNS = (
    "user_id, actor_type, actor_id, actor_label, reason, ip_address, user_agent, request_id, "
    "action, resource_type, resource_id, changes"
)
_INSERT = f"INSERT INTO audit_logs ({_COLUMNS}) VALUES ({', '.join(['%s'] * 12)})"  # noqa: S608  # our own names


def record(
    action: str,
    *,
    resource_type: str,
    resource_id: object = "",
    changes: Mapping[str, Any] | None = None,
    actor: Actor | None = None,
) -> None:
    """Add one entry to the trail of the organization in scope, in the transaction of the act.

    `action` is `thing.verbed`, `actor` whoever acts unless it is the one in `Current`. Never put a secret
    into `changes`.
    """
    context = Current.context
    who = columns(context if actor is None else replace(context, actor=actor))
    with connection.cursor() as cursor:
        values: list[Any] = [*who.values(), action, resource_type, str(resource_id), Jsonb(dict(changes or {}))]
        cursor.execute(_INSERT, values)
