"""Server capabilities: PostgreSQL's version and what the owner role may do, asked once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import psycopg
from django.core.exceptions import ImproperlyConfigured

from tenants.isolation import owner

OLDEST_VERSION = 150_000

#: The server's, less those it keeps for others (`reserved_connections` since 16), and no more than the database's own limit.
_CONNECTIONS = """
    (SELECT least(current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                      - coalesce(current_setting('reserved_connections', true)::int, 0), nullif(datconnlimit, -1))
       FROM pg_catalog.pg_database WHERE datname = current_database())"""


@dataclass(frozen=True, slots=True)
class ServerCapabilities:
    """`version` as in libpq (150018 is 15.18); `limits_temp_files`: the owner may set a role's temp_file_limit.

    `sessions_are_settable`: one SELECT of anybody changes settings of its session, as nobody closed pg_catalog.
    `connections`: how many of all roles that are no superusers it lets into this database.
    """

    version: int
    limits_temp_files: bool
    sessions_are_settable: bool
    connections: int


class UnsafeServer(ImproperlyConfigured):
    """The database named in DATABASE_URL can't keep organizations isolated."""


@cache
def server_capabilities() -> ServerCapabilities:
    with owner.connect() as connection:
        return read_server_capabilities(connection)


def read_server_capabilities(connection: psycopg.Connection) -> ServerCapabilities:
    """Ask the server what it is and what its owner role may do.

    :raises UnsafeServer: when it is too old, or its role has too much power or too little; says what to do.
    """
    version = connection.info.server_version
    if version < OLDEST_VERSION:
        raise UnsafeServer(
            f"DATABASE_URL leads to PostgreSQL {version // 10_000}. Workix needs 15 or newer: upgrade the server."
        )
    row = connection.execute(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole,"
        " has_database_privilege(current_database(), 'CREATE'),"
        " has_parameter_privilege('temp_file_limit', 'SET'),"
        " has_function_privilege('public', 'pg_catalog.set_config(text, text, boolean)', 'EXECUTE'),"
        f" {_CONNECTIONS}"
        " FROM pg_catalog.pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert row is not None  # whoever is logged in has a row
    role, is_super, bypasses, creates_roles, creates_schemas, *capabilities = row
    if is_super or bypasses:
        raise UnsafeServer(
            f"The role {role} of DATABASE_URL is a superuser or bypasses row security; nothing isolates such a role. "
            f"Make one for Workix: CREATE ROLE workix_owner LOGIN CREATEROLE PASSWORD '…'; "
            f"CREATE DATABASE workix OWNER workix_owner;"
        )
    if not creates_roles or not creates_schemas:
        raise UnsafeServer(
            f"The role {role} of DATABASE_URL must be able to make roles and schemas: "
            f"ALTER ROLE {role} CREATEROLE; ALTER DATABASE … OWNER TO {role};"
        )
    return ServerCapabilities(version, *capabilities)
