"""Maps the names of the old platform's tables and columns to today's: every renaming migration adds its line here."""

from __future__ import annotations

#: Table -> its name today, in every schema: {"old_table": "new_table"}.
TABLES: dict[str, str] = {
    "answers": "idempotency_keys",
    "mailed_tokens": "email_tokens",
    "directory": "email_index",
    "blueprint": "schema_template",
}

#: (table, column), as they were -> an SQL expression over today's columns that gives the old value:
#: {("old_table", "old_column"): "new_column"}, or where the type changed too: "source = 'trigger'".
COLUMNS: dict[tuple[str, str], str] = {
    ("audit_logs", "witnessed"): "source = 'trigger'",
}

#: Command of the old platform -> what it is called today.
COMMANDS: dict[str, str] = {"check_walls": "check_isolation"}

#: What migrating writes itself, as named in the old platform: of these columns every old row must still be there; rows may
#: come, and other columns change.
BOOKKEEPING: dict[str, tuple[str, ...]] = {
    "django_migrations": ("app", "name"),
    "django_content_type": ("id",),
    "blueprint": ("id",),
}


def table_today(old: str) -> str:
    return TABLES.get(old, old)


def column_today(table: str, column: str) -> str:
    return COLUMNS.get((table, column), f'"{column}"')


def command_today(old: str) -> str:
    return COMMANDS.get(old, old)
