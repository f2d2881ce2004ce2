"""The decoy schema: made, or dropped, by the owner at each `manage.py migrate`, as WORKIX_TRIPWIRES says. See Note [Decoys]."""

# Raw SQL: makes a schema, its tables and their policies (RLS).

from __future__ import annotations

from psycopg import Connection, sql

from tenants.isolation import owner
from tenants.isolation.database_roles import control_role_name, sequencer_role_name, tenants_group
from tenants.tripwires.decoys import are_set, decoy_addresses, decoy_schema
from workix.config.keyed_hash import keyed_hash

_EXISTS = "SELECT 1 FROM pg_namespace WHERE nspname = %s"
_TABLES = """
    CREATE SCHEMA {schema};
    CREATE TABLE {schema}.users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text, password_hash text, role text);
    CREATE TABLE {schema}.api_keys (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text, key_hash text, scopes text);
    ALTER TABLE {schema}.users ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {schema}.api_keys ENABLE ROW LEVEL SECURITY;
    CREATE POLICY everybody ON {schema}.users USING ((SELECT public.touch_tripwire('schema')));
    CREATE POLICY everybody ON {schema}.api_keys USING ((SELECT public.touch_tripwire('schema')));
    GRANT USAGE ON SCHEMA {schema} TO {roles};
    GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {roles}"""
_PERSON = "INSERT INTO {}.users (email, password_hash, role) VALUES (%s, %s, 'admin')"
_KEY = "INSERT INTO {}.api_keys (name, key_hash, scopes) VALUES ('Deployment', %s, 'users:read audit:read')"


def settle() -> None:
    """Make the decoy schema where there are to be decoys, and drop it where there are none. Run again, it changes nothing."""
    schema = decoy_schema()
    with owner.connect() as connection:
        is_there = connection.execute(_EXISTS, [schema]).fetchone() is not None
        if are_set() and not is_there:
            with connection.transaction():
                _make(connection, schema)
        elif is_there and not are_set():
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))


def _make(connection: Connection, schema: str) -> None:
    name = sql.Identifier(schema)
    roles = sql.SQL(", ").join(map(sql.Identifier, (tenants_group(), control_role_name(), sequencer_role_name())))
    connection.execute(sql.SQL(_TABLES).format(schema=name, roles=roles))
    for address in decoy_addresses():
        connection.execute(sql.SQL(_PERSON).format(name), [address, f"argon2${keyed_hash('decoy-password', address)}"])
    connection.execute(sql.SQL(_KEY).format(name), [keyed_hash("decoy-key-hash", schema)])
