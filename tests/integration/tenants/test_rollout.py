"""Migrating everybody: who is behind catches up, one who is broken stops nobody, and drift is repaired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from accounts.models import User
from accounts.signup import FirstAdmin, open_with_admin
from tenants.isolation import owner
from tenants.isolation.database_roles import DatabaseRole, RoleKind
from tenants.isolation.drift import find_schema_drift
from tenants.models import Organization
from tenants.schema import template
from tenants.schema.catalog import Shape, describe
from tenants.schema.replay import migrate_schema
from tenants.schema.rollout import Outcome, organizations, roll_out
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import PASSWORD, Cast
from tests.database import roles_locked, superuser
from workix.core.current import Actor, Current


@pytest.fixture
def opened(acme: Cast, globex: Cast) -> Callable[[str], Organization]:
    def open_one(slug: str) -> Organization:
        return open_with_admin(name=slug, slug=slug, admin=FirstAdmin(f"a@{slug}.example", make_password(PASSWORD)))

    return open_one


def behind(organization: Organization, *, clash: bool = False) -> None:
    """Put a schema back to before the trail was made; with `clash`, so that making it must fail."""
    inside = sql.Identifier(organization.schema_name)
    with superuser() as connection:
        connection.execute(sql.SQL("DELETE FROM {}.django_migrations WHERE app IN ('audit', 'api')").format(inside))
        if not clash:
            for table in (
                "audit_logs",
                "audit_leaves",
                "audit_subtrees",
                "audit_checkpoints",
                "audit_prunings",
                "idempotency_keys",
            ):
                connection.execute(sql.SQL("DROP TABLE {}.{}").format(inside, sql.Identifier(table)))


def shape(organization: Organization) -> Shape:
    """Describe a schema, with its id written as the template's, and without when it was migrated."""
    with owner.connect() as connection:
        found = describe(connection, organization.schema_name)
    texts = [text.replace(str(organization.id), str(template.NIL)) for text in found.statements]
    return Shape(found.tables, tuple(sorted(texts)), ())


def outcome_of(outcomes: list[Outcome], organization: Organization) -> Outcome:
    (found,) = [each for each in outcomes if each.schema == organization.schema_name]
    return found


@pytest.mark.requirement("S24")
def test_an_organization_that_is_behind_catches_up(opened: Callable[[str], Organization]) -> None:
    late, model = opened("late"), opened("model")
    behind(late)
    outcomes = roll_out()
    assert outcome_of(outcomes, late) == Outcome(late.schema_name, migrated=True)
    assert {each.migrated for each in outcomes if each.schema != late.schema_name} == {False}
    assert shape(late) == shape(model)
    with use_tenant(late):
        assert User.objects.count() == 1


@pytest.mark.requirement("S27")
@pytest.mark.fault("D1")
def test_the_trail_goes_back_to_the_trigger_of_the_release_before_and_forward(
    opened: Callable[[str], Organization],
) -> None:
    """Wherever a schema is between two releases, a changed row is one entry, in the name of who is signed."""
    made = opened("initech")
    whole, named = shape(made), []
    back = {"without runs": "0008_words_without_ids", "back": "0002_rename_entry_to_log_entry"}
    for step in ("before", *back, "forward"):
        if step in back:
            with owner.acting_as_owner(made.schema_name):
                MigrationExecutor(connection).migrate([("audit", back[step])])
        elif step == "forward":
            assert outcome_of(roll_out(), made) == Outcome(made.schema_name, migrated=True)
        with use_tenant(made), Current.scoped(actor=Actor("person", label="alice")), transaction.atomic():
            assert User.objects.update(last_name=step) == 1
        triggers = (
            "SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'users'::regclass AND tgname ~ '^audit' ORDER BY 1"
        )
        with superuser() as behind_it:
            behind_it.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(made.schema_name)))
            named.append([name for (name,) in behind_it.execute(triggers)])
    assert named == [["audit_delete", "audit_insert", "audit_update"], named[0], ["audit_row_change"], named[0]]
    assert shape(made) == whole
    entries = f"SELECT actor_label, changes -> 'last_name', resource_label FROM {made.schema_name}.audit_logs"
    assert rows(f"{entries} WHERE action = 'user.updated' ORDER BY created_at") == [
        ("alice", ["", "before"], ""),  # its name went with the column
        ("alice", ["before", "without runs"], ""),
        ("alice", ["without runs", "back"], ""),
        ("alice", ["back", "forward"], "a@initech.example"),
    ]


