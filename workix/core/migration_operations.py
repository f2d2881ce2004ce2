"""Migration operations: rename a table, a constraint or an index, in whatever schema is being migrated."""

# Django's own renames keep the names of indexes and constraints as they were, and it has none for a constraint. A name
# that still says what a table was called before leads astray whoever reads an error or a plan.

from __future__ import annotations

from django.db.migrations import RunSQL

# On PostgreSQL 18 a NOT NULL is a constraint with a name, too; an index behind a constraint is renamed with it.
_RENAME_TABLE = """
DO $rename$
DECLARE
    renamed regclass;
    each record;
BEGIN
    EXECUTE format('ALTER TABLE %I.%I RENAME TO %I', current_schema(), '{old}', '{new}');
    renamed := format('%I.%I', current_schema(), '{new}')::regclass;
    FOR each IN
        SELECT conname AS before, '{new}' || substr(conname, length('{old}') + 1) AS after FROM pg_constraint
         WHERE conrelid = renamed AND starts_with(conname, '{old}_')
    LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', renamed, each.before, each.after);
    END LOOP;
    FOR each IN
        SELECT indexrelid::regclass AS index, '{new}' || substr(relname, length('{old}') + 1) AS after
          FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
         WHERE indrelid = renamed AND starts_with(relname, '{old}_')
    LOOP
        EXECUTE format('ALTER INDEX %s RENAME TO %I', each.index, each.after);
    END LOOP;
END
$rename$"""


def rename_table(old: str, new: str) -> RunSQL:
    """Rename a table, and with it every constraint and index whose name begins with the table's."""
    return RunSQL(_RENAME_TABLE.format(old=old, new=new), _RENAME_TABLE.format(old=new, new=old))


def rename_constraint(table: str, old: str, new: str) -> RunSQL:
    """Rename a constraint of `table`."""
    statement = f"ALTER TABLE {table} RENAME CONSTRAINT {{}} TO {{}}"
    return RunSQL(statement.format(old, new), statement.format(new, old))


def rename_index(old: str, new: str) -> RunSQL:
    """Rename an index."""
    return RunSQL(f"ALTER INDEX {old} RENAME TO {new}", f"ALTER INDEX {new} RENAME TO {old}")
