"""A migrated database for each worker, and putting it back as it was after each test."""

# Note [Real connections, committed data]
# Isolation is made of log-ins, so tests log in: every request of a test commits as its organization's own role.
# Instead of rolling back, the rows of the cast's organizations are put back from a copy, as the superuser and without
# triggers, and what a test opened is dropped.

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tenants.isolation.database_roles import shared_roles
from tests.environment import CLUSTER, DATABASE, PROJECT, SERVER, TEMPLATE, settings_for
from tools.packages import folder_of, is_own_test, product

BASELINE = "baseline"


def create_database() -> None:
    """Give this worker a fresh copy of the migrated template, which is made once for each state of the source."""
    _copy_template(DATABASE)


@contextmanager
def another_database(name: str) -> Iterator[dict[str, str]]:
    """Give processes of their own a fresh copy too: yields their settings, and drops it after."""
    _copy_template(name)
    try:
        yield settings_for(CLUSTER, name)
    finally:
        with _lock(), _superuser("postgres") as connection:
            _drop(connection, name)


def _copy_template(database: str) -> None:
    with _lock(), _superuser("postgres") as connection:
        template = f"{TEMPLATE}_{os.environ.get('TEST_SOURCE_FINGERPRINT') or fingerprint()}"
        if not _exists(connection, template):
            for (old,) in connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATE]
            ).fetchall():
                _drop(connection, old)
            _create(connection, template + "_draft", "template1")
            _migrate(template + "_draft")
            connection.execute(_sql("ALTER DATABASE {} RENAME TO {}", template + "_draft", template))
        _drop(connection, database)
        _create(connection, database, template)


class Baseline:
    """A copy of every row, to return to."""

    def __init__(self) -> None:
        self._connection = _superuser(DATABASE)
        self._connection.execute("SET session_replication_role = replica")
        self._restore = self._copy()

    def restore(self) -> None:
        """Put every row back, and drop every organization that came since."""
        gone = self._connection.execute(
            "SELECT schema_name FROM organizations WHERE schema_name NOT IN"
            " (SELECT schema_name FROM baseline.public_organizations)"
        ).fetchall()
        for (schema,) in gone:
            self._connection.execute(_sql("DROP SCHEMA IF EXISTS {} CASCADE", schema))
            self._connection.execute(_sql("DROP ROLE IF EXISTS {}", schema))
        self._connection.execute(self._restore)

    def close(self) -> None:
        self._connection.close()

    def _copy(self) -> sql.Composed:
        self._connection.execute(_sql("DROP SCHEMA IF EXISTS {} CASCADE", BASELINE))
        self._connection.execute(_sql("CREATE SCHEMA {}", BASELINE))
        tables = self._connection.execute(
            "SELECT n.nspname, c.relname, (SELECT array_agg(attname::text) FROM pg_attribute AS a"
            "   WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')"
            " FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE relkind = 'r'"
            " AND (nspname = 'public' OR nspname IN (SELECT schema_name FROM organizations))"
            " AND relname NOT IN ('django_migrations', 'django_content_type', 'schema_template')"
        ).fetchall()
        statements = []
        for schema, table, columns in tables:
            table_name, kept = sql.Identifier(schema, table), sql.Identifier(BASELINE, f"{schema}_{table}")
            self._connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(kept, table_name))
            listed = sql.SQL(", ").join(map(sql.Identifier, columns))
            statements += [
                sql.SQL("DELETE FROM {}").format(table_name),
                sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}").format(
                    table_name, listed, listed, kept
                ),
            ]
        return sql.SQL(";\n").join([sql.SQL("BEGIN"), *statements, sql.SQL("COMMIT")])


def _superuser(database: str) -> psycopg.Connection:
    parameters = CLUSTER.superuser.connection_parameters() | {"dbname": database}
    return psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def superuser() -> psycopg.Connection:
    """Open a connection with every right, to this worker's database: for set-ups and for looking where no role of ours may."""
    return _superuser(DATABASE)


def _create(connection: psycopg.Connection, name: str, template: str) -> None:
    connection.execute(_sql("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, CLUSTER.owner.user))
    # Who may connect is no part of a template.
    connection.execute(_sql("REVOKE ALL ON DATABASE {} FROM PUBLIC", name))
    if template != "template1":
        connection.execute(_sql("GRANT CONNECT ON DATABASE {} TO {}, {}, {}", name, *shared_roles()))


def _drop(connection: psycopg.Connection, name: str) -> None:
    if not _exists(connection, name):
        return
    with _superuser(name) as inside:
        schemas = inside.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^org_[0-9a-f]{32}$'").fetchall()
    connection.execute(_sql("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
    for (role,) in schemas:
        connection.execute(_sql("DROP ROLE IF EXISTS {}", role))


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _migrate(database: str) -> None:
    environment = os.environ | settings_for(CLUSTER, database)
    subprocess.run([sys.executable, PROJECT / "manage.py", "migrate", "--quiet"], env=environment, check=True)


def fingerprint() -> str:
    """Name a state of the source. `make mutants` says it is the one before, where a mutant changes no database."""
    digest = hashlib.sha256()
    for package in product():
        for path in sorted((PROJECT / folder_of(package)).rglob("*")):
            if path.suffix in (".py", ".sql") and not is_own_test(path):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def roles_locked(*, alone: bool) -> Iterator[None]:
    """Share the server's roles with other runs, or have them to oneself while one is spoilt: nobody serves then."""
    with _lock("roles", fcntl.LOCK_EX if alone else fcntl.LOCK_SH):
        yield


@contextmanager
def _lock(name: str = "lock", how: int = fcntl.LOCK_EX) -> Iterator[None]:
    folder = PROJECT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{SERVER}.{name}").open("w") as file:
        fcntl.flock(file, how)
        yield


def _sql(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))