@pytest.mark.requirement("S24")
def test_a_second_rollout_finds_nothing_to_do(opened: Callable[[str], Organization]) -> None:
    late = opened("late")
    behind(late)
    roll_out()
    seen: list[Outcome] = []
    outcomes = roll_out(on_each=seen.append)
    assert (outcomes, {(each.migrated, each.error) for each in outcomes}) == (seen, {(False, "")})
    assert len(outcomes) == len(organizations()) == 3


def test_a_broken_organization_does_not_stop_the_others(opened: Callable[[str], Organization]) -> None:
    first, broken, last = opened("first"), opened("broken"), opened("last")
    for each in (first, last):
        behind(each)
    behind(broken, clash=True)
    outcomes = roll_out()
    assert [outcome_of(outcomes, each).migrated for each in (first, broken, last)] == [True, False, True]
    assert outcome_of(outcomes, broken).error == 'relation "audit_logs" already exists'
    assert [each.schema for each in outcomes if each.error] == [broken.schema_name]
    failed = "SELECT organization_id FROM failed_roll_outs"
    assert rows(failed) == [(broken.id,)]
    roll_out(among=[last])
    assert rows(failed) == [(broken.id,)]
    behind(broken)
    roll_out()
    assert rows(failed) == []


@pytest.mark.parametrize(
    "loss", ["DROP SCHEMA {} CASCADE", "DROP TABLE {}.django_migrations", "DELETE FROM {}.django_migrations"]
)
def test_a_schema_that_is_lost_is_an_error_of_its_own_and_public_is_left_alone(
    opened: Callable[[str], Organization], loss: str
) -> None:
    lost, late = opened("lost"), opened("late")
    behind(late)
    with superuser() as connection:
        connection.execute(sql.SQL(loss).format(sql.Identifier(lost.schema_name)))
    before = rows("SELECT count(*) FROM django_migrations") + rows(
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    outcomes = roll_out()
    error = "The schema is gone, or counts no migration. Bring it back from a backup."
    assert outcome_of(outcomes, lost) == Outcome(lost.schema_name, migrated=False, error=error)
    assert outcome_of(outcomes, late) == Outcome(late.schema_name, migrated=True)
    after = rows("SELECT count(*) FROM django_migrations") + rows(
        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    )
    assert after == before


@pytest.mark.requirement("S35")
def test_what_was_taken_from_an_organization_comes_back(opened: Callable[[str], Organization]) -> None:
    made = opened("initech")
    schema = sql.Identifier(made.schema_name)
    whole = shape(made)
    with superuser() as connection:
        for damage in (
            "REVOKE ALL ON {}.users FROM {}",
            "REVOKE INSERT ON {}.audit_logs FROM {}",
            "DROP TRIGGER audit_update ON {}.users",
            "ALTER TABLE {}.users DROP CONSTRAINT belongs_to_this_organization",
        ):
            connection.execute(sql.SQL(damage).format(schema, schema))
    assert shape(made) != whole
    assert outcome_of(roll_out(), made) == Outcome(made.schema_name, migrated=False)
    assert shape(made) == whole
    with use_tenant(made):
        assert User.objects.update(last_name="Initech") == 1
    assert rows(f"SELECT action FROM {made.schema_name}.audit_logs ORDER BY created_at DESC LIMIT 1") == [
        ("user.updated",)
    ]


@pytest.mark.requirement("S24")
def test_a_schema_that_was_migrated_is_the_template_replayed(opened: Callable[[str], Organization]) -> None:
    """Names of constraints and indexes included."""
    replayed = opened("initech")
    schema = "org_" + "f" * 32
    with superuser() as connection:
        connection.execute(
            sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(
                sql.Identifier(schema), sql.Identifier(owner.database().user)
            )
        )
    try:
        migrate_schema(DatabaseRole(RoleKind.TENANT, schema, schema))
        with owner.connect() as connection:
            found = describe(connection, schema)
        assert found.tables == shape(replayed).tables
        made = {line for line in shape(replayed).statements if line.startswith("CREATE INDEX")}
        assert {line for line in found.statements if line.startswith("CREATE INDEX")} == made
    finally:
        with superuser() as connection:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))


