"""Roles, owners, functions and policies, word for word: each attribute and setting that is changed is seen and repaired."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import pytest
from django.core.management import call_command

from tenants.isolation import owner
from tenants.isolation.drift import find_schema_drift, repair, repair_roles
from tenants.isolation.hardening import CLOSED, OPEN, is_hardened
from tenants.isolation.roles import MEMBERSHIP_OPTIONS_SINCE
from tenants.isolation.server_capabilities import UnsafeServer, server_capabilities
from tenants.isolation.startup import refuse_unsafe_roles
from tenants.schema.rollout import organizations
from tests.cast import Cast
from tests.database import superuser
from tests.drifts import CONTROL, GROUP, check, everything_repaired_after, seen_and_repaired, spoil

pytestmark = [pytest.mark.fault("H2"), pytest.mark.isolation]

#: Role -> (log-in, inherit, superuser, create role, create database, replication, bypass RLS, connection limit).
ATTRIBUTES = {
    "ORG": (True, False, False, False, False, False, False, 40),
    "CONTROL": (True, False, False, False, False, False, False, -1),
    "GROUP": (False, False, False, False, False, False, False, -1),
}
SETTINGS = {
    "ORG": {
        "search_path": "ORG, public, pg_temp",
        "statement_timeout": "30s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
        "work_mem": "16MB",
        "TimeZone": "UTC",
        "temp_file_limit": "256MB",
    },
    "CONTROL": {"search_path": "public, pg_temp", "TimeZone": "UTC"},
    "GROUP": {},
}
SPELLED = {"ORG": "{role}", "CONTROL": "{control}", "GROUP": "{group}"}
POWERS = ("SUPERUSER", "CREATEDB", "CREATEROLE", "REPLICATION", "BYPASSRLS")
#: What a role has too much -> how to take it away, and what is said of it.
TOO_MUCH = {
    "GRANT pg_monitor TO WHO": ("REVOKE pg_monitor FROM WHO", "is a member of a role other than the tenants' group"),
    "ALTER TABLE {schema}.sessions OWNER TO WHO": ("ALTER TABLE {schema}.sessions OWNER TO {owner}", "owns something"),
    "ALTER SCHEMA {schema} OWNER TO WHO": ("ALTER SCHEMA {schema} OWNER TO {owner}", "owns something"),
    "ALTER FUNCTION public.my_quotas OWNER TO WHO": (
        "ALTER FUNCTION public.my_quotas OWNER TO {owner}",
        "owns something",
    ),
    "GRANT TEMP ON DATABASE {database} TO WHO": (
        "REVOKE TEMP ON DATABASE {database} FROM WHO",
        "may make temporary tables or schemas in this database",
    ),
    "GRANT CREATE ON DATABASE {database} TO WHO": (
        "REVOKE CREATE ON DATABASE {database} FROM WHO",
        "may make temporary tables or schemas in this database",
    ),
    "GRANT CREATE ON SCHEMA public TO WHO": (
        "REVOKE CREATE ON SCHEMA public FROM WHO",
        "may create objects in public or in its own schema",
    ),
}
#: Of each kind of thing one -> what it is called.
OWNED = {
    "SCHEMA {schema}": "schema ORG",
    "TABLE {schema}.django_session": "relation ORG.django_session",
    "TABLE public.domains": "relation domains",
    "SEQUENCE public.unverified_contexts": "relation unverified_contexts",
    "FUNCTION public.my_quotas": "function my_quotas()",
    "TYPE public.procrastinate_job_status": "type procrastinate_job_status",
}
WITH_OWNERS_RIGHTS = """
    add_to_email_index cancel_my_removal confirm_my_organization consume_quota context_is_verified
    count_of_unverified_contexts count_rows count_unverified_context enqueue_job enqueue_job_for my_organization
    my_organization_id my_organization_is_open my_past_usage my_quotas release_quota remove_from_email_index
    rename_my_organization schedule_my_removal set_context"""
FIXED = "search_path=pg_catalog, pg_temp"
OTHERWISE_FIXED = {
    "audit_changed_rows": f"{FIXED}; plan_cache_mode=force_generic_plan",
    "hmac_sha256": "",  # inlined; it names nothing that could be another's
    "transaction_binding": "",
    "record_event": "",  # it finds the trail by the caller's search_path, with the caller's rights
    **dict.fromkeys(
        ("enqueue_job_for", "fetch_job_of", "fetch_next_job", "next_organization_with_a_job"),
        "search_path=pg_catalog, public, pg_temp",
    ),
}
CLOSED_TO_ALL = (
    "USAGE ON LANGUAGE sql",
    "USAGE ON LANGUAGE plpgsql",
    "EXECUTE ON FUNCTION pg_catalog.has_table_privilege(text, text)",
    "EXECUTE ON FUNCTION pg_catalog.pg_stat_get_activity(integer)",
    "EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean)",
    "EXECUTE ON FUNCTION pg_catalog.ts_stat(text)",
    "SELECT ON pg_catalog.pg_class",
    "SELECT ON pg_catalog.pg_stat_activity",
    "SELECT (rolname) ON pg_catalog.pg_authid",
    "SELECT ON information_schema.tables",
)
POWERFUL = "is a superuser, may make roles or databases, replicates or bypasses row security"


@pytest.fixture(autouse=True)
def _repaired(acme: Cast, globex: Cast) -> Iterator[None]:
    with everything_repaired_after():
        yield
        assert_roles_are_as_written_here(acme)


def assert_roles_are_as_written_here(cast: Cast) -> None:
    names = {cast.organization.schema_name: "ORG", CONTROL: "CONTROL", GROUP: "GROUP"}
    with superuser() as behind:
        found = behind.execute(
            "SELECT rolname::text, rolcanlogin, rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolreplication,"
            " rolbypassrls, rolconnlimit, (SELECT setconfig FROM pg_db_role_setting WHERE setrole = r.oid)"
            " FROM pg_roles AS r WHERE rolname = ANY (%s)",
            [list(names)],
        ).fetchall()
    before_16 = server_capabilities().version < MEMBERSHIP_OPTIONS_SINCE
    wanted = ATTRIBUTES | ({"ORG": (True, True, *ATTRIBUTES["ORG"][2:])} if before_16 else {})
    assert {names[row[0]]: tuple(row[1:-1]) for row in found} == wanted
    kept = {names[row[0]]: dict(each.replace(row[0], "ORG").split("=", 1) for each in row[-1] or ()) for row in found}
    assert kept == SETTINGS


def of_roles(cast: Cast) -> list[str]:
    """Repair roles, and return what was said of them."""
    names = {cast.organization.schema_name: "ORG", CONTROL: "CONTROL", GROUP: "GROUP"}
    said = [drift.sentence for drift in repair_roles(organizations())]
    return [reduce(lambda line, name: line.replace(name, names[name]), names, line) for line in said]


@pytest.mark.parametrize("role", SETTINGS)
@pytest.mark.parametrize("where", ["", "IN DATABASE {database} "], ids=["everywhere", "here"])
def test_each_setting_that_is_changed_lost_or_added_is_seen_and_put_back(acme: Cast, role: str, where: str) -> None:
    others = {
        "search_path": "pg_catalog",
        "TimeZone": "'Asia/Tokyo'",
        "default_transaction_read_only": "on",
        "work_mem": "'1GB'",
    }
    for name in (*SETTINGS[role], "default_transaction_read_only"):
        changes = [f"SET {name} = {others.get(name, '7')}"] + (
            [f"RESET {name}"] if name in SETTINGS[role] and not where else []
        )
        for change in changes:
            spoil(acme, f"ALTER ROLE {SPELLED[role]} {where}{change}")
            assert of_roles(acme) == [f"The settings of the role {role} were changed."], change
            assert of_roles(acme) == []


@pytest.mark.parametrize(
    ("role", "damages"),
    [
        ("ORG", ("NOLOGIN", "INHERIT", "CONNECTION LIMIT 41")),
        ("CONTROL", ("INHERIT", "CONNECTION LIMIT 7")),
        ("GROUP", ("LOGIN", "INHERIT", "CONNECTION LIMIT 7")),
    ],
)
def test_each_attribute_that_is_changed_is_seen_and_put_back(acme: Cast, role: str, damages: tuple[str, ...]) -> None:
    before_16 = server_capabilities().version < MEMBERSHIP_OPTIONS_SINCE
    for damage in damages:
        spoil(
            acme,
            f"ALTER ROLE {SPELLED[role]} {'NOINHERIT' if before_16 and (role, damage) == ('ORG', 'INHERIT') else damage}",
        )
        assert of_roles(acme) == [f"The attributes of the role {role} were changed."], damage
        assert of_roles(acme) == []


@pytest.mark.parametrize("role", ATTRIBUTES)
def test_each_power_of_each_role_is_reported_and_none_is_served_with(acme: Cast, role: str) -> None:
    for power in POWERS:
        spoil(acme, f"ALTER ROLE {SPELLED[role]} {power}")
        try:
            assert of_roles(acme) == [f"The role {role} has power: {power}. Ask a superuser to take it away."]
            if role != "GROUP":  # nobody can log in as it, and it gives no power to its members
                with pytest.raises(UnsafeServer, match=POWERFUL):
                    refuse_unsafe_roles()
        finally:
            spoil(acme, f"ALTER ROLE {SPELLED[role]} NO{power}")
    refuse_unsafe_roles()


@pytest.mark.parametrize(("role", "named"), [("ORG", "the role ORG"), ("CONTROL", "the role CONTROL")])
def test_nothing_is_served_behind_a_role_with_too_much(acme: Cast, role: str, named: str) -> None:
    for damage, (undo, reason) in TOO_MUCH.items():
        refuse_unsafe_roles()
        spoil(acme, damage.replace("WHO", SPELLED[role]))
        try:
            with pytest.raises(UnsafeServer) as refused:
                refuse_unsafe_roles()
            said = str(refused.value).replace(acme.organization.schema_name, "ORG").replace(CONTROL, "CONTROL")
            assert f"  - {named} {reason}" in said.splitlines(), damage
        finally:
            spoil(acme, undo.replace("WHO", SPELLED[role]))
    refuse_unsafe_roles()


def test_a_role_that_may_create_in_its_own_schema_is_not_served_with(acme: Cast) -> None:
    spoil(acme, "GRANT CREATE ON SCHEMA {schema} TO {role}")
    with pytest.raises(UnsafeServer, match="may create objects in public or in its own schema"):
        refuse_unsafe_roles()


def test_each_kind_of_thing_that_is_not_the_owners_is_reported(acme: Cast) -> None:
    spoil(acme, *(f"ALTER {each} OWNER TO postgres" for each in OWNED))
    try:
        said = [line.replace(acme.organization.schema_name, "ORG").replace("public.", "") for line in check()[1]]
        behind = "belongs to postgres, not to the owner. Ask a superuser: REASSIGN OWNED BY postgres."
        found = {line for line in said if line.endswith(behind)}
        assert {f"The {name} {behind}" for name in OWNED.values()} - found == set()  # indexes go with their table
    finally:
        spoil(acme, *(f"ALTER {each} OWNER TO {{owner}}" for each in OWNED))


def test_each_setting_of_a_function_that_is_changed_is_seen_and_put_back(acme: Cast) -> None:
    changed = "is changed, or of another release."
    powerful = "has settings of its own, or its owner's rights."
    damages = {
        "my_quotas() RESET ALL": f"my_quotas() {changed}",
        "my_past_usage(text) SET search_path = public": f"my_past_usage(text) {changed}",
        "consume_quota(text, bytea) SET work_mem = '1GB'": f"consume_quota(text,bytea) {changed}",
        "set_context(text, bytea) SECURITY INVOKER": f"set_context(text,bytea) {changed}",
        "audit_changed_rows() SECURITY DEFINER": f"audit_changed_rows() {changed}",
        "my_organization_id() VOLATILE": f"my_organization_id() {changed}",
        "verified_call(text, text, bytea) STRICT": f"verified_call(text,text,bytea) {changed}",
        "procrastinate_register_worker_v1() SECURITY DEFINER": f"procrastinate_register_worker_v1() {powerful}",
        "procrastinate_update_heartbeat_v1(bigint) SET search_path = pg_temp": (
            f"procrastinate_update_heartbeat_v1(bigint) {powerful}"
        ),
    }
    found = seen_and_repaired(acme, *(f"ALTER FUNCTION public.{damage}" for damage in damages))
    assert sorted(line.replace("public.", "") for line in found) == sorted(
        f"The function {said}" for said in damages.values()
    )


def test_the_functions_that_act_with_the_owners_rights_are_these_and_each_fixes_its_search_path(acme: Cast) -> None:
    with superuser() as behind:
        found = behind.execute(
            "SELECT proname::text, prosecdef, coalesce(array_to_string(proconfig, '; '), '') FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace AND NOT starts_with(proname, 'procrastinate_')"
        ).fetchall()
    assert {name for name, is_owners, _ in found if is_owners} == set(WITH_OWNERS_RIGHTS.split())
    assert {name: settings for name, _, settings in found if settings != FIXED} == OTHERWISE_FIXED


@pytest.mark.parametrize("damage", ["DISABLE ROW LEVEL SECURITY", "policies"])
def test_each_table_of_public_has_its_row_security_and_its_policy(acme: Cast, damage: str) -> None:
    with superuser() as behind:
        tables = [name for (name,) in behind.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        policies = behind.execute(
            "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"
        ).fetchall()
    if damage != "policies":
        found = seen_and_repaired(acme, *(f"ALTER TABLE public.{table} {damage}" for table in tables))
        assert sorted(found) == sorted(f"Row security is off for public.{table}." for table in tables)
        return
    said = sorted(f"The policy {name} on public.{table} is missing or changed." for table, name in policies)
    for statement in ("DROP POLICY {0} ON public.{1}", "ALTER POLICY {0} ON public.{1} TO PUBLIC"):
        assert sorted(seen_and_repaired(acme, *(statement.format(name, table) for table, name in policies))) == said


@pytest.mark.parametrize(
    "damage",
    [
        "DROP CONSTRAINT {check}",
        "DROP CONSTRAINT {check}, ADD CONSTRAINT {check} CHECK (organization_id IS NOT NULL)",
        "DROP CONSTRAINT {check}, ADD CONSTRAINT {check} CHECK (organization_id = {mine}) NOT VALID",
        "ALTER COLUMN organization_id DROP NOT NULL",
        "ALTER COLUMN organization_id DROP DEFAULT",
        "ALTER COLUMN organization_id SET DEFAULT gen_random_uuid()",
    ],
)
@pytest.mark.fault("H4")
def test_each_part_of_what_keeps_rows_at_home_is_seen_and_put_back(acme: Cast, damage: str) -> None:
    words = {"check": "belongs_to_this_organization", "mine": f"'{acme.organization.id}'::uuid"}
    spoil(acme, "ALTER TABLE {schema}.users " + damage.format(**words))
    with owner.connect() as connection:
        found = find_schema_drift(connection, organizations())
        assert {schema: {drift.sentence for drift in drifts} for schema, drifts in found.items()} == {
            acme.organization.schema_name: {
                f"A check or a trigger is missing or changed in {acme.organization.schema_name}."
            }
        }
        repair(found[acme.organization.schema_name])
        assert find_schema_drift(connection, organizations()) == {}


@pytest.mark.parametrize("kind", ["FUNCTIONS", "TYPES"])
def test_what_the_owner_makes_is_nobodys_by_default(acme: Cast, kind: str) -> None:
    granted = "EXECUTE" if kind == "FUNCTIONS" else "USAGE"
    found = seen_and_repaired(acme, f"ALTER DEFAULT PRIVILEGES FOR ROLE {{owner}} GRANT {granted} ON {kind} TO PUBLIC")
    assert found == [f"{kind.capitalize()} that the owner makes are everybody's by default."]


def test_a_trigger_of_public_that_nobody_declared_is_seen_and_dropped(acme: Cast) -> None:
    found = seen_and_repaired(
        acme,
        "CREATE TRIGGER spy AFTER UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION public.count_rows()",
    )
    assert found == ["Nobody declared the trigger spy on public.organizations."]


@pytest.mark.slow
def test_a_catalog_that_is_open_anywhere_is_said_to_be_open_and_closed_by_migrate(acme: Cast) -> None:
    with owner.connect() as connection:
        for what in CLOSED_TO_ALL:
            assert is_hardened(connection)
            spoil(acme, f"GRANT {what} TO PUBLIC")
            assert not is_hardened(connection), what
            spoil(acme, f"REVOKE {what} FROM PUBLIC")
    spoil(acme, *(f"GRANT {what} TO PUBLIC" for what in CLOSED_TO_ALL))
    assert (CLOSED in check()[1], OPEN in check()[1]) == (False, True)
    call_command("migrate", "--quiet")
    assert (CLOSED in check()[1], OPEN in check()[1]) == (True, False)
