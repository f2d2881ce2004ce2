"""`migrate` looks at nothing where nothing changed: each change of a catalog is noticed, and nothing is believed too long."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest
from django.core.management import call_command
from psycopg import sql

from tenants.isolation import owner
from tenants.schema import up_to_date
from tenants.schema.up_to_date import LONG_AGO, Looked, is_unchanged, last_time, look, remember
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser

#: What an operator, a forgotten script or an intruder may do to the catalogs, in the schema of Acme or in `public`.
CHANGES = (
    "GRANT DELETE ON audit_logs TO {role}",
    "REVOKE SELECT ON users FROM {role}",
    "GRANT UPDATE (created_at) ON audit_logs TO {role}",
    "GRANT CREATE ON SCHEMA {schema} TO {role}",
    "ALTER TABLE users DROP CONSTRAINT belongs_to_this_organization",
    "ALTER TABLE users ALTER organization_id DROP NOT NULL",
    "ALTER TABLE users ALTER organization_id DROP DEFAULT",
    "ALTER TABLE users ALTER organization_id SET DEFAULT gen_random_uuid()",
    "ALTER TABLE users OWNER TO {role}",
    "ALTER TABLE users DISABLE TRIGGER audit_insert",
    "DROP TRIGGER audit_insert ON users",
    "CREATE TRIGGER planted BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE VIEW planted AS SELECT 1",
    "CREATE TYPE planted AS ENUM ('a')",
    "ALTER TABLE users ADD planted int",
    "DROP TABLE sessions CASCADE",
    "DROP SCHEMA {schema} CASCADE",
    "CREATE SCHEMA planted",
    "ALTER FUNCTION public.my_organization_is_open() SECURITY INVOKER",
    "DROP FUNCTION public.my_organization_is_open() CASCADE",
    "ALTER TABLE public.organizations DISABLE ROW LEVEL SECURITY",
    "CREATE POLICY planted ON public.organizations USING (true)",
    "DROP POLICY control_sees_every_row ON public.organizations",
    "GRANT SELECT ON public.organizations TO {role}",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO PUBLIC",
    "GRANT EXECUTE ON FUNCTION pg_catalog.pg_sleep(float8) TO PUBLIC",
    "GRANT SELECT ON pg_catalog.pg_roles TO PUBLIC",
    "GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC",
    "REVOKE SET ON PARAMETER temp_file_limit FROM {owner}",
)


@pytest.fixture
def behind(acme: Cast) -> Iterator[psycopg.Connection]:
    """A transaction of a superuser's in the schema of Acme; none of it stays."""
    with superuser() as connection, connection.transaction(force_rollback=True):
        connection.execute(sql.SQL("SET LOCAL search_path = {}").format(sql.Identifier(acme.organization.schema_name)))
        yield connection


@pytest.fixture
def forgotten(acme: Cast) -> Iterator[None]:
    """What is remembered is a comment, and no row that is put back."""
    yield
    with owner.connect() as connection:
        up_to_date.forget(connection)


def said_by(command: str) -> str:
    """Return the last line of what a command says."""
    said = io.StringIO()
    call_command(command, stdout=said)
    return said.getvalue().splitlines()[-1]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_the_catalogs_is_noticed(change: str, acme: Cast, behind: psycopg.Connection) -> None:
    before = look(behind)
    assert is_unchanged(behind, before)
    schema = sql.Identifier(acme.organization.schema_name)
    named = {"database": sql.Identifier(behind.info.dbname), "owner": sql.Identifier(owner.database().user)}
    behind.execute(sql.SQL(change).format(schema=schema, role=schema, **named))
    assert not is_unchanged(behind, before)


