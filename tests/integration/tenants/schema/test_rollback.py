"""Going back: every migration is taken back in public, the template and every organization, over rows, and applied again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from tenants.isolation.drift import find_drift
from tenants.schema.rollout import organizations
from tenants.schema.template import NIL_ROLE
from tests.acts import rows
from tests.cast import Cast
from tests.database import roles_locked, superuser
from workix.core.apps import foundation_apps

pytestmark = [pytest.mark.fault("C3"), pytest.mark.requirement("S27")]

LABELS = {app.label for app in foundation_apps()}
LOADER = MigrationLoader(None)
MIGRATIONS = sorted(key for key in LOADER.graph.nodes if key[0] in LABELS)
LIST_OF_ORGANIZATIONS = ("tenants", "0001_initial")
#: What a roll-out writes by itself: its ledger, and what it counts anew of rows that are gone.
OWN_LEDGER = ("django_migrations", "schema_template", "known_jobs", "failed_roll_outs")
COUNTED = {"quotas": ["used"]}

_VALUES = {
    "uuid": "gen_random_uuid()", "timestamp with time zone": "now()", "date": "now()", "jsonb": "'{}'", "boolean": "false",
    "bytea": "'x'", "integer": "1", "smallint": "1", "bigint": "1", "double precision": "1",
}  # fmt: skip

#: What a check asks for.
_NAMED = {
    "role": "'user'",
    "status": "'pending'",
    "kind": "'totp'",
    "mode": "'sandbox'",
    "default_role": "'user'",
    "protocol": "'oidc'",
    "erasures.status": "'scheduled'",
}

Column = tuple[int, int]
Data = dict[int, list[dict[str, Any]]]


@pytest.fixture
def schemas(acme: Cast, globex: Cast) -> Iterator[list[str]]:
    """Yield every schema, no table in it empty; afterwards everything is migrated."""
    with roles_locked(alone=True):
        found = [NIL_ROLE.schema, acme.organization.schema_name, globex.organization.schema_name, "public"]
        with superuser() as connection:
            connection.execute("SET session_replication_role = replica")
            for schema in found:
                _fill(connection, schema)
        yield found
        call_command("migrate", "--quiet")


def run(*arguments: str) -> list[str]:
    said = StringIO()
    call_command("migrate", *arguments, stdout=said, verbosity=0)
    return said.getvalue().splitlines()


def before(migration: tuple[str, str]) -> str:
    """Name where one goes to be before `migration`."""
    parents = LOADER.graph.node_map[migration].parents
    return next((parent.key[1] for parent in parents if parent.key[0] == migration[0]), "zero")


def counted(schemas: list[str], migration: tuple[str, str]) -> list[str]:
    """List the schemas that count this migration as applied."""
    with superuser() as connection:
        statement = sql.SQL("SELECT count(*) FROM {} WHERE (app, name) = (%s, %s)")
        return [
            schema
            for schema in schemas
            if connection.execute(statement.format(_table(schema)), migration).fetchone() == (1,)
        ]


def columns(schemas: list[str]) -> dict[Column, str]:
    """Name every column by its table's OID and its number: both stay when it is renamed, not when it is made anew."""
    with superuser() as connection:
        found = connection.execute(
            "SELECT attrelid::bigint, attnum, relname::text, attname::text"
            " FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid"
            " WHERE relkind = 'r' AND relnamespace::regnamespace::text = ANY (%s) AND attnum > 0 AND NOT attisdropped"
            " AND relname <> ALL (%s) AND NOT starts_with(relname, 'procrastinate_')",
            [schemas, list(OWN_LEDGER)],
        ).fetchall()
    return {(oid, number): name for oid, number, table, name in found if name not in COUNTED.get(table, ())}


def data(schemas: list[str]) -> Data:
    """Read every row of every table, by the OID of the table."""
    with superuser() as connection:
        connection.execute("SET search_path = pg_catalog")  # so that every name comes out qualified
        return {
            oid: [row for (row,) in connection.execute(f"SELECT to_jsonb(t) FROM {table} AS t")]
            for oid, table in connection.execute(
                "SELECT DISTINCT c, c::regclass::text FROM unnest(%s::bigint[]) AS c",
                [[oid for oid, _ in columns(schemas)]],
            ).fetchall()
        }


