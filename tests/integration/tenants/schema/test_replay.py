"""Replaying migrations: alike schemas get the SQL Django executed in two of them, and whatever can't be replayed runs as ever."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from accounts.signup import FirstAdmin, open_with_admin
from tenants.isolation import owner
from tenants.isolation.drift import find_schema_drift
from tenants.models import Organization
from tenants.schema import template
from tenants.schema.catalog import describe
from tenants.schema.rollout import Outcome, organizations, roll_out
from tests.cast import PASSWORD, Cast
from tests.database import superuser

pytestmark = [pytest.mark.fault("G3"), pytest.mark.requirement("S24")]

#: The migration that waits, the newest of people's, with other operations in it; and one that some lack besides.
((_, NEWEST),) = MigrationLoader(None).graph.leaf_nodes("accounts")
WAITING = import_module(f"accounts.migrations.{NEWEST}").Migration
((_, NEWEST_OF_THE_TRAIL),) = MigrationLoader(None).graph.leaf_nodes("audit")
BESIDES = import_module(f"audit.migrations.{NEWEST_OF_THE_TRAIL}").Migration

Opened = list[Organization]


@pytest.fixture
def four(acme: Cast, globex: Cast) -> Opened:
    """Open four organizations that lack a migration."""
    hashed = make_password(PASSWORD)
    opened = [
        open_with_admin(name=slug, slug=slug, admin=FirstAdmin(f"a@{slug}.example", hashed))
        for slug in ("initech", "hooli", "umbrella", "soylent")
    ]
    for each in opened:
        lacks(each, NEWEST)
    return opened


@pytest.fixture
def by_django(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the schemas that Django's executor migrates."""
    asked: list[str] = []
    migrate = MigrationExecutor.migrate

    def counted(self: MigrationExecutor, *arguments: Any, **options: Any) -> Any:
        asked.append(self.connection.schema_name)  # type: ignore[attr-defined]  # our own backend
        return migrate(self, *arguments, **options)

    monkeypatch.setattr(MigrationExecutor, "migrate", counted)
    return asked


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Any:
    def with_operations(*operations: Any, **attributes: Any) -> None:
        monkeypatch.setattr(WAITING, "operations", list(operations))
        for name, value in attributes.items():
            monkeypatch.setattr(WAITING, name, value, raising=False)

    return with_operations


def lacks(organization: Organization, migration: str) -> None:
    in_schema(organization, f"DELETE FROM django_migrations WHERE name = '{migration}'")  # noqa: S608  # a name of ours


def in_schema(organization: Organization, statement: str) -> list[tuple[Any, ...]]:
    with superuser() as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(sql.SQL("SET search_path = {}, public").format(sql.Identifier(organization.schema_name)))
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def looks(organization: Organization) -> tuple[list[str], tuple[str, ...]]:
    """Tell all the catalogs say of a schema, written for the nil organization, and its migrations in their order."""
    with owner.connect() as connection:
        shape = describe(connection, organization.schema_name)
    return [template.for_nil(text, organization.id) for text in shape.statements], shape.rows


def schemas(opened: Opened) -> list[str]:
    return [each.schema_name for each in opened]


def outcomes_of(opened: Opened, outcomes: list[Outcome]) -> list[Outcome]:
    return [each for each in outcomes if each.schema in schemas(opened)]


ADDED = migrations.AddField("User", "nickname", models.CharField(max_length=20, db_default="50%'s"))
NARROWED = migrations.AlterField("User", "first_name", models.CharField(max_length=80, default="nobody"))
BADGE = migrations.CreateModel(
    "Badge",
    [("id", models.UUIDField(primary_key=True)), ("holder", models.ForeignKey("accounts.User", models.CASCADE))],
    options={"db_table": "badges"},
)


def test_what_two_were_given_by_django_the_others_are_given_as_sql(
    four: Opened, by_django: list[str], waits: Any
) -> None:
    """Columns, an index, and a foreign key, which Django makes when the other operations are done."""
    waits(ADDED, NARROWED, migrations.AddIndex("User", models.Index(fields=["nickname"], name="user_by_nick")), BADGE)
    assert outcomes_of(four, roll_out()) == [Outcome(schema, migrated=True) for schema in schemas(four)]
    assert by_django == schemas(four)[:2]
    first, *others = map(looks, four)
    assert others == [first] * 3
    assert [text.count("nickname") for text in first[0] if "users_pkey" in text or "user_by_nick" in text] == [1, 1]
    assert ["DEFERRABLE INITIALLY DEFERRED" in text for text in first[0] if "badges" in text and "FOREIGN" in text] == [
        True
    ]
    with owner.connect() as connection:
        assert find_schema_drift(connection, organizations()) == {}


