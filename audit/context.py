"""Audit context: tells the database who acts, at the start of each transaction, for the audit trigger to write down."""

from __future__ import annotations

import json

from psycopg import sql

from workix.core.current import Context

SETTING = "workix.context"
LABEL_LENGTH, REASON_LENGTH, AGENT_LENGTH, REQUEST_LENGTH = 255, 500, 500, 100


def columns(context: Context) -> dict[str, str | None]:
    """Spread a context over the columns of an entry, cut to what they hold."""
    actor = context.actor
    identity = str(actor.id) if actor.id else None
    return {
        "user_id": identity if actor.type in ("person", "operator") else None,
        "actor_type": actor.type,
        "actor_id": identity,
        "actor_label": _printable(actor.label, LABEL_LENGTH),
        "reason": _printable(context.reason, REASON_LENGTH),
        "ip_address": context.ip_address,
        "user_agent": _printable(context.user_agent, AGENT_LENGTH),
        "request_id": _printable(context.request_id, REQUEST_LENGTH),
    }


def statement(context: Context) -> sql.Composed:
    """Write the statement that hands `context` to `audit_row_change()` until the transaction ends."""
    value = json.dumps(columns(context))
    return sql.SQL("SET LOCAL {} = {}").format(sql.Identifier(*SETTING.split(".")), sql.Literal(value))


def _printable(text: str, length: int) -> str:
    """Drop what PostgreSQL can't keep in a text: NUL and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:length]
