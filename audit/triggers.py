"""Audit triggers: the CREATE TRIGGER statements that the registry asks for."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from psycopg import sql

from audit.registry import AUDITED, Audited

TRIGGER = "audit_row_change"
AUDIT_ROW_CHANGE_SQL = Path(__file__).parent / "sql" / "audit_row_change.sql"


def triggers(schema: str, tables: frozenset[str]) -> dict[str, sql.Composed]:
    """Write one statement for each audited table among `tables`; run again, it changes nothing."""
    return {
        table: sql.SQL(
            "CREATE OR REPLACE TRIGGER {} AFTER INSERT OR UPDATE OR DELETE ON {}"
            " FOR EACH ROW EXECUTE FUNCTION public.audit_row_change({}, {}, {});"
            " ALTER TABLE {} ENABLE TRIGGER {}"
        ).format(
            sql.Identifier(TRIGGER),
            sql.Identifier(schema, table),
            *map(sql.Literal, _arguments(how)),
            sql.Identifier(schema, table),
            sql.Identifier(TRIGGER),
        )
        for table, how in audited_tables().items()
        if table in tables
    }


def arguments(table: str) -> bytes:
    """Return a trigger's arguments as the catalogs keep them: each ended by a NUL."""
    return b"".join(argument.encode() + b"\x00" for argument in _arguments(audited_tables()[table]))


def audited_tables() -> dict[str, Audited]:
    """Map each audited table to how it shows in the trail."""
    return {model._meta.db_table: AUDITED[model] for model in apps.get_models() if model in AUDITED}


def _arguments(how: Audited) -> tuple[str, str, str]:
    return how.resource, ",".join(how.secret), ",".join(how.unrecorded)
