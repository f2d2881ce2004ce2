"""Lists every object of a schema from pg_catalog: columns, constraints, indexes, triggers, functions, policies, grants."""

from __future__ import annotations

import re

import psycopg

from tests.upgrade.restored import PREFIX

_OBJECTS = """
    WITH tables AS (
        SELECT c.oid, c.relname, c.relkind, c.relacl, c.relrowsecurity FROM pg_class AS c
         WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S'))
    SELECT concat_ws(' ', 'relation', relkind, relname, relrowsecurity, relacl) FROM tables
    UNION ALL
    SELECT concat_ws(' ', 'column', t.relname, a.attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
                     attgenerated, pg_get_expr(d.adbin, d.adrelid), attacl)
      FROM tables AS t JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT concat_ws(' ', 'constraint', t.relname, conname, convalidated, pg_get_constraintdef(k.oid))
      FROM tables AS t JOIN pg_constraint AS k ON k.conrelid = t.oid AND k.contype NOT IN ('n', 't')
    UNION ALL
    SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid)) FROM tables AS t JOIN pg_index AS i ON i.indrelid = t.oid
    UNION ALL
    SELECT concat_ws(' ', 'trigger', tgenabled, pg_get_triggerdef(g.oid))
      FROM tables AS t JOIN pg_trigger AS g ON g.tgrelid = t.oid AND NOT tgisinternal
    UNION ALL
    SELECT concat_ws(' ', 'policy', t.relname, p.polname, p.polroles::regrole[], pg_get_expr(p.polqual, p.polrelid))
      FROM tables AS t JOIN pg_policy AS p ON p.polrelid = t.oid
    UNION ALL
    SELECT concat_ws(' ', 'function', p.oid::regprocedure, md5(p.prosrc), p.prosecdef, p.proconfig, p.proacl)
      FROM pg_proc AS p WHERE p.pronamespace = %(schema)s::regnamespace"""

#: A condition that was dumped and restored means the same with other casts and parentheses.
_RESTORED = re.compile(r"::(?:character varying|text)(?:\[\])?|[()]")


def objects(connection: psycopg.Connection, schema: str, prefix: str = PREFIX) -> set[str]:
    """Write each down in a line: the same in every schema of organizations, and under every prefix of roles."""
    with connection.transaction():
        connection.execute("SET LOCAL search_path = pg_catalog")
        rows = connection.execute(_OBJECTS, {"schema": schema}).fetchall()
    return {_anybody(line, schema, prefix) for (line,) in rows}


def _anybody(line: str, schema: str, prefix: str) -> str:
    hexadecimal = schema.removeprefix("org_")
    identity = (
        "-".join(re.findall(r"^(.{8})(.{4})(.{4})(.{4})(.{12})$", hexadecimal)[0]) if len(hexadecimal) == 32 else schema
    )
    named = line.replace(schema, "<schema>").replace(identity, "<id>").replace(prefix, "<prefix>")
    return _RESTORED.sub("", named)
