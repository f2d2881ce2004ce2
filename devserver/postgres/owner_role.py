"""Makes the owner role (CREATEROLE, no superuser) and its database on the bundled PostgreSQL."""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

from workix.config.database_url import DatabaseAddress

_OPEN_TO_EVERYBODY = """
    SELECT FROM pg_database AS d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
     WHERE datname IN ('postgres', 'template1') AND a.grantee = 0"""


def connect(address: DatabaseAddress) -> psycopg.Connection:
    return psycopg.connect(autocommit=True, **address.connection_parameters())  # type: ignore[arg-type]  # libpq's own


def make_owner(superuser: DatabaseAddress, owner: DatabaseAddress) -> None:
    """Make the owner role and its database, where they are missing."""
    role, database = sql.Identifier(owner.user), sql.Identifier(owner.name)
    with connect(superuser) as connection:
        if connection.execute(_OPEN_TO_EVERYBODY).rowcount:
            # The platform closes databases of its own only; this server is all ours.
            connection.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
        if _lacks(connection, "SELECT FROM pg_roles WHERE rolname = %s", owner.user):
            connection.execute(_create_role(connection, owner))
        if _lacks(connection, "SELECT WHERE has_parameter_privilege(%s, 'temp_file_limit', 'SET')", owner.user):
            connection.execute(sql.SQL("GRANT SET ON PARAMETER temp_file_limit TO {}").format(role))
        if _lacks(connection, "SELECT FROM pg_database WHERE datname = %s", owner.name):
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def _lacks(connection: psycopg.Connection, query: LiteralString, name: str) -> bool:
    return connection.execute(query, [name]).rowcount == 0


def _create_role(connection: psycopg.Connection, owner: DatabaseAddress) -> sql.Composed:
    """Carry the password as the SCRAM verifier the server would store, so that no log can learn it."""
    password, role = owner.password.reveal().encode(), owner.user.encode()
    verifier = connection.pgconn.encrypt_password(password, role, b"scram-sha-256")
    statement = sql.SQL("CREATE ROLE {} LOGIN CREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS PASSWORD {}")
    return statement.format(sql.Identifier(owner.user), verifier.decode())