def test_without_a_schema_template_nobody_can_open_anything(database: None) -> None:
    with superuser() as connection:
        connection.execute("BEGIN")
        connection.execute("DELETE FROM public.schema_template")
        with pytest.raises(template.NoSchemaTemplate):
            template.load(connection)
        connection.execute("ROLLBACK")


def test_the_schema_template_is_taken_anew_only_when_it_changed(database: None) -> None:
    with owner.connect() as connection:
        query = "SELECT fingerprint, taken_at FROM public.schema_template"
        before = connection.execute(query).fetchone()
        script = template.take(connection)
        assert connection.execute(query).fetchone() == before
        assert before is not None
        assert (script.fingerprint, template.load(connection)) == (before[0], script)


_CATALOGS = ("class", "proc", "trigger", "policy", "namespace", "constraint", "default_acl", "language", "description")
_WRITTEN = " UNION ALL ".join(f"SELECT 'pg_{name}', ctid::text, xmin::text FROM pg_{name}" for name in _CATALOGS)
# Of what all databases share, only ours: other workers open organizations meanwhile.
_SHARED = (
    "SELECT rolname, xmin::text FROM pg_authid"
    " WHERE rolname IN (SELECT nspname FROM pg_namespace) OR rolname LIKE 'workix_test%%'"
    " UNION SELECT datname, xmin::text FROM pg_database WHERE datname = current_database()"
)


@pytest.mark.fault("C1")
@pytest.mark.fault("C12")
def test_with_nothing_to_do_migrate_takes_no_lock_and_writes_nothing(acme: Cast, globex: Cast) -> None:
    with roles_locked(alone=True), superuser() as reader:
        call_command("migrate", "--quiet")
        before = sorted(rows(_WRITTEN)), sorted(rows(_SHARED))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM public.organizations, public.quotas, public.procrastinate_jobs")
        for cast in (acme, globex):
            reader.execute(
                sql.SQL("SELECT count(*) FROM {}.users").format(sql.Identifier(cast.organization.schema_name))
            )
        call_command("migrate", "--quiet")
        assert (sorted(rows(_WRITTEN)), sorted(rows(_SHARED))) == before


@pytest.mark.fault("C12")
def test_all_schemas_are_looked_at_in_the_same_few_queries(opened: Callable[[str], Organization]) -> None:
    counts = []
    for slugs in (["first"], ["second", "third", "fourth"]):
        for slug in slugs:
            opened(slug)
        with owner.connect() as connection:
            counts.append(_queries(connection, lambda: find_schema_drift(connection, organizations())))  # noqa: B023
    assert counts == [9, 9]


@pytest.mark.fault("C12")
@pytest.mark.parametrize("spoilt", [["second"], ["first", "third"], ["first", "second", "third"]], ids="+".join)
def test_only_those_that_differ_are_changed(opened: Callable[[str], Organization], spoilt: list[str]) -> None:
    made = {slug: opened(slug) for slug in ("first", "second", "third")}
    with superuser() as connection:
        for slug in spoilt:
            schema = sql.Identifier(made[slug].schema_name)
            connection.execute(sql.SQL("DROP TRIGGER audit_update ON {}.users").format(schema))
            connection.execute(sql.SQL("GRANT UPDATE ON {}.audit_logs TO {}").format(schema, schema))
    with owner.connect() as connection:
        assert find_schema_drift(connection, organizations()).keys() == {made[slug].schema_name for slug in spoilt}
        roll_out()
        assert find_schema_drift(connection, organizations()) == {}


def _queries(connection: psycopg.Connection, act: Callable[[], object]) -> int:
    sent = []

    class Counting(psycopg.Cursor[Any]):
        def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
            sent.append(query)
            return super().execute(query, *arguments, **options)

    connection.cursor_factory = Counting
    act()
    return len(sent)