def test_each_starts_from_where_it_is(
    four: Opened, by_django: list[str], waits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three lack one migration, and one lacks two."""
    lacks(four[1], NEWEST_OF_THE_TRAIL)
    monkeypatch.setattr(BESIDES, "operations", [])
    waits(ADDED)
    roll_out()
    assert sorted(by_django) == sorted(schemas(four)[:3])
    first, *others = ((statements, len(rows[0])) for statements, rows in map(looks, four))
    assert others == [first] * 3


def test_one_that_looks_otherwise_is_migrated_by_django(four: Opened, by_django: list[str], waits: Any) -> None:
    """Its constraint has another name, by which Django finds and drops it, and a replay would not."""
    for each in four:
        in_schema(each, "ALTER TABLE users ADD CONSTRAINT first_names UNIQUE (first_name)")
    in_schema(four[3], "ALTER TABLE users RENAME CONSTRAINT first_names TO made_by_hand")
    unique = models.CharField(max_length=150, unique=True)
    waits(_once_unique(unique), NARROWED)
    roll_out()
    assert by_django == [*schemas(four)[:2], four[3].schema_name]
    constraint = "SELECT conname FROM pg_constraint WHERE conrelid = 'users'::regclass AND contype = 'u'"
    assert [in_schema(each, constraint) for each in four] == [[]] * 4


def _once_unique(field: models.Field[Any, Any]) -> migrations.SeparateDatabaseAndState:
    return migrations.SeparateDatabaseAndState(state_operations=[migrations.AlterField("User", "first_name", field)])


def test_one_that_fails_stops_nobody_and_says_what_django_met(four: Opened, by_django: list[str], waits: Any) -> None:
    """A row in the way, of which no catalog tells."""
    in_schema(four[2], "UPDATE users SET last_name = 'in the way'")
    waits(ADDED, migrations.RunSQL("ALTER TABLE users ADD CONSTRAINT free CHECK (last_name <> 'in the way')"))
    broken = four[2].schema_name
    said = 'check constraint "free" of relation "users" is violated by some row'
    assert outcomes_of(four, roll_out()) == [
        Outcome(each, migrated=each != broken, error=said if each == broken else "") for each in schemas(four)
    ]
    assert by_django == schemas(four)[:3]
    in_schema(four[2], "UPDATE users SET last_name = ''")
    assert outcomes_of(four, roll_out()) == [Outcome(each, migrated=each == broken) for each in schemas(four)]
    first, *others = map(looks, four)
    assert others == [first] * 3


def _name_after_rows(apps: Any, editor: Any) -> None:
    first = apps.get_model("accounts", "User").objects.values_list("email", flat=True).get()
    editor.execute(f"COMMENT ON TABLE users IS '{first}'")


NAMED = migrations.RunPython(_name_after_rows, migrations.RunPython.noop)


@pytest.mark.parametrize(
    "operation", [NAMED, migrations.SeparateDatabaseAndState([NAMED])], ids=["alone", "inside another"]
)
def test_what_python_does_it_does_in_each(four: Opened, by_django: list[str], waits: Any, operation: Any) -> None:
    waits(ADDED, operation)
    roll_out()
    assert by_django == schemas(four)
    comments = [in_schema(each, "SELECT obj_description('users'::regclass)") for each in four]
    assert comments == [[(f"a@{each.slug}.example",)] for each in four]


def test_what_has_no_transaction_runs_without_one_in_each(four: Opened, by_django: list[str], waits: Any) -> None:
    waits(migrations.RunSQL("CREATE INDEX CONCURRENTLY user_by_first ON users (first_name)"), atomic=False)
    roll_out()
    assert by_django == schemas(four)
    first, *others = map(looks, four)
    assert (others, [text for text in first[0] if "user_by_first " in text]) == (
        [first] * 3,
        ["CREATE INDEX user_by_first ON users USING btree (first_name)"],
    )


def test_a_value_that_is_drawn_is_drawn_for_each(four: Opened, by_django: list[str], waits: Any) -> None:
    """One organization's must not be another's."""
    drawn = models.CharField(max_length=50, default=lambda: f"number {len(by_django)}")
    waits(migrations.AddField("User", "drawn", drawn))
    roll_out()
    assert [in_schema(each, "SELECT drawn FROM users") for each in four] == [
        [(f"number {number}",)] for number in range(1, 5)
    ]


def test_a_second_run_finishes_what_an_interrupted_one_left(four: Opened, by_django: list[str], waits: Any) -> None:
    waits(ADDED)

    def interrupt(outcome: Outcome) -> None:
        if outcome.schema == four[2].schema_name:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        roll_out(interrupt)
    assert by_django == schemas(four)[:2]
    assert outcomes_of(four, roll_out()) == [
        Outcome(each.schema_name, migrated=number > 2) for number, each in enumerate(four)
    ]
    first, *others = map(looks, four)
    assert others == [first] * 3
