"""manage.py migrate_schemas and create_tenant: migrate and create_organization, by the names django-tenants has for them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from psycopg import sql

from tenants.isolation.hardening import CLOSED
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser


def run(command: str, *arguments: str) -> list[str]:
    said = io.StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def initech(acme: Cast, globex: Cast) -> str:
    """Open a third organization, and return its schema."""
    name, password = run("create_tenant", "initech", "bill@initech.example", "--name", "Initech")
    assert (name, len(password) > 15) == ("Initech waits for the confirmation of bill@initech.example.", True)
    ((schema,),) = rows("SELECT schema_name FROM organizations WHERE slug = 'initech'")
    return str(schema)


@pytest.fixture
def behind(initech: str) -> Callable[[], list[str]]:
    """Put Initech back to before the trail was made, and return what tells which of its migrations are applied."""
    with superuser() as connection:
        for statement in (
            "DELETE FROM {0}.django_migrations WHERE app IN ('audit', 'api')",
            "DROP TABLE {0}.audit_logs, {0}.audit_leaves, {0}.audit_subtrees, {0}.audit_checkpoints, {0}.audit_prunings",
            "DROP TABLE {0}.idempotency_keys",
        ):
            connection.execute(sql.SQL(statement).format(sql.Identifier(initech)))

    def applied() -> list[str]:
        found = rows(f"SELECT DISTINCT app FROM {initech}.django_migrations WHERE app IN ('audit', 'api') ORDER BY app")
        return [app for (app,) in found]

    return applied


def test_a_tenant_is_opened_as_an_organization_is(initech: str) -> None:
    made = rows(f"SELECT action FROM {initech}.audit_logs WHERE resource_type = 'organization'")
    assert (made, rows(f"SELECT email, role FROM {initech}.users")) == (
        [("organization.opened",)],
        [("bill@initech.example", "admin")],
    )
    with pytest.raises(CommandError, match="This slug is taken"):
        run("create_tenant", "initech", "ben@initech.example")


@pytest.mark.parametrize(
    ("arguments", "said", "after"),
    [
        ((), [CLOSED, "3 organizations, 1 migrated."], ["api", "audit"]),
        (("--shared",), [CLOSED], []),
        (("--schema", "public"), [CLOSED], []),
        (("--tenant",), ["3 organizations, 1 migrated."], ["api", "audit"]),
        (("--tenant", "--shared"), [CLOSED, "3 organizations, 1 migrated."], ["api", "audit"]),
        (("--schema", "initech", "--tenant", "--noinput"), ["1 organizations, 1 migrated."], ["api", "audit"]),
        (("-s", "acme"), ["1 organizations, 0 migrated."], []),
        (("--quiet",), [], ["api", "audit"]),
    ],
)
def test_each_option_migrates_what_it_names(
    arguments: tuple[str, ...], said: list[str], after: list[str], behind: Callable[[], list[str]]
) -> None:
    assert behind() == []
    assert run("migrate_schemas", *arguments, "--verbosity", "0") == said
    assert behind() == after


def test_one_organization_is_named_by_its_schema_too(initech: str, behind: Callable[[], list[str]]) -> None:
    assert run("migrate_schemas", "-s", initech) == ["1 organizations, 1 migrated."]
    assert behind() == ["api", "audit"]


def test_code_calls_it_as_it_did_with_django_tenants(behind: Callable[[], list[str]]) -> None:
    call_command("migrate_schemas", tenant=True, schema_name="initech", interactive=False, quiet=True)
    assert behind() == ["api", "audit"]


def test_one_that_can_not_be_migrated_is_named(initech: str) -> None:
    with superuser() as connection:
        connection.execute(sql.SQL("DELETE FROM {}.django_migrations").format(sql.Identifier(initech)))
    with pytest.raises(CommandError, match=f"{initech}: The schema is gone"):
        run("migrate_schemas", "-s", "initech")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fake",), "Not supported: --fake. Every schema goes"),
        (("--fake-initial", "--plan", "--prune"), "Not supported: --fake-initial, --plan, --prune."),
        (("--run-syncdb", "--check"), "Not supported: --run-syncdb, --check."),
        (("--executor=multiprocessing", "--parallel=4"), "Not supported: --executor, --parallel."),
        (("--database", "other"), "Not supported: --database."),
        (("audit", "zero", "-s", "acme"), "Not supported: the name of an app or a migration."),
        (("-s", "acme", "--shared"), "--schema names an organization, and --shared leaves all of them out: take one."),
        (("-s", "nowhere"), "There is no organization 'nowhere'."),
    ],
)
def test_what_does_not_hold_here_is_refused_in_a_sentence(arguments: tuple[str, ...], said: str, acme: Cast) -> None:
    before = rows("SELECT app, name FROM django_migrations ORDER BY id")
    with pytest.raises(CommandError) as caught:
        run("migrate_schemas", *arguments)
    assert str(caught.value).startswith(said)
    assert rows("SELECT app, name FROM django_migrations ORDER BY id") == before
