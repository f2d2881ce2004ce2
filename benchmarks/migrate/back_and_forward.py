"""`manage.py migrate APP NAME` over a fleet, two migrations back and forward again: CPU of both sides, and every row compared."""

from __future__ import annotations

import argparse
import json
from typing import Any

import psycopg
from psycopg import sql
from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, progress_bar
from benchmarks.migrate.spending import Figures, settle, spent
from benchmarks.openers import Opener
from benchmarks.processes import PROJECT, BenchmarkError, python, run
from benchmarks.sides.workix import OPENING, Workix
from devserver.postgres.server import Cluster

TITLE = "Two migrations back, and forward again"
APPS = ("accounts", "audit", "quotas", "tenants")
#: As many people as an organization may have, each with a session; the trail gets an entry for each by its trigger.
_FILL = """
INSERT INTO {schema}.users
    (id, organization_id, email, password_hash, first_name, last_name, role, is_active, created_at, updated_at)
SELECT gen_random_uuid(), {id}, 'p' || n || '@o.example', 'x', 'P', 'Ü' || n, 'user', true, now(), now()
FROM generate_series(1, 4) AS n;
INSERT INTO {schema}.sessions
    (id, user_id, refresh_hash, expires_at, ip_address, user_agent, last_seen_at, created_at, updated_at)
SELECT gen_random_uuid(), id, 'x', now(), '192.0.2.1', 'curl', now(), now(), now() FROM {schema}.users;
"""
#: A roll-out's own ledgers, and the queue.
_OWN = ("django_migrations", "schema_template", "known_jobs", "procrastinate_workers")
_COLUMNS = """
SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attname)
FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> ALL (%s)
AND (n.nspname = 'public' OR n.nspname ~ '^org_[0-9a-f]{32}$')
GROUP BY 1, 2
"""

Name = tuple[str, str]
Row = dict[str, Any]


def main() -> None:
    options = _options()
    with throwaway_postgres() as (cluster, scratch), progress_bar() as bar:
        workix = Workix(cluster.owner, cluster.superuser, scratch)
        workix.set_up()
        with Opener(OPENING, workix.settings, workix.log) as opener:
            for each in bar.track(range(options.existing), description="opening organizations"):
                opener.call("open_workix", f"o-{each:05d}")
        with _connected(cluster) as connection:
            _fill(connection)
            settle(cluster)
            measured = [there_and_back(workix, cluster, connection, app) for app in APPS]
    table = Table(title=f"{TITLE}, {options.existing} organizations; CPU seconds of client and server")
    for column in ("app", "back", "forward", "rows compared"):
        table.add_column(column, justify="left" if column == "app" else "right")
    for each in measured:
        table.add_row(each["app"], f"{each['back']:.1f}", f"{each['forward']:.1f}", f"{each['rows']:,}")
    CONSOLE.print(table)


def there_and_back(workix: Workix, cluster: Cluster, connection: psycopg.Connection, app: str) -> Figures:
    """Go back and forward; compare what is in the columns that stayed.

    :raises BenchmarkError: when a row differs.
    """
    names = columns(connection)
    before = {table: rows(connection, table) for table in names}
    back = spent(cluster, lambda: _migrate(workix, app, before_newest_two(app)))
    stayed = columns(connection)
    forward = spent(cluster, lambda: _migrate(workix))
    if columns(connection) != names:
        raise BenchmarkError(f"{app}: the tables are not as they were")
    for table in names:
        kept = stayed.get(table, set())
        if in_columns(before[table], kept) != in_columns(rows(connection, table), kept):
            raise BenchmarkError(f"{app}: rows of {'.'.join(table)} are not as they were")
    return {"app": app, "back": _both(back), "forward": _both(forward), "rows": sum(map(len, before.values()))}


def before_newest_two(app: str) -> str:
    """Name the migration an app is taken back to."""
    return sorted(path.stem for path in (PROJECT / app / "migrations").glob("0*.py"))[-3]


def columns(connection: psycopg.Connection) -> dict[Name, set[str]]:
    """Name the columns of every table of `public` and of each organization."""
    return {(schema, table): set(listed) for schema, table, listed in connection.execute(_COLUMNS, [list(_OWN)])}


def rows(connection: psycopg.Connection, table: Name) -> list[Row]:
    """Read every row of a table."""
    named = sql.SQL("SELECT to_jsonb(t) FROM {} AS t").format(sql.Identifier(*table))
    return [row for (row,) in connection.execute(named)]


def in_columns(found: list[Row], kept: set[str]) -> list[str]:
    """Write of every row what is in these columns, in one order."""
    return sorted(json.dumps({name: row[name] for name in sorted(kept & row.keys())}) for row in found)


def _both(figures: Figures) -> float:
    return float(figures["client_s"] + figures["server_s"])


def _migrate(workix: Workix, *where: str) -> None:
    run(python("-W", "ignore", "manage.py", "migrate", *where, "--noinput", "--quiet"), workix.settings)


def _fill(connection: psycopg.Connection) -> None:
    for organization, schema in connection.execute("SELECT id, schema_name FROM organizations").fetchall():
        filled = sql.SQL(_FILL).format(schema=sql.Identifier(schema), id=sql.Literal(organization))
        connection.execute(filled)


def _connected(cluster: Cluster) -> psycopg.Connection:
    parameters = cluster.superuser.connection_parameters() | {"dbname": cluster.owner.name}
    return psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.migrate.back_and_forward", description=TITLE)
    parser.add_argument("--existing", type=int, default=200, metavar="N", help="organizations there (200)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