def of_columns(rows_of: Data, wanted: dict[Column, str]) -> dict[int, list[str]]:
    """Keep of every row what is in these columns."""
    names: dict[int, set[str]] = {}
    for (oid, _), name in wanted.items():
        names.setdefault(oid, set()).add(name)
    return {
        oid: sorted(json.dumps({name: row[name] for name in sorted(listed)}) for row in rows_of[oid])
        for oid, listed in names.items()
    }


def _fill(connection: psycopg.Connection, schema: str) -> None:
    """Put a row into each table that has none."""
    tables: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = %s AND is_generated = 'NEVER' AND column_default IS NULL"
        " AND is_identity = 'NO' AND is_nullable = 'NO' AND table_type = 'BASE TABLE'"
        " AND NOT starts_with(table_name, 'procrastinate_')",
        [schema],
    ):
        tables.setdefault(table, []).append((column, kind))
    for table, columns in tables.items():
        where = sql.Identifier(schema, table)
        if not connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(where)).fetchone():
            values = sql.SQL(", ").join(sql.SQL(_value_of(table, name, kind)) for name, kind in columns)
            listed = sql.SQL(", ").join(sql.Identifier(column) for column, _ in columns)
            connection.execute(sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(where, listed, values))


def _value_of(table: str, name: str, kind: str) -> str:
    return _NAMED.get(f"{table}.{name}") or _NAMED.get(name) or _VALUES.get(kind, "'x'")


def _table(schema: str) -> sql.Identifier:
    return sql.Identifier(schema, "django_migrations")


def level(migration: tuple[str, str]) -> int:
    """Count how many migrations stand on this one, on the longest way to a newest."""
    return max(
        (1 + level(each.key) for each in LOADER.graph.node_map[migration].children if each.key in MIGRATIONS), default=0
    )


LEVELS: dict[int, list[tuple[str, str]]] = {}
for _each in MIGRATIONS:
    if _each != LIST_OF_ORGANIZATIONS:
        LEVELS.setdefault(level(_each), []).append(_each)
NEWEST_FIRST = [LEVELS[number] for number in sorted(LEVELS)]
#: How many levels go back before all goes forward.
DEPTH = 5


# Going forward costs the most, and takes all there is: each migration goes back by itself, the newest first, and those of some
# levels go forward in one roll-out. (One alone, in a schema of its own, there and back: tests/house/apps/test_migrations.py.)
@pytest.mark.parametrize("first", range(0, len(NEWEST_FIRST), DEPTH))
def test_each_migration_goes_back_everywhere_and_forward_again(first: int, schemas: list[str]) -> None:
    migrations = [each for found in NEWEST_FIRST[first : first + DEPTH] for each in found]
    names, rows_before = columns(schemas), data(schemas)
    assert [] not in rows_before.values()
    for migration in migrations:
        assert counted(schemas, migration) == schemas
        run(migration[0], before(migration), "--noinput")
        assert counted(schemas, migration) == []
    kept = {column: names[column] for column in names.keys() & columns(schemas).keys()}
    run()
    assert [counted(schemas, migration) for migration in migrations] == [schemas] * len(migrations)
    assert of_columns(data(schemas), kept) == of_columns(rows_before, kept)
    assert find_drift(organizations()).drifts == ()


AUDIT = "audit.0002_rename_entry_to_log_entry"
STEPS = [".".join(key) for key in LOADER.graph.backwards_plan(("audit", AUDIT.partition(".")[2]))]


SECOND = import_module("audit.migrations.0002_rename_entry_to_log_entry")
#: What the column `source` was named.
FORMER = SECOND.SOURCE_AS_BEFORE[-1].rpartition(" ")[2]


def source_of(cast: Cast) -> list[str]:
    """Tell by which name a trail has the column."""
    named = (
        "SELECT attname::text FROM pg_attribute WHERE attrelid = 'audit_logs'::regclass AND attname = ANY (%(names)s)"
    )
    return [name for (name,) in rows(named, cast, names=[FORMER, "source"])]


