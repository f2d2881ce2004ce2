"""The safety net: which triggers the registry asks for, as SQL."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from psycopg import sql

from audit.registry import AUDITED, Audited

TRIGGER = "witness"
WITNESS_SQL = Path(__file__).parent / "sql" / "witness.sql"


def triggers(schema: str, tables: frozenset[str]) -> list[sql.Composed]:
    """Write one statement for each audited table among `tables`; run again, it changes nothing."""
    return [
        sql.SQL(
            "CREATE OR REPLACE TRIGGER {} AFTER INSERT OR UPDATE OR DELETE ON {}"
            " FOR EACH ROW EXECUTE FUNCTION public.witness({}, {}, {})"
        ).format(
            sql.Identifier(TRIGGER),
            sql.Identifier(schema, table),
            sql.Literal(how.resource),
            sql.Literal(",".join(how.secret)),
            sql.Literal(",".join(how.unrecorded)),
        )
        for table, how in audited_tables().items()
        if table in tables
    ]


def audited_tables() -> dict[str, Audited]:
    """Map each audited table to how it shows in the trail."""
    return {model._meta.db_table: AUDITED[model] for model in apps.get_models() if model in AUDITED}
