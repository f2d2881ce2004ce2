"""Row-level security (RLS) policies on the shared tables: the second line, behind having no grant at all."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg import sql

from tenants.isolation.database_roles import (
    control_role_name,
    sequencer_role_name,
    tenants_group,
    watchdog_role_name,
)
from tenants.isolation.privileges import GROUP_GRANTS, SEQUENCER_IN_PUBLIC, WATCHDOG_IN_PUBLIC, control_grants

CONTROL_POLICY = "control_sees_every_row"
GROUP_POLICY = "tenants_see_every_row"
SEQUENCER_POLICY = "sequencer_sees_every_row"
WATCHDOG_POLICY = "watchdog_sees_every_row"

_TABLES = """
    SELECT relname, relrowsecurity FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname"""
_POLICIES = """
    SELECT tablename, policyname, roles::text[], permissive = 'PERMISSIVE' AND cmd = 'ALL'
           AND coalesce(qual, 'true') = 'true' AND coalesce(with_check, 'true') = 'true'
      FROM pg_policies WHERE schemaname = 'public'"""


def policies() -> dict[tuple[str, str], str]:
    """Map (table of `public`, policy) to the role it is for. A table without one shows no row to anybody but its owner."""
    declared = {(table, CONTROL_POLICY): control_role_name() for table in control_grants()}
    declared |= {(table, SEQUENCER_POLICY): sequencer_role_name() for table in SEQUENCER_IN_PUBLIC}
    declared |= {(table, WATCHDOG_POLICY): watchdog_role_name() for table in WATCHDOG_IN_PUBLIC}
    return declared | {(table, GROUP_POLICY): tenants_group() for table in GROUP_GRANTS}


def differences(connection: psycopg.Connection) -> Iterator[tuple[str, sql.Composed]]:
    """Say in a sentence each table of `public` without row security and each policy that is not as declared, and its repair."""
    tables: dict[str, bool] = dict(connection.execute(_TABLES).fetchall())
    for table in sorted(table for table, secured in tables.items() if not secured):
        enable = sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(sql.Identifier("public", table))
        yield f"Row security is off for public.{table}.", enable
    found = {(table, name): (who, plain) for table, name, who, plain in connection.execute(_POLICIES)}
    wanted = {key: ([role], True) for key, role in policies().items() if key[0] in tables}
    for table, name in sorted(found.keys() - wanted.keys()):
        yield f"Nobody declared the policy {name} on public.{table}.", _drop(table, name)
    for table, name in sorted(key for key in wanted if found.get(key) != wanted[key]):
        anew = sql.SQL(";\n").join([_drop(table, name), _create(table, name, policies()[table, name])])
        yield f"The policy {name} on public.{table} is missing or changed.", anew


def _drop(table: str, name: str) -> sql.Composed:
    return sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(sql.Identifier(name), sql.Identifier("public", table))


def _create(table: str, name: str, role: str) -> sql.Composed:
    return sql.SQL("CREATE POLICY {} ON {} TO {} USING (true) WITH CHECK (true)").format(
        sql.Identifier(name), sql.Identifier("public", table), sql.Identifier(role)
    )
