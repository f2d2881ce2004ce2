"""manage.py check_isolation: sees every kind of drift, and repairs what can be repaired."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command

from tenants.isolation import owner
from tenants.isolation.hardening import CLOSED
from tenants.isolation.roles import MEMBERSHIP_OPTIONS_SINCE
from tenants.isolation.server_capabilities import UnsafeServer, read_server_capabilities, server_capabilities
from tenants.isolation.startup import refuse_unsafe_roles
from tests.cast import Cast
from tests.database import superuser
from tests.integration.tenants.isolation.drifts import check, everything_repaired_after, spoil

pytestmark = pytest.mark.isolation


@pytest.fixture(autouse=True)
def _isolation_is_repaired(acme: Cast, globex: Cast) -> Iterator[None]:
    with everything_repaired_after():
        yield


@pytest.mark.requirement("S35")
def test_isolation_as_declared_has_no_drift(acme: Cast) -> None:
    assert check() == (0, [CLOSED, "2 organizations, 0 differences left."])
    status, (line,) = check("--json")
    assert (status, json.loads(line)) == (
        0,
        {
            "organizations": 2,
            "catalog_is_closed": True,
            "databases_of_others": [],
            "stays_open": [],
            "drifts": [],
            "left": [],
        },
    )


@pytest.mark.fault("F5")
@pytest.mark.parametrize(
    ("damage", "undo", "said"),
    [
        (
            f"GRANT EXECUTE ON FUNCTION pg_catalog.{function} TO PUBLIC",
            f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC",
            f"Stays open: {function.partition('(')[0]}(): ",
        )
        for function in (
            "set_config(text, text, boolean)",
            "pg_sleep(double precision)",
            "pg_advisory_lock(bigint)",
            "lo_from_bytea(oid, bytea)",
            "pg_notify(text, text)",
            "query_to_xml(text, boolean, boolean, text)",
            "pg_database_size(oid)",
        )
    ]
    + [
        (
            "GRANT SELECT ON pg_catalog.pg_class TO PUBLIC",
            "REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC",
            "Stays open: pg_catalog: names",
        ),
        (
            "REVOKE SET ON PARAMETER temp_file_limit FROM workix_test_owner",
            "GRANT SET ON PARAMETER temp_file_limit TO workix_test_owner",
            "Stays open: temp_file_limit: ",
        ),
    ],
)
def test_what_a_server_leaves_open_is_listed_with_its_cost(acme: Cast, damage: str, undo: str, said: str) -> None:
    spoil(acme, damage)
    try:
        found = [line for line in check()[1] if line.startswith("Stays open: ")]
        assert (len(found), found[0].startswith(said)) == (1, True)
    finally:
        spoil(acme, undo)


@pytest.mark.requirement("S35")
@pytest.mark.parametrize(
    "damage",
    [
        "GRANT UPDATE ON {schema}.audit_logs TO {role}",
        "GRANT SELECT ON public.organizations TO {group}",
        "GRANT SELECT ON public.email_index TO {role}",
        "GRANT CREATE ON SCHEMA {schema} TO {role}",
        "GRANT EXECUTE ON FUNCTION public.enqueue_job_for(uuid, text, text, jsonb) TO {group}",
        "REVOKE SELECT ON {schema}.users FROM {role}",
        "REVOKE EXECUTE ON FUNCTION public.my_quotas() FROM {group}",
        "ALTER TABLE public.quotas DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY everybody ON public.quotas USING (true)",
        "DROP POLICY control_sees_every_row ON public.quotas",
        "ALTER POLICY control_sees_every_row ON public.quotas USING (false)",
        "ALTER POLICY control_sees_every_row ON public.quotas WITH CHECK (false)",
        "ALTER POLICY control_sees_every_row ON public.quotas TO {group}",
        "DROP POLICY control_sees_every_row ON public.quotas;"
        " CREATE POLICY control_sees_every_row ON public.quotas FOR SELECT TO {control} USING (true)",
        "DROP POLICY control_sees_every_row ON public.quotas;"
        " CREATE POLICY control_sees_every_row ON public.quotas AS RESTRICTIVE TO {control} USING (true) WITH CHECK (true)",
        "ALTER FUNCTION public.consume_quota(text, bytea) SECURITY INVOKER",
        "GRANT EXECUTE ON FUNCTION public.recount_rows(text, text, text, text) TO {group}",
        "GRANT SELECT ON public.signed_call_key TO {role}",
        "UPDATE public.signed_call_key SET inner_key = outer_key",
        "DELETE FROM public.signed_call_key",
        "DROP TRIGGER count_rows ON {schema}.users",
        "ALTER TABLE {schema}.users DISABLE TRIGGER count_rows",
        "CREATE OR REPLACE TRIGGER count_rows AFTER INSERT OR DELETE ON {schema}.users"
        " FOR EACH ROW EXECUTE FUNCTION public.count_rows('users', 'deleted_at')",
        "CREATE OR REPLACE TRIGGER count_rows AFTER INSERT OR DELETE OR UPDATE ON {schema}.users"
        " FOR EACH ROW EXECUTE FUNCTION public.count_rows('users', '')",
        "CREATE OR REPLACE TRIGGER count_rows AFTER INSERT OR DELETE OR UPDATE ON {schema}.users"
        " FOR EACH ROW WHEN (false) EXECUTE FUNCTION public.count_rows('users', 'deleted_at')",
        "CREATE TRIGGER again AFTER INSERT ON {schema}.sessions FOR EACH ROW"
        " EXECUTE FUNCTION public.count_rows('users', '')",
        "DROP TRIGGER audit_update ON public.users",
        "CREATE OR REPLACE FUNCTION public.my_organization_is_open() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER"
        " SET search_path = pg_catalog, pg_temp AS 'SELECT true'",
        "DROP TRIGGER audit_update ON {schema}.users",
        "ALTER TABLE {schema}.users DISABLE TRIGGER audit_update",
        "CREATE TRIGGER again AFTER UPDATE ON {schema}.users FOR EACH ROW EXECUTE FUNCTION public.count_rows()",
        "CREATE FUNCTION public.take_everything(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';"
        " REVOKE ALL ON FUNCTION public.take_everything(integer) FROM PUBLIC",
        "ALTER TABLE {schema}.users DROP CONSTRAINT belongs_to_this_organization",
        "REVOKE {group} FROM {role} GRANTED BY workix_test_owner",
        "ALTER ROLE {role} SET statement_timeout = 0",
        "ALTER ROLE {role} PASSWORD 'guessed'",
    ],
)
def test_each_kind_of_drift_is_seen_and_repaired(acme: Cast, damage: str) -> None:
    spoil(acme, damage)
    status, said = check()
    assert (status, len(said) > 2) == (1, True)
    # Which looks again, and says what is left.
    repaired = [*(f"Repaired: {line}" for line in said[:-2]), CLOSED, "2 organizations, 0 differences left."]
    assert check("--repair") == (0, repaired)


@pytest.mark.requirement("S35")
@pytest.mark.parametrize(
    ("damage", "undo", "said"),
    [
        (
            "ALTER TABLE {schema}.users OWNER TO postgres",
            "ALTER TABLE {schema}.users OWNER TO workix_test_owner",
            "belongs to postgres",
        ),
        ("GRANT {control} TO {role}", "REVOKE {control} FROM {role}", "is a member of"),
        ("ALTER ROLE {role} SUPERUSER", "ALTER ROLE {role} NOSUPERUSER", "has power"),
        ("ALTER ROLE {role} CREATEDB BYPASSRLS", "ALTER ROLE {role} NOCREATEDB NOBYPASSRLS", "has power"),
        (
            "CREATE SCHEMA org_ffffffffffffffffffffffffffffffff",
            "DROP SCHEMA org_ffffffffffffffffffffffffffffffff",
            "is no organization's",
        ),
        (
            "ALTER SCHEMA {schema} RENAME TO elsewhere",
            "ALTER SCHEMA elsewhere RENAME TO {schema}",
            "Restore it from a backup",
        ),
    ],
)
def test_what_only_a_person_can_repair_is_reported_and_left(acme: Cast, damage: str, undo: str, said: str) -> None:
    spoil(acme, damage)
    try:
        status, lines = check("--repair")
        reported = [line for line in lines if said in line]
        if "GRANT" in damage and server_capabilities().version < MEMBERSHIP_OPTIONS_SINCE:
            # Before 16 whoever may make roles may also take away a membership that a superuser gave.
            assert (status, [line.startswith("Repaired") for line in reported]) == (0, [True])
        else:
            assert (status, any(not line.startswith("Repaired") for line in reported)) == (1, True)
    finally:
        spoil(acme, undo)


@pytest.mark.requirement("S36")
@pytest.mark.parametrize(
    ("damage", "undo"),
    [
        ("ALTER ROLE {role} SUPERUSER", "ALTER ROLE {role} NOSUPERUSER"),
        ("GRANT {control} TO {role}", "REVOKE {control} FROM {role}"),
    ],
)
def test_nothing_is_served_behind_an_unsafe_role(acme: Cast, damage: str, undo: str) -> None:
    refuse_unsafe_roles()
    spoil(acme, damage)
    try:
        with pytest.raises(UnsafeServer, match="The database roles are not safe to serve with"):
            refuse_unsafe_roles()
    finally:
        spoil(acme, undo)
    refuse_unsafe_roles()


@pytest.mark.requirement("S52")
def test_a_superuser_is_no_owner_to_isolate_with(acme: Cast) -> None:
    with superuser() as behind, pytest.raises(UnsafeServer, match="is a superuser or bypasses row security"):
        read_server_capabilities(behind)


def test_a_role_that_can_make_no_roles_is_no_owner_either(acme: Cast) -> None:
    from tenants.isolation.database_roles import control_role

    way_in = control_role().address(owner.database()).connection_parameters()
    refusals = (UnsafeServer, psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(**way_in) as session, pytest.raises(refusals):  # type: ignore[arg-type]  # libpq's own names
        read_server_capabilities(session)


@pytest.mark.fault("C13")
def test_only_databases_of_our_own_are_closed_to_everybody(acme: Cast) -> None:
    ours, theirs = (f"workix_test_{whose}_{os.getpid()}" for whose in ("ours", "theirs"))
    with superuser() as behind:
        behind.execute(f"CREATE DATABASE {ours} OWNER workix_test_owner")
        behind.execute(f"CREATE DATABASE {theirs}")
        try:
            status, said = check("--repair")
            assert (status, said[0]) == (0, f"Repaired: Everybody may connect to the database {ours}, which is ours.")
            assert said[2].startswith(f"Everybody may connect to {theirs} of this server, tenant roles too.")
            call_command("migrate", "--quiet")
            may_connect = "SELECT has_database_privilege('public', %s, 'CONNECT')"
            assert [behind.execute(may_connect, [name]).fetchone() for name in (ours, theirs)] == [(False,), (True,)]
        finally:
            behind.execute(f"DROP DATABASE {ours}")
            behind.execute(f"DROP DATABASE {theirs}")
