"""Up to date: whether the catalogs, or what this release declares, changed since a `migrate` that found nothing to do."""

# Raw SQL: reads and comments on the catalogs, as the owner.

# Note [Nothing to do]
# To look at each of a thousand schemas takes seconds, and each container of a deployment runs `migrate` when it starts. So a
# run that found nothing to do says in a comment on the schema template of which release it was, and which transaction was
# the oldest that was not over when it began. Whoever changes a table, a trigger, a grant or a policy afterwards writes a row of
# a catalog that is newer, or takes one away: where none is newer and there are as many, nothing is there to be found. A
# row that was written before and committed later is newer, too: it is no older than the oldest that was not over.
# In another database, or on another server, transactions have other numbers: nothing is believed that was said elsewhere.
#
# What people may write without the catalogs noticing is looked at each time (roles and their passwords), or where
# `manage.py migrate_schemas` is run, which believes no comment: rows of django_migrations that somebody edited by hand.

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import django
import psycopg
from django.apps import apps
from django.conf import settings
from psycopg import sql

from tenants.schema.template import NIL_ROLE
from workix.config.keyed_hash import keyed_hash

CATALOGS = (
    *("pg_namespace", "pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_trigger", "pg_proc", "pg_type"),
    *("pg_policy", "pg_default_acl", "pg_database", "pg_language", "pg_parameter_acl"),
)
#: After so many transactions the age of a row is not told apart from that of a newer one for certain.
LONG_AGO = 2**30

_HERE = """
    SELECT system_identifier::text || ' ' || (SELECT oid FROM pg_database WHERE datname = current_database()),
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM pg_control_system()"""
# The oldest is asked for its age once, and not for each of some millions of rows.
_EACH = """SELECT count(*) AS there, count(*) FILTER (WHERE age(xmin) <= (SELECT age(%(oldest)s::text::xid))) AS newer FROM {}"""
_CATALOGS = sql.SQL("SELECT sum(there)::bigint, sum(newer)::bigint FROM ({}) AS each").format(
    sql.SQL(" UNION ALL ").join([sql.SQL(_EACH).format(sql.Identifier("pg_catalog", name)) for name in CATALOGS])
)
_KEPT = "SELECT obj_description(to_regnamespace(%s), 'pg_namespace')"


@dataclass(frozen=True, slots=True)
class Looked:
    """When everything was looked at: the state of the catalogs, and what it was compared with."""

    release: str
    #: The server's own identifier, and the database's.
    database: str
    #: The oldest transaction that was not over (xid8).
    oldest: int
    #: How many rows the catalogs have.
    rows: int
    #: Whether pg_catalog was closed to tenant roles before, by a superuser: what closes it is in the same catalogs.
    hardened: bool = False


def look(connection: psycopg.Connection) -> Looked:
    """Say what the catalogs are like before somebody looks closely."""
    database, oldest = _here(connection)
    rows, _ = _counted(connection, oldest)
    return Looked(release(), database, oldest, rows)


def is_unchanged(connection: psycopg.Connection, since: Looked | None) -> bool:
    """Say whether nothing changed since then. See Note [Nothing to do]."""
    if since is None or since.release != release():
        return False
    database, oldest = _here(connection)
    if not database or database != since.database or not 0 <= oldest - since.oldest < LONG_AGO:
        return False
    return _counted(connection, since.oldest) == (since.rows, 0)


def remember(connection: psycopg.Connection, looked: Looked) -> None:
    """Keep it for the next run, in a comment on the schema template."""
    schema, text = sql.Identifier(NIL_ROLE.schema), sql.Literal(json.dumps(asdict(looked)))
    connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(schema, text))


def forget(connection: psycopg.Connection) -> None:
    """Have the next run look."""
    connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS NULL").format(sql.Identifier(NIL_ROLE.schema)))


def last_time(connection: psycopg.Connection) -> Looked | None:
    """Return what was kept, if anything was."""
    row = connection.execute(_KEPT, [NIL_ROLE.schema]).fetchone()
    try:
        return Looked(**json.loads(row[0])) if row and row[0] else None
    except (TypeError, ValueError):  # somebody else's comment
        return None


@cache
def release() -> str:
    """Digest (SHA-256, keyed with the master secret) of everything the installed apps are made of, and of their settings."""
    digest = hashlib.sha256(django.__version__.encode())
    for folder in (settings.BASE_DIR / "workix", *(Path(app.path) for app in apps.get_app_configs())):
        for path in _sources(folder):
            digest.update(path.read_bytes())
    return keyed_hash("release", digest.hexdigest())


def _sources(folder: Path) -> Iterator[Path]:
    """List Python and SQL below a folder, its tests left out, in an order that is the same everywhere."""
    for here, inner, names in os.walk(folder):  # a quarter of what Path.rglob() takes
        inner[:] = sorted(name for name in inner if name not in ("tests", "__pycache__"))
        yield from (Path(here, name) for name in sorted(names) if name.endswith((".py", ".sql")))


def _here(connection: psycopg.Connection) -> tuple[str, int]:
    """Return which database this is, "" where the server does not say it, and the oldest transaction that is not over."""
    try:
        row = connection.execute(_HERE).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        row = None
    return (str(row[0]), int(row[1])) if row else ("", 0)


def _counted(connection: psycopg.Connection, oldest: int) -> tuple[int, int]:
    row = connection.execute(_CATALOGS, {"oldest": str(oldest % 2**32)}).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)
