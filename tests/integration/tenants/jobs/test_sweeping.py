"""Sweeping: what is over goes, what is not stays, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from psycopg import sql

from tenants.jobs import sweeping
from tenants.jobs.periodic import sweep, sweep_platform
from tenants.jobs.periodic_tenant_task import enqueue_everywhere
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser

#: Table -> how to write a row whose moment is %(at)s, the column of it, and how long it is kept.
IN_TENANTS = {
    "sessions": (
        "(id, created_at, updated_at, refresh_hash, expires_at, ip_address, user_agent, last_seen_at, user_id)"
        " SELECT gen_random_uuid(), now(), now(), '', %(at)s, '', '', now(), id FROM users LIMIT 1",
        timedelta(days=30),
    ),
    "email_tokens": (
        "(id, created_at, updated_at, purpose, token_hash, expires_at, user_id)"
        " SELECT gen_random_uuid(), now(), now(), 'reset_password', gen_random_uuid(), %(at)s, id FROM users LIMIT 1",
        timedelta(days=7),
    ),
    "login_challenges": (
        "(id, created_at, updated_at, token_hash, expires_at, user_id)"
        " SELECT gen_random_uuid(), now(), now(), gen_random_uuid(), %(at)s, id FROM users LIMIT 1",
        timedelta(days=7),
    ),
    "spent_passkey_challenges": (
        "(id, created_at, updated_at) VALUES (gen_random_uuid(), %(at)s, now())",
        timedelta(days=1),
    ),
    "api_keys": (
        "(id, created_at, updated_at, name, prefix, key_hash, scopes, networks, confirmed_at, deleted_at)"
        " VALUES (gen_random_uuid(), now(), now(), '', '', gen_random_uuid(), '', '', now(), %(at)s)",
        timedelta(days=365),
    ),
    "agents": (
        "(id, created_at, updated_at, name, prefix, key_hash, scopes, networks, purpose, model_label, mode, stop_reason,"
        " spent_units, deleted_at)"
        " VALUES (gen_random_uuid(), now(), now(), '', '', gen_random_uuid(), '', '', '', '', 'live', '', 0, %(at)s)",
        timedelta(days=365),
    ),
    "agent_usage": (
        "(id, created_at, updated_at, agent_id, run, model, input_tokens, output_tokens, units)"
        " VALUES (gen_random_uuid(), %(at)s, now(), gen_random_uuid(), 'tidy-1', '', 0, 0, 1)",
        timedelta(days=400),
    ),
    "proposals": (
        "(id, created_at, updated_at, agent_id, method, path, query, content_type, encrypted_body, idempotency_key, call_key,"
        " fingerprint, reason, run_id, step_id, changes, why, status, expires_at, word)"
        " SELECT gen_random_uuid(), %(at)s, now(), id, '', '', '', '', '', '', gen_random_uuid(), '', '', '', '', '[]', '[]',"
        " 'expired', now(), '' FROM agents",
        timedelta(days=180),
    ),
    "invitations": (
        "(id, created_at, updated_at, email, first_name, last_name, role, status, token_hash, expires_at, ended_at)"
        " VALUES (gen_random_uuid(), now(), now(), 'x@acme.example', '', '', 'user', 'expired', '', %(at)s, %(at)s)",
        timedelta(days=90),
    ),
    "compliance_reports": (
        "(id, created_at, updated_at, begins_at, ends_at, status, size, content, link_hash, expires_at)"
        " VALUES (gen_random_uuid(), now(), now(), now(), now(), 'ready', 0, '', '', %(at)s)",
        timedelta(0),
    ),
    "privacy_exports": (
        "(id, created_at, updated_at, user_id, status, size, link_hash, expires_at)"
        " SELECT gen_random_uuid(), now(), now(), id, 'ready', 0, '', %(at)s FROM users LIMIT 1",
        timedelta(days=7),
    ),
    "privacy_export_parts": (
        "(id, created_at, updated_at, export_id, position, content, expires_at)"
        " SELECT gen_random_uuid(), now(), now(), id, extract(epoch FROM %(at)s::timestamptz)::int, '', %(at)s"
        " FROM privacy_exports LIMIT 1",
        timedelta(0),
    ),
    "sign_ons": (
        "(id, created_at, updated_at, purpose, state_hash, browser_hash, return_to, code_challenge, expires_at, provider_id)"
        " SELECT gen_random_uuid(), now(), now(), 'pages', gen_random_uuid(), '', '', '', %(at)s, id FROM identity_providers",
        timedelta(days=7),
    ),
    "idempotency_keys": (
        "(id, fingerprint, headers, body, created_at) VALUES (gen_random_uuid(), '', '{}', '', %(at)s)",
        timedelta(days=1),
    ),
    "django_session": (
        "(session_key, session_data, expire_date) VALUES (left(gen_random_uuid()::text, 40), '', %(at)s)",
        timedelta(0),
    ),
}
IN_PUBLIC = {
    "attempts": ("(key, count, since) VALUES (gen_random_uuid(), 1, %(at)s)", timedelta(days=7)),
    "request_rates": ("(key, full_at) VALUES (gen_random_uuid(), %(at)s)", timedelta(0)),
    "heavy_use": (
        "(id, organization_id, hour) VALUES (gen_random_uuid(), gen_random_uuid(), %(at)s)",
        timedelta(days=2),
    ),
    "past_usage": (
        '(id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used)'
        " VALUES (gen_random_uuid(), %(at)s, now(), gen_random_uuid(), 'executions', now(), 1, 1)",
        timedelta(days=1095),
    ),
    "quota_movements": (
        "(id, organization_id, resource, period_starts_on, amount, given_back, actor_type, actor_label, created_at)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), 'executions', now(), 1, 0, 'person', '', %(at)s)",
        timedelta(days=400),
    ),
    "quota_reservations": (
        "(id, organization_id, resource, period_starts_on, amount, committed, actor_type, created_at, expires_at, ended_at,"
        " outcome) VALUES (gen_random_uuid(), gen_random_uuid(), 'executions', now(), 1, 1, 'person', now(), now(), %(at)s,"
        " 'committed')",
        timedelta(days=30),
    ),
    "axes_accessattempt": (
        "(id, user_agent, http_accept, path_info, get_data, post_data, failures_since_start, username, attempt_time)"
        " VALUES (gen_random_uuid(), '', '', '', '', '', 1, gen_random_uuid(), %(at)s)",
        timedelta(days=30),
    ),
    "idempotency_keys": IN_TENANTS["idempotency_keys"],
    "django_session": IN_TENANTS["django_session"],
}
#: Whose sign-ons are swept.
PROVIDER = (
    "(id, created_at, updated_at, name, protocol, is_enabled, settings, encrypted_secret, domains, is_authoritative,"
    " creates_people, default_role, group_roles)"
    " VALUES (gen_random_uuid(), now(), now(), 'A', 'oidc', true, '{}', '', '', false, false, 'user', '{}')"
)
NOW = datetime(2027, 5, 1, 12, tzinfo=UTC)
MOMENT = timedelta(minutes=1)


def write(table: str, tables: dict[str, tuple[str, timedelta]], cast: Cast | None = None) -> None:
    """Write a row that is over since a moment, and one that will be in a moment."""
    rows(f"DELETE FROM {table}", cast)
    if table == "sign_ons":
        rows(f"INSERT INTO identity_providers {PROVIDER}", cast)
    if table == "privacy_export_parts":
        rows(f"INSERT INTO privacy_exports {IN_TENANTS['privacy_exports'][0]}", cast, at=NOW)
    if table == "proposals":
        rows(f"INSERT INTO agents {IN_TENANTS['agents'][0]}", cast, at=None)
    columns, kept = tables[table]
    for at in (NOW - kept - MOMENT, NOW - kept + MOMENT):
        rows(f"INSERT INTO {table} {columns}", cast, at=at)


def left(table: str, cast: Cast | None = None) -> int:
    ((count,),) = rows(f"SELECT count(*) FROM {table}", cast)
    return int(count)


@pytest.mark.fault("C9")
@pytest.mark.parametrize("table", IN_TENANTS)
def test_an_organization_loses_what_is_over(acme: Cast, globex: Cast, table: str) -> None:
    for cast in (acme, globex):
        write(table, IN_TENANTS, cast)
    with use_tenant(acme.organization):
        assert sweeping.sweep_tenant(now=NOW) >= 1
    assert (left(table, acme), left(table, globex)) == (1, 2)


@pytest.mark.fault("C9")
@pytest.mark.parametrize("table", IN_PUBLIC)
def test_the_platform_loses_what_is_over(acme: Cast, table: str) -> None:
    write(table, IN_PUBLIC)
    assert sweeping.sweep_platform(now=NOW) >= 1
    assert left(table) == 1


def test_every_table_that_is_swept_is_tried_here() -> None:
    assert {model._meta.db_table for model in sweeping.retentions()} == IN_TENANTS.keys() | IN_PUBLIC.keys()


@pytest.mark.fault("C9")
@pytest.mark.parametrize(
    ("status", "days", "kept"),
    [
        ("failed", 31, 0),
        ("failed", 29, 1),
        ("succeeded", 31, 0),
        ("cancelled", 31, 0),
        ("todo", 400, 1),
        ("doing", 400, 1),
    ],
)
def test_a_job_that_ended_is_kept_for_thirty_days(database: None, status: str, days: int, kept: int) -> None:
    rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 't', %(status)s)",
        status=status,
    )
    rows("INSERT INTO procrastinate_events (job_id, type) SELECT id, 'failed' FROM procrastinate_jobs")
    rows("UPDATE procrastinate_events SET at = now() - make_interval(days => %(days)s)", days=days)
    sweeping.sweep_platform(now=timezone.now())
    assert left("procrastinate_jobs") == kept


@pytest.mark.fault("C9")
def test_sweeping_leaves_what_somebody_holds_and_waits_for_nobody(acme: Cast) -> None:
    write("email_tokens", IN_TENANTS, acme)
    with superuser() as other, other.transaction(force_rollback=True):
        other.execute(
            sql.SQL("SELECT 1 FROM {} FOR UPDATE").format(sql.Identifier(acme.organization.schema_name, "email_tokens"))
        )
        with use_tenant(acme.organization):
            sweeping.sweep_tenant(now=NOW)
        assert left("email_tokens", acme) == 2
    with use_tenant(acme.organization):
        sweeping.sweep_tenant(now=NOW)
    assert left("email_tokens", acme) == 1


@pytest.mark.fault("C9")
def test_more_than_a_batch_is_swept_in_batches(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 2)
    rows("DELETE FROM attempts")
    for _ in range(5):
        rows(f"INSERT INTO attempts {IN_PUBLIC['attempts'][0]}", at=NOW - timedelta(days=8))
    assert (sweeping.sweep_platform(now=NOW), left("attempts")) == (5, 0)


@pytest.mark.fault("C9")
def test_both_are_jobs_that_the_clock_asks_for(acme: Cast, globex: Cast, run_jobs: Callable[[], None]) -> None:
    long_ago: dict[str, Any] = {"at": timezone.now() - timedelta(days=4000)}
    for cast in (acme, globex):
        rows(f"INSERT INTO sessions {IN_TENANTS['sessions'][0]}", cast, **long_ago)
    rows(f"INSERT INTO attempts {IN_PUBLIC['attempts'][0]}", **long_ago)
    enqueue_everywhere(sweep)
    sweep_platform(timestamp=0)
    run_jobs()
    old = "WHERE {} < now() - interval '3000 days'"
    swept = [
        left(f"sessions {old.format('expires_at')}", acme),
        left(f"sessions {old.format('expires_at')}", globex),
        left(f"attempts {old.format('since')}"),
    ]
    assert swept == [0, 0, 0]
