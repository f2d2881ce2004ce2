"""Owners, functions, policies, checks and the catalog, word for word: each that is changed is seen and repaired."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command

from tenants.isolation import owner
from tenants.isolation.drift import find_schema_drift, repair
from tenants.isolation.hardening import CLOSED, OPEN, is_hardened
from tenants.schema.rollout import organizations
from tests.cast import Cast
from tests.database import superuser
from tests.integration.tenants.isolation.drifts import check, everything_repaired_after, seen_and_repaired, spoil

pytestmark = [pytest.mark.fault("H2"), pytest.mark.isolation]

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
    add_to_email_index allow_my_networks allow_my_origins allow_my_switching cancel_my_removal confirm_my_organization
    consume_quota context_is_verified count_of_tripwire_touches count_of_unverified_contexts count_rows
    count_unverified_context enqueue_job my_balances touch_tripwire
    count_agent_deletions drop_agent_jobs hold_agent_rows
    enqueue_job_for my_allowed_networks my_allowed_origins my_organization my_organization_allows_switching
    my_organization_id my_organization_is_open my_past_usage my_quota_warning_percent my_quotas my_removal_due_at my_usage_since
    measure_storage note_arrivals quotas_to_warn_of release_quota recount_usage remove_from_email_index rename_my_organization
    reserve_quota
    return_expired_reservations schedule_my_removal set_context settle_reservation warn_my_organization_from warn_of_quota"""
FIXED = "search_path=pg_catalog, pg_temp"
OTHERWISE_FIXED = {
    "audit_changed_rows": f"{FIXED}; plan_cache_mode=force_generic_plan",
    **dict.fromkeys(("limit_in_force", "hard_limit_in_force", "warning_level"), ""),  # inlined, too
    "hmac_sha256": "",  # inlined; it names nothing that could be another's
    "transaction_binding": "",
    "record_event": "",  # it finds the trail by the caller's search_path, with the caller's rights
    "consume_and_record": "",  # and so does what calls it
    **dict.fromkeys(
        (
            "drop_agent_jobs",
            "enqueue_job_for",
            "fetch_job_of",
            "fetch_next_job",
            "next_organization_with_a_job",
            "organizations_with_a_due_job",
        ),
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


@pytest.fixture(autouse=True)
def _repaired(acme: Cast, globex: Cast) -> Iterator[None]:
    with everything_repaired_after():
        yield


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
