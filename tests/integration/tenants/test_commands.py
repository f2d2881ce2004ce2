"""manage.py migrate, makemigrations and run_worker."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.management import CommandError, call_command
from psycopg import sql
from pytest_django.fixtures import Settings

from accounts.signup import FirstAdmin, open_with_admin
from tenants.isolation.hardening import CLOSED, OPEN
from tests.acts import rows
from tests.cast import PASSWORD, Cast
from tests.database import superuser


def run(command: str, *arguments: str) -> list[str]:
    said = io.StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue().splitlines()


@pytest.mark.requirement("S24")
def test_migrating_what_is_up_to_date_changes_nothing_and_says_so(acme: Cast, globex: Cast) -> None:
    before = rows("SELECT fingerprint, taken_at FROM schema_template")
    assert run("migrate")[-2:] == [CLOSED, "2 organizations, 0 migrated."]
    assert rows("SELECT fingerprint, taken_at FROM schema_template") == before


def test_migrating_quietly_says_nothing(acme: Cast) -> None:
    assert run("migrate", "--quiet") == []


def test_where_pg_catalog_cannot_be_closed_migrate_says_so(acme: Cast, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"setup_database_url": None})
    assert run("migrate")[-2] == OPEN


def test_an_organization_that_could_not_be_migrated_is_named(acme: Cast) -> None:
    made = open_with_admin(name="B", slug="broken", admin=FirstAdmin("b@broken.example", make_password(PASSWORD)))
    with superuser() as behind:
        behind.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(made.schema_name)))
    with pytest.raises(CommandError) as caught:
        call_command("migrate", "--quiet")
    error = "The schema is gone, or counts no migration. Bring it back from a backup."
    assert str(caught.value) == f"{made.schema_name}: {error}"


@pytest.mark.requirement("S26")
def test_models_and_migrations_say_the_same(acme: Cast) -> None:
    assert run("makemigrations", "--check", "--dry-run") == ["No changes detected"]


@pytest.mark.requirement("S54")
def test_the_worker_ends_when_nothing_is_left(acme: Cast, run_jobs: Callable[[], None]) -> None:
    run_jobs()
    assert (mail.outbox, rows("SELECT task_name, status::text, args FROM procrastinate_jobs")) == ([], [])


def test_the_worker_leaves_no_trace_of_work_that_is_done(database: None, run_jobs: Callable[[], None]) -> None:
    open_with_admin(name="I", slug="initech", admin=FirstAdmin("ida@initech.example", make_password(PASSWORD)))
    run_jobs()
    assert [message.to for message in mail.outbox] == [["ida@initech.example"]]
    assert rows("SELECT 1 FROM procrastinate_jobs") == []