def test_the_plan_is_shown_first_and_nothing_is_done_without_a_yes(
    schemas: list[str], acme: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = f"4 schemas ({', '.join(schemas[:3])}, …) take back: {', '.join(STEPS)}"
    assert run("audit", "0001", "--plan") == [shown]
    for answer in ("", "no", "y"):
        monkeypatch.setattr("builtins.input", lambda _question, answer=answer: answer)
        with pytest.raises(CommandError, match="Not confirmed: nothing was changed"):
            run("audit", "0001")
    assert (counted(schemas, ("api", "0001_initial")), source_of(acme)) == (schemas, ["source"])
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    assert run("audit", "0001")[1:] == [
        *(f"{number}/4 {schema}: taken back" for number, schema in enumerate(schemas, 1)),
        "4 schemas, 4 taken back.",
    ]
    assert source_of(acme) == [FORMER]
    assert run("audit", "0001") == ["Nothing to take back. Forward it goes with `manage.py migrate` alone."]


def test_it_speaks_json(schemas: list[str]) -> None:
    plan, *outcomes = map(json.loads, run("audit", "0001", "--yes", "--json"))
    assert plan == {"target": ["audit", "0001_initial"], "plan": dict.fromkeys(schemas, STEPS)}
    assert outcomes == [{"schema": schema, "migrated": True, "error": ""} for schema in schemas]
    forward = list(map(json.loads, run("--json")))
    assert forward == [{"schema": schema, "migrated": True, "error": ""} for schema in schemas[1:3]]


def test_one_that_can_not_go_back_stays_whole_keeps_public_and_a_second_run_finishes(
    schemas: list[str], acme: Cast
) -> None:
    """What is in the way stops the second step: the first is undone with it."""
    broken = acme.organization.schema_name
    rows(f"ALTER TABLE audit_logs ADD COLUMN {FORMER} boolean", acme)
    before_it = data([broken])
    with pytest.raises(CommandError) as caught:
        run("audit", "zero", "--noinput")
    assert str(caught.value).splitlines() == [
        f'{broken}: column "{FORMER}" of relation "audit_logs" already exists',
        "public: It waits for the 1 that could not go back.",
    ]
    assert (data([broken]), counted(schemas, ("api", "0001_initial"))) == (before_it, [broken, "public"])
    rows(f"ALTER TABLE audit_logs DROP COLUMN {FORMER}", acme)
    assert run("audit", "zero", "--noinput")[-1] == "2 schemas, 2 taken back."
    assert counted(schemas, ("audit", "0001_initial")) == []


def test_without_the_list_of_organizations_nobody_would_know_whose_schemas_are_whose(schemas: list[str]) -> None:
    with pytest.raises(CommandError, match="This drops the list of organizations, of which there are 2"):
        run("tenants", "zero", "--noinput")
    assert counted(schemas, LIST_OF_ORGANIZATIONS) == schemas


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", "zero"), "There is no app 'nowhere' with migrations."),
        (("audit", "0099"), "No migration of audit begins with '0099'."),
        (("audit", "0"), "More than one migration of audit begins with '0'."),
        (("audit",), "Name the migration of audit to go back to, or zero. Forward everything goes."),
        (("--plan",), "--plan is for going back: name an app and a migration."),
    ],
)
def test_what_there_is_not_is_refused_in_a_sentence(arguments: tuple[str, ...], said: str, database: None) -> None:
    with pytest.raises(CommandError) as caught:
        run(*arguments, "--noinput")
    assert str(caught.value) == said


def test_what_has_no_way_back_is_refused_before_anything_changes(
    schemas: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SECOND.Migration, "operations", [*SECOND.Migration.operations, RunSQL("SELECT 1")])
    with pytest.raises(CommandError, match=f"{AUDIT} can't be taken back"):
        run("audit", "zero", "--noinput")
    assert counted(schemas, ("api", "0001_initial")) == schemas
