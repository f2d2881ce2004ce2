"""Row-level security (RLS) policies on the shared tables: the second line, behind having no grant at all."""

from __future__ import annotations

from psycopg import sql

from tenants.isolation.database_roles import control_role_name, tenants_group
from tenants.isolation.privileges import GROUP_GRANTS, control_grants

CONTROL_POLICY = "control_sees_every_row"
GROUP_POLICY = "tenants_see_every_row"


def policies() -> dict[tuple[str, str], str]:
    """Map (table of `public`, policy) to the role it is for. A table without one shows no row to anybody but its owner."""
    declared = {(table, CONTROL_POLICY): control_role_name() for table in control_grants()}
    return declared | {(table, GROUP_POLICY): tenants_group() for table in GROUP_GRANTS}


def statements(tables: frozenset[str]) -> list[sql.Composed]:
    """Enable row security on every table of `public`, and write the declared policies anew."""
    found = [
        sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(sql.Identifier("public", table))
        for table in sorted(tables)
    ]
    for (table, name), role in policies().items():
        if table in tables:
            qualified = sql.Identifier("public", table)
            found += [
                sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(sql.Identifier(name), qualified),
                sql.SQL("CREATE POLICY {} ON {} TO {} USING (true) WITH CHECK (true)").format(
                    sql.Identifier(name), qualified, sql.Identifier(role)
                ),
            ]
    return found