def test_what_is_committed_after_the_look_and_was_written_before_is_noticed(acme: Cast) -> None:
    with superuser() as writing, superuser() as looking:
        writing.execute("BEGIN")
        writing.execute("CREATE FUNCTION public.planted() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        before = look(looking)
        writing.execute("ROLLBACK")
        assert is_unchanged(looking, before)
        writing.execute("BEGIN")
        writing.execute("CREATE FUNCTION public.planted() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        before = look(looking)
        writing.execute("COMMIT")
        assert not is_unchanged(looking, before)
        writing.execute("DROP FUNCTION public.planted()")


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param(lambda looked: replace(looked, release="another"), id="of another release"),
        pytest.param(lambda looked: replace(looked, database="7 16384"), id="of another server"),
        pytest.param(lambda looked: replace(looked, database=""), id="of a server that does not say which it is"),
        pytest.param(lambda looked: replace(looked, oldest=looked.oldest + 1_000), id="of the future"),
        pytest.param(lambda looked: replace(looked, oldest=looked.oldest - LONG_AGO), id="of long ago"),
        pytest.param(lambda looked: replace(looked, rows=looked.rows + 1), id="with a row that is gone"),
        pytest.param(lambda _looked: None, id="of nothing"),
    ],
)
def test_what_was_said_elsewhere_is_not_believed(
    otherwise: Callable[[Looked], Looked | None], behind: psycopg.Connection
) -> None:
    assert not is_unchanged(behind, otherwise(look(behind)))


@pytest.mark.parametrize("comment", ["", "a comment of somebody's", "[]", "{}", '{"release": 1}', "null"])
def test_a_comment_of_somebody_else_says_nothing(comment: str, behind: psycopg.Connection) -> None:
    kept = sql.SQL("COMMENT ON SCHEMA org_00000000000000000000000000000000 IS {}").format(sql.Literal(comment))
    behind.execute(kept)
    assert last_time(behind) is None


def test_a_look_is_remembered_as_it_was(behind: psycopg.Connection) -> None:
    looked = look(behind)
    remember(behind, looked)
    assert last_time(behind) == looked
    assert is_unchanged(behind, looked)


@pytest.mark.usefixtures("forgotten", "globex")
def test_after_a_run_that_found_nothing_only_another_command_looks(acme: Cast) -> None:
    assert said_by("migrate") == "2 organizations, 0 migrated."
    rows("INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '9999_by_hand', now())", acme)
    try:
        assert said_by("migrate") == "2 organizations, 0 migrated."
        assert said_by("migrate_schemas") == "2 organizations, 1 migrated."
        with owner.connect() as connection:
            connection.execute("CREATE SCHEMA planted")
            connection.execute("DROP SCHEMA planted")  # as many as before, and the oldest that was seen is the same
            assert is_unchanged(connection, last_time(connection))
            up_to_date.forget(connection)
        assert said_by("migrate") == "2 organizations, 1 migrated."
    finally:
        rows("DELETE FROM django_migrations WHERE name = '9999_by_hand'", acme)


@pytest.mark.usefixtures("forgotten", "globex")
def test_a_grant_that_somebody_took_is_given_again_after_a_run_that_found_nothing(acme: Cast) -> None:
    assert said_by("migrate") == "2 organizations, 0 migrated."
    with owner.connect() as connection:
        assert up_to_date.last_time(connection) is not None
        role = sql.Identifier(acme.organization.schema_name)
        connection.execute(sql.SQL("REVOKE SELECT ON {}.users FROM {}").format(role, role))
    call_command("migrate", "--quiet")
    granted = "SELECT has_table_privilege(%(role)s, 'users', 'SELECT')"
    assert rows(granted, acme, role=acme.organization.schema_name) == [(True,)]


@pytest.mark.usefixtures("forgotten", "acme")
def test_a_catalog_that_was_opened_is_closed_again_after_a_run_that_found_nothing() -> None:
    is_open = "SELECT has_function_privilege('public', 'pg_catalog.pg_sleep(float8)', 'EXECUTE')"
    call_command("migrate", "--quiet")
    with superuser() as connection:
        assert connection.execute(is_open).fetchone() == (False,)
        connection.execute("GRANT EXECUTE ON FUNCTION pg_catalog.pg_sleep(float8) TO PUBLIC")
        call_command("migrate", "--quiet")
        assert connection.execute(is_open).fetchone() == (False,)
