"""A migrated database for each worker, and putting it back as it was after each test."""

# Note [Real connections, committed data]
# Isolation is made of log-ins, so tests log in: every request of a test commits as its organization's own role.
# Instead of rolling back, the rows of the cast's organizations are put back from a copy, as the superuser and without
# triggers, and what a test opened is dropped.
# Most tests change few tables. A table is put back where its rows are not as many, or one of them was written by a transaction
# that the snapshot after the last time does not see; so one that commits late is noticed by the next.

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from tenants.isolation.database_roles import shared_roles
from tenants.plans import SHARES, Plan
from tests.environment import CLUSTER, DATABASE, PROJECT, SERVER, TEMPLATE, settings_for
from tools.packages import folder_of, is_own_test, product

BASELINE = "baseline"
_OF_ANOTHER_PLAN = (
    "SELECT rolname FROM organizations JOIN pg_roles ON rolname = schema_name WHERE rolconnlimit <> %s ORDER BY rolname"
)


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
        self._copy()
        self._restored = self._snapshot()

    def restore(self) -> None:
        """Put every row back, and drop every organization that came since."""
        gone = self._connection.execute(
            "SELECT schema_name FROM organizations WHERE schema_name NOT IN"
            " (SELECT schema_name FROM baseline.public_organizations)"
        ).fetchall()
        for (schema,) in gone:
            self._connection.execute(_sql("DROP SCHEMA IF EXISTS {} CASCADE", schema))
            self._connection.execute(_sql("DROP ROLE IF EXISTS {}", schema))
        self._connection.execute("SELECT baseline.restore(%s)", [self._restored])
        self._share_out()
        self._restored = self._snapshot()

    def close(self) -> None:
        self._connection.close()

    def _share_out(self) -> None:
        """Give the role of whoever changed their plan in a test the share of the smallest one again."""
        share = SHARES[Plan.FREE]
        changed = self._connection.execute(_OF_ANOTHER_PLAN, [share.connections]).fetchall()
        for (role,) in changed:
            self._connection.execute(_sql(f"ALTER ROLE {{}} CONNECTION LIMIT {share.connections}", role))
            for name, value in {**share.settings(), "temp_file_limit": share.temp_file_limit}.items():
                self._connection.execute(_sql(f"ALTER ROLE {{}} SET {name} = '{value}'", role))

    def _snapshot(self) -> str:
        return str(self._connection.execute("SELECT pg_current_snapshot()::text").fetchone()[0])  # type: ignore[index]

    def _copy(self) -> None:
        self._connection.execute(_sql("DROP SCHEMA IF EXISTS {} CASCADE", BASELINE))
        self._connection.execute(_sql("CREATE SCHEMA {}", BASELINE))
        tables = self._connection.execute(
            "SELECT n.nspname, c.relname, (SELECT array_agg(attname::text) FROM pg_attribute AS a"
            "   WHERE a.attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '')"
            " FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace WHERE relkind = 'r'"
            " AND (nspname = 'public' OR nspname IN (SELECT schema_name FROM organizations))"
            " AND relname NOT IN ('django_migrations', 'django_content_type', 'schema_template')"
        ).fetchall()
        body = sql.SQL("\n").join([self._put_back(*table) for table in tables])
        self._connection.execute(
            sql.SQL(
                "CREATE FUNCTION baseline.restore(seen pg_snapshot) RETURNS void LANGUAGE plpgsql AS $$ BEGIN {} END $$"
            ).format(body)
        )

    def _put_back(self, schema: str, table: str, columns: list[str]) -> sql.Composed:
        names = {"table": sql.Identifier(schema, table), "kept": sql.Identifier(BASELINE, f"{schema}_{table}")}
        self._connection.execute(sql.SQL("CREATE TABLE {kept} AS TABLE {table}").format(**names))
        return sql.SQL(
            "IF (SELECT count(*) <> (SELECT count(*) FROM {kept})"
            " OR NOT bool_and(pg_visible_in_snapshot(xmin::text::xid8, seen)) FROM {table}) THEN"
            " DELETE FROM {table};"
            " INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {kept};"
            " END IF;"
        ).format(columns=sql.SQL(", ").join(map(sql.Identifier, columns)), **names)


def _superuser(database: str) -> psycopg.Connection:
    parameters = CLUSTER.superuser.connection_parameters() | {"dbname": database, "connect_timeout": "60"}
    return psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def superuser() -> psycopg.Connection:
    """Open a connection with every right, to this worker's database: for set-ups and for looking where no role of ours may."""
    return _superuser(DATABASE)


_KEPT: list[psycopg.Connection] = []
_KEPT_BY_ONE = threading.Lock()


@contextmanager
def kept_superuser() -> Iterator[psycopg.Connection]:
    """Borrow a connection like `superuser()` that stays open, since to open one costs more than most statements do."""
    if not _KEPT_BY_ONE.acquire(blocking=False):  # at the same moment there is one for each
        with superuser() as connection:
            yield connection
        return
    try:
        if not _KEPT or _KEPT[0].closed:
            _KEPT[:] = [superuser()]
            _KEPT[0].prepare_threshold = None  # the same words mean another table in another schema
        yield _KEPT[0]
    finally:
        _KEPT_BY_ONE.release()


@atexit.register
def _close_kept() -> None:
    for connection in _KEPT:
        connection.close()


def _create(connection: psycopg.Connection, name: str, template: str) -> None:
    connection.execute(_sql("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, CLUSTER.owner.user))
    # Who may connect is no part of a template.
    connection.execute(_sql("REVOKE ALL ON DATABASE {} FROM PUBLIC", name))
    if template != "template1":
        connection.execute(_sql("GRANT CONNECT ON DATABASE {} TO {}, {}, {}, {}", name, *shared_roles()))


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
