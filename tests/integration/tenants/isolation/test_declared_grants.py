"""Grants, word for word: what each kind of role may do, and that more of it or less is seen and repaired."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import Cast
from tests.database import superuser
from tests.integration.tenants.isolation.drifts import everything_repaired_after, seen_and_repaired, spoil

pytestmark = [pytest.mark.fault("H2"), pytest.mark.isolation]

EVERYTHING, READ, SWEEP = "DELETE INSERT SELECT UPDATE", "SELECT", "DELETE SELECT"
_ENTRY = (
    "action actor_id actor_label actor_type changes ip_address is_verified on_behalf_of reason request_id resource_id"
    " resource_label resource_type run_id step_id user_agent user_id"
)
#: Schema and table -> privileges on the table. Whatever is not here, nobody but the owner has.
TENANT = {
    "ORG.agent_deletions": READ,
    "ORG.agent_rows": READ,
    "ORG.agent_usage": EVERYTHING,
    "ORG.agents": EVERYTHING,
    "ORG.api_keys": EVERYTHING,
    "ORG.approval_policies": "INSERT SELECT UPDATE",
    "ORG.audit_checkpoints": READ,
    "ORG.audit_leaves": READ,
    "ORG.audit_prunings": READ,
    "ORG.audit_logs": READ,
    "ORG.audit_subtrees": READ,
    "ORG.compliance_reports": EVERYTHING,
    "ORG.django_session": EVERYTHING,
    "ORG.email_tokens": EVERYTHING,
    "ORG.erasures": "INSERT SELECT",
    "ORG.external_identities": EVERYTHING,
    "ORG.former_passwords": "DELETE INSERT SELECT",
    "ORG.idempotency_keys": EVERYTHING,
    "ORG.identity_providers": EVERYTHING,
    "ORG.invitations": EVERYTHING,
    "ORG.login_challenges": EVERYTHING,
    "ORG.passkeys": EVERYTHING,
    "ORG.privacy_export_parts": EVERYTHING,
    "ORG.privacy_exports": EVERYTHING,
    "ORG.proposals": EVERYTHING,
    "ORG.recovery_codes": EVERYTHING,
    "ORG.role_members": EVERYTHING,
    "ORG.roles": EVERYTHING,
    "ORG.second_factors": EVERYTHING,
    "ORG.security_policies": "INSERT SELECT UPDATE",
    "ORG.sessions": EVERYTHING,
    "ORG.sign_ons": EVERYTHING,
    "ORG.spent_passkey_challenges": EVERYTHING,
    "ORG.users": EVERYTHING,
    "ORG.webhook_endpoints": EVERYTHING,
}
GROUP = {"public.django_content_type": READ}
CONTROL = {
    "public.api_keys": SWEEP,
    "public.attempts": EVERYTHING,
    "public.audit_arrivals": READ,
    "public.audit_logs": READ,
    "public.axes_accessattempt": EVERYTHING,
    "public.axes_accessattemptexpiration": SWEEP,
    "public.axes_accessfailurelog": SWEEP,
    "public.axes_accesslog": SWEEP,
    "public.checkpoint_publications": READ,
    "public.django_content_type": READ,
    "public.django_migrations": READ,
    "public.django_session": EVERYTHING,
    "public.domains": READ,
    "public.email_index": READ,
    "public.email_tokens": EVERYTHING,
    "public.failed_roll_outs": READ,
    "public.heavy_use": EVERYTHING,
    "public.idempotency_keys": EVERYTHING,
    "public.invitations": SWEEP,
    "public.isolation_proofs": READ,
    "public.login_challenges": EVERYTHING,
    "public.organizations": READ,
    "public.passkeys": EVERYTHING,
    "public.past_usage": SWEEP,
    "public.procrastinate_events": EVERYTHING,
    "public.procrastinate_events_id_seq": "USAGE",
    "public.procrastinate_jobs": EVERYTHING,
    "public.procrastinate_jobs_id_seq": "USAGE",
    "public.procrastinate_periodic_defers": EVERYTHING,
    "public.procrastinate_periodic_defers_id_seq": "USAGE",
    "public.procrastinate_workers": EVERYTHING,
    "public.procrastinate_workers_id_seq": "USAGE",
    "public.quota_movements": SWEEP,
    "public.quota_reservations": SWEEP,
    "public.quotas": READ,
    "public.recovery_codes": EVERYTHING,
    "public.quota_shares": EVERYTHING,
    "public.request_rates": EVERYTHING,
    "public.second_factors": EVERYTHING,
    "public.sessions": EVERYTHING,
    "public.sign_ons": SWEEP,
    "public.spent_passkey_challenges": EVERYTHING,
    "public.users": EVERYTHING,
}
SEQUENCER = {
    "ORG.audit_checkpoints": "INSERT SELECT",
    "ORG.audit_leaves": "INSERT SELECT",
    "ORG.audit_prunings": "SELECT",
    "ORG.audit_logs": READ,
    "ORG.audit_subtrees": "INSERT SELECT",
    "public.audit_arrivals": SWEEP,
    "public.checkpoint_publications": "INSERT SELECT UPDATE",
}
TABLES = {"ORG": TENANT, "GROUP": GROUP, "CONTROL": CONTROL, "SEQUENCER": SEQUENCER, "WATCHDOG": {}}
#: Role, table and privilege -> the columns it is for.
COLUMNS = {
    ("ORG", "ORG.audit_logs", "INSERT"): _ENTRY,
    ("ORG", "ORG.erasures", "UPDATE"): "status updated_at",
    ("CONTROL", "public.api_keys", "UPDATE"): "deleted_at",
    ("CONTROL", "public.audit_logs", "INSERT"): _ENTRY,
    ("CONTROL", "public.invitations", "UPDATE"): "ended_at",
    ("CONTROL", "public.past_usage", "UPDATE"): "created_at",  # to lock a row that is swept
    ("CONTROL", "public.quota_movements", "UPDATE"): "created_at",
    ("CONTROL", "public.quota_reservations", "UPDATE"): "ended_at",
    ("CONTROL", "public.sign_ons", "UPDATE"): "used_at",
    ("SEQUENCER", "ORG.webhook_endpoints", "SELECT"): "id is_enabled paused_at",
    ("WATCHDOG", "public.organizations", "SELECT"): "id plan schema_name",
}
FOR_TENANTS = """
    add_to_email_index allow_my_networks allow_my_origins allow_my_switching cancel_my_removal confirm_my_organization
    consume_and_record consume_quota drop_agent_jobs enqueue_job my_allowed_networks my_allowed_origins my_organization
    my_organization_allows_switching
    my_organization_is_open my_balances my_past_usage my_quota_warning_percent my_quotas my_removal_due_at my_usage_since
    release_quota remove_from_email_index rename_my_organization reserve_quota schedule_my_removal settle_reservation
    warn_my_organization_from warn_of_quota"""
FOR_CONTROL = """
    count_of_tripwire_touches count_of_unverified_contexts enqueue_job_for fetch_job_of fetch_next_job
    hard_limit_in_force limit_in_force measure_storage
    next_organization_with_a_job organizations_with_a_due_job quotas_to_warn_of recount_usage
    return_expired_reservations take_from_rate"""
FOR_BOTH = "context_is_verified count_unverified_context record_event set_context touch_tripwire"
SCHEMAS = {
    ("ORG", "ORG", "USAGE"),
    ("GROUP", "public", "USAGE"),
    ("CONTROL", "public", "USAGE"),
    ("SEQUENCER", "public", "USAGE"),
    ("WATCHDOG", "public", "USAGE"),
    ("SEQUENCER", "ORG", "USAGE"),
}
TYPES = {
    ("CONTROL", name, "USAGE")
    for name in ("procrastinate_job_event_type", "procrastinate_job_status", "procrastinate_job_to_defer_v1")
}
DATABASE = {("GROUP", "CONNECT"), ("CONTROL", "CONNECT"), ("SEQUENCER", "CONNECT"), ("WATCHDOG", "CONNECT")}

_HERE = "JOIN pg_namespace AS n ON n.oid = {} AND nspname IN ('public', %(schema)s)"
_WHO = "CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END"
_ON_TABLES = f"""
    SELECT {_WHO}, concat(nspname, '.', relname), string_agg(privilege_type, ' ' ORDER BY privilege_type)
      FROM pg_class {_HERE.format("relnamespace")}, aclexplode(relacl) AS a WHERE a.grantee <> relowner GROUP BY 1, 2"""
_ON_COLUMNS = f"""
    SELECT {_WHO}, concat(nspname, '.', relname), privilege_type, string_agg(attname, ' ' ORDER BY attname)
      FROM pg_attribute JOIN pg_class AS c ON c.oid = attrelid {_HERE.format("relnamespace")}, aclexplode(attacl) AS a
     WHERE a.grantee <> relowner GROUP BY 1, 2, 3"""
_ON_FUNCTIONS = f"""
    SELECT DISTINCT {_WHO}, proname::text, privilege_type
      FROM pg_proc {_HERE.format("pronamespace")}, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS a
     WHERE a.grantee <> proowner AND NOT starts_with(proname, 'procrastinate_')"""
_ON_SCHEMAS = f"""
    SELECT {_WHO}, nspname::text, privilege_type FROM pg_namespace, aclexplode(nspacl) AS a
     WHERE nspname IN ('public', %(schema)s) AND a.grantee <> nspowner"""
_ON_TYPES = f"""
    SELECT {_WHO}, typname::text, privilege_type FROM pg_type {_HERE.format("typnamespace")}, aclexplode(typacl) AS a
     WHERE a.grantee <> typowner"""
_ON_DATABASE = f"""
    SELECT {_WHO}, privilege_type FROM pg_database, aclexplode(datacl) AS a
     WHERE datname = current_database() AND a.grantee <> datdba"""


@pytest.fixture(autouse=True)
def _repaired(acme: Cast, globex: Cast) -> Iterator[None]:
    with everything_repaired_after():
        yield
        assert_all_is_as_written_here(acme)


def granted(cast: Cast, query: str) -> set[tuple[str, ...]]:
    schema = cast.organization.schema_name
    with superuser() as behind:
        found = behind.execute(query, {"schema": schema}).fetchall()  # type: ignore[arg-type]  # ours
    words = {
        schema: "ORG",
        "workix_test_control": "CONTROL",
        "workix_test_tenants": "GROUP",
        "workix_test_sequencer": "SEQUENCER",
        "workix_test_watchdog": "WATCHDOG",
    }
    return {tuple(words.get(each, each.replace(schema, "ORG")) for each in row) for row in found}


def assert_all_is_as_written_here(cast: Cast) -> None:
    tables = {(role, table, words) for role, granted in TABLES.items() for table, words in granted.items()}
    functions = {
        (role, name, "EXECUTE")
        for role, names in (("GROUP", f"{FOR_TENANTS} {FOR_BOTH}"), ("CONTROL", f"{FOR_CONTROL} {FOR_BOTH}"))
        for name in names.split()
    }
    assert granted(cast, _ON_TABLES) == tables
    assert granted(cast, _ON_COLUMNS) == {(*key, columns) for key, columns in COLUMNS.items()}
    assert granted(cast, _ON_FUNCTIONS) == functions
    assert granted(cast, _ON_SCHEMAS) == SCHEMAS
    assert granted(cast, _ON_TYPES) == TYPES
    assert granted(cast, _ON_DATABASE) == DATABASE


def test_what_each_kind_of_role_may_do_is_written_here_word_for_word(acme: Cast) -> None:
    assert_all_is_as_written_here(acme)


@pytest.mark.parametrize("role", TABLES)
def test_each_privilege_that_is_taken_away_is_seen_and_given_back(acme: Cast, role: str) -> None:
    spelled = {
        "ORG": "{role}",
        "GROUP": "{group}",
        "CONTROL": "{control}",
        "SEQUENCER": "{sequencer}",
        "WATCHDOG": "{watchdog}",
    }[role]
    listed = TABLES[role]
    revokes = [
        f"REVOKE ALL ON {'SEQUENCE' if table.endswith('_seq') else 'TABLE'} {table.replace('ORG', '{schema}')} FROM {spelled}"
        for table in {**listed, **{table: "" for who, table, _ in COLUMNS if who == role}}
    ]
    names = [(table, f"{word}", "") for table, words in listed.items() for word in words.split()]
    names += [(t, word, f" ({c})") for (who, t, word), cs in COLUMNS.items() if who == role for c in cs.split()]
    assert sorted(seen_and_repaired(acme, *revokes)) == sorted(
        f"A declared grant is missing: {word}{column} on {'sequence' if table.endswith('_seq') else 'table'} {table} for {role}."
        for table, word, column in names
    )


#: What is granted too much -> what is said of it. Two views are made for it.
TOO_MUCH = {
    "INSERT ON public.organizations": "INSERT on table public.organizations",
    "UPDATE ON public.quotas": "UPDATE on table public.quotas",
    "TRUNCATE ON {schema}.users": "TRUNCATE on table ORG.users",
    "TRIGGER ON {schema}.sessions": "TRIGGER on table ORG.sessions",
    "REFERENCES ON {schema}.users": "REFERENCES on table ORG.users",
    "SELECT (slug) ON public.slugs": "SELECT (slug) on table public.slugs",
    "SELECT ON {schema}.everybody": "SELECT on table ORG.everybody",
    "UPDATE (action) ON {schema}.audit_logs": "UPDATE (action) on table ORG.audit_logs",
    "INSERT (source) ON {schema}.audit_logs": "INSERT (source) on table ORG.audit_logs",
    "SELECT (inner_key) ON public.signed_call_key": "SELECT (inner_key) on table public.signed_call_key",
    "USAGE ON SEQUENCE public.unverified_contexts": "USAGE on sequence public.unverified_contexts",
    "USAGE ON SEQUENCE {schema}.django_migrations_id_seq": "USAGE on sequence ORG.django_migrations_id_seq",
    "CREATE ON SCHEMA {schema}": "CREATE on schema ORG",
    "CREATE ON SCHEMA public": "CREATE on schema public",
    "TEMP ON DATABASE {database}": "TEMPORARY on database DATABASE",
    "EXECUTE ON FUNCTION public.hmac_sha256": "EXECUTE on function public.hmac_sha256(bytea,bytea,bytea)",
    "EXECUTE ON FUNCTION public.my_organization_id": "EXECUTE on function public.my_organization_id()",
}
VIEWS = (
    "CREATE VIEW public.slugs AS SELECT slug FROM public.organizations",
    "CREATE VIEW {schema}.everybody AS SELECT * FROM {schema}.users",
    "ALTER VIEW public.slugs OWNER TO {owner}",
    "ALTER VIEW {schema}.everybody OWNER TO {owner}",
)


@pytest.mark.parametrize("who", ["{role}", "{control}", "{group}", "PUBLIC"])
def test_each_privilege_too_much_is_seen_and_taken_away(acme: Cast, who: str) -> None:
    named = who.format(role="ORG", control="CONTROL", group="GROUP")
    spoil(acme, *VIEWS)
    try:
        found = seen_and_repaired(acme, *(f"GRANT {what} TO {who}" for what in TOO_MUCH))
        assert sorted(found) == sorted(f"Nobody declared this grant: {said} for {named}." for said in TOO_MUCH.values())
    finally:
        spoil(acme, "DROP VIEW public.slugs", "DROP VIEW {schema}.everybody")


def test_who_may_give_away_what_they_may_is_seen_and_no_longer_may(acme: Cast) -> None:
    given = {
        "SELECT ON {schema}.users TO {role}": "SELECT on table ORG.users for ORG",
        "INSERT (action) ON {schema}.audit_logs TO {role}": "INSERT (action) on table ORG.audit_logs for ORG",
        "EXECUTE ON FUNCTION public.my_quotas TO {group}": "EXECUTE on function public.my_quotas() for GROUP",
        "USAGE ON SCHEMA public TO {control}": "USAGE on schema public for CONTROL",
    }
    found = seen_and_repaired(acme, *(f"GRANT {what} WITH GRANT OPTION" for what in given))
    assert sorted(found) == sorted(f"Nobody declared this grant: the right to grant {said}." for said in given.values())
