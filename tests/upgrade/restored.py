"""Restores the pg_dump of the old platform, with its roles, into a database of the test server."""

# Note [One old platform at a time]
# Roles belong to the whole server, and those of the dump have fixed names, as its tokens name its organizations. So of
# all runs that share a server one has the old platform, and the others wait. Its prefix and its owner are its own, so
# nothing is shared with the databases of other tests.

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.environment import CLUSTER, PROJECT
from tests.servers import Platform
from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret

HERE = Path(__file__).parent
DATABASE = PREFIX = "workix_upgrade"
OWNER = CLUSTER.owner.of_role(f"{PREFIX}_owner", Secret("only-for-tests"))
SCHEMA_TEMPLATE = "org_" + "0" * 32
#: What people held in their hands when the dump was made: passwords, tokens, links, idempotency keys with their answers.
HELD: dict[str, Any] = json.loads((HERE / "platform_a5348f8.json").read_text())


@contextmanager
def old_platform(var: Path) -> Iterator[Platform]:
    """Bring the platform up as it was, not migrated yet; yields how to run it with the present code."""
    with _alone():
        _remove()
        try:
            _restore()
            addresses = {
                "DATABASE_URL": replace(OWNER, name=DATABASE).url().reveal(),
                "WORKIX_SETUP_DATABASE_URL": replace(CLUSTER.superuser, name=DATABASE).url().reveal(),
                "WORKIX_LOG_LEVEL": "ERROR",
            }
            yield Platform.at(addresses, var, **HELD["settings"])
        finally:
            _remove()


def superuser(database: str = DATABASE) -> psycopg.Connection:
    return _connect(replace(CLUSTER.superuser, name=database))


def schemas() -> list[str]:
    """Name every schema of ours: public, the schema template and each organization's."""
    return ["public", SCHEMA_TEMPLATE, *HELD["organizations"].values()]


def _restore() -> None:
    """Make roles, as their owner would, then the database. See Note [One old platform at a time]."""
    owner = sql.Identifier(OWNER.user)
    with superuser("postgres") as connection:
        password = sql.Literal(OWNER.password.reveal())
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(owner, password))
        connection.execute(sql.SQL("GRANT SET ON PARAMETER temp_file_limit TO {}").format(owner))
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), owner))
    with _connect(replace(OWNER, name=DATABASE)) as connection:
        connection.execute(_roles(connection.info.server_version))  # a file of ours
    with superuser() as connection:
        connection.execute((HERE / "platform_a5348f8.pgsql").read_text())  # a file of ours


def _roles(server_version: int) -> str:
    """Read how the roles are made. Before 16 a membership has no options: then the tenant role itself inherits."""
    text = (HERE / "platform_a5348f8_roles.pgsql").read_text()
    if server_version < 160_000:
        text = text.replace(" WITH INHERIT TRUE, SET FALSE", "")
        text = text.replace("LOGIN NOINHERIT CONNECTION LIMIT 40", "LOGIN INHERIT CONNECTION LIMIT 40")
    return text


def _remove() -> None:
    """Drop the database and every role of the platform, whatever an earlier run left."""
    with superuser("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
        tenants = connection.execute(
            "SELECT r.rolname FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member"
            " JOIN pg_roles AS g ON g.oid = m.roleid WHERE g.rolname = %s AND r.rolname ~ '^org_'",
            [f"{PREFIX}_tenants"],
        ).fetchall()
        ours = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s) ORDER BY rolname = %s",
            [[f"{PREFIX}_control", f"{PREFIX}_tenants", OWNER.user], OWNER.user],
        ).fetchall()
        for (role,) in [*tenants, *ours]:
            connection.execute(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}").format(sql.Identifier(role)))


def _connect(address: DatabaseAddress) -> psycopg.Connection:
    return psycopg.connect(**address.connection_parameters(), autocommit=True)  # type: ignore[arg-type]  # libpq's own names


@contextmanager
def _alone() -> Iterator[None]:
    folder = PROJECT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "upgrade.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
