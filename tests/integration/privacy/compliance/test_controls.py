"""Controls of the compliance report: each goes red, and it alone, when what it watches is broken, and green when repaired."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from privacy.compliance.control import CONTROLS, Finding, ReportScope, Status
from privacy.compliance.report import as_canonical_json, report_on
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.database import roles_locked
from tests.integration.accounts.api_keys.callers import key_of
from tests.integration.privacy.reported import findings, statuses
from tests.integration.tenants.trail.sequenced import sequence_all

DRIFT = ("isolation", "trail.triggers")


def of_a_grant(what: str, whom: str) -> tuple[str, str]:
    return f"GRANT {what} TO {whom}", f"REVOKE {what} FROM {whom}"


@pytest.fixture
def _alone() -> Iterator[None]:
    """Nobody else changes roles and grants meanwhile."""
    with roles_locked(alone=True):
        yield


@pytest.mark.isolation
@pytest.mark.usefixtures("_alone")
@pytest.mark.parametrize(
    ("breaking", "repairing", "line"),
    [
        (*of_a_grant("SELECT (email) ON {globex}.users", "{acme}"), "isolation.elsewhere"),
        (*of_a_grant("SELECT (email) ON {acme}.users", "{globex}"), "isolation.schema"),
        (*of_a_grant("SELECT ON {acme}.users", "PUBLIC"), "isolation.schema"),
        (*of_a_grant("{acme}", "{globex}"), "isolation.schema"),
        (*of_a_grant("SELECT ON public.organizations", "PUBLIC"), "isolation.shared"),
        (*of_a_grant("{globex}", "{acme}"), "isolation.roles"),
        (
            "ALTER TABLE {acme}.users DISABLE TRIGGER audit_update",
            "ALTER TABLE {acme}.users ENABLE TRIGGER audit_update",
            "trail.triggers",
        ),
    ],
)
def test_a_wrong_privilege_turns_its_line_red_and_no_other(
    acme: Cast, globex: Cast, breaking: str, repairing: str, line: str
) -> None:
    names = {"acme": acme.organization.schema_name, "globex": globex.organization.schema_name}
    rows(breaking.format(**names))
    found = findings(acme, *DRIFT)
    rows(repairing.format(**names))
    after = statuses(acme, *DRIFT)
    assert after == dict.fromkeys(after, "met")
    assert {name: each.status.value for name, each in found.items()} == after | {line: "not met"}
    assert names["globex"] not in str(found), "what is of others is not named"


def test_people_and_keys_that_nobody_uses_are_red(acme: Cast) -> None:
    assert statuses(acme, "access.people", "access.keys") == {"access.people": "met", "access.keys": "met"}
    key_of(acme)
    rows("UPDATE users SET created_at = now() - interval '91 days', last_login = NULL WHERE first_name = 'Vera'", acme)
    rows("UPDATE api_keys SET created_at = now() - interval '91 days'", acme)
    assert statuses(acme, "access.people", "access.keys") == {"access.people": "not met", "access.keys": "not met"}


@pytest.mark.parametrize(
    ("breaking", "line"),
    [
        ("UPDATE audit_logs SET action = 'user.read' WHERE action = 'user.created'", "trail.verified"),
        ("UPDATE audit_checkpoints SET note = replace(note, E'\\n', E'\\n\\n')", "trail.checkpoints"),
    ],
)
def test_a_trail_that_was_altered_is_red(acme: Cast, breaking: str, line: str) -> None:
    sequence_all()
    assert statuses(acme, line) == {line: "met"}
    rows(breaking, acme)
    assert statuses(acme, line) == {line: "not met"}


def test_a_late_erasure_a_long_trail_and_a_touched_decoy_are_red(acme: Cast) -> None:
    names = ("data.erasures", "data.retention", "monitoring.alarms")
    rows(
        "INSERT INTO security_policies (organization_id, audit_retention_days, updated_at) VALUES (%(id)s, 30, now())",
        acme,
        id=acme.organization.id,
    )
    assert statuses(acme, *names) == dict.fromkeys(names, "met")
    rows("UPDATE audit_logs SET created_at = now() - interval '33 days' WHERE action = 'user.created'", acme)
    rows(
        "INSERT INTO audit_logs (actor_type, action, resource_type) VALUES ('system', 'tripwire.touched', 'tripwire')",
        acme,
    )
    rows(
        "INSERT INTO erasures (id, created_at, updated_at, user_id, status, due_at, certificate)"
        " SELECT gen_random_uuid(), now(), now(), id, 'scheduled', now() - interval '3 days', '' FROM users LIMIT 1",
        acme,
    )
    assert statuses(acme, *names) == dict.fromkeys(names, "not met")


def test_a_control_that_fails_is_not_checked_and_takes_no_other_with_it(
    acme: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(scope: ReportScope) -> Finding:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        raise AssertionError

    monkeypatch.setitem(CONTROLS, "access.people", replace(CONTROLS["access.people"], check=fails))
    caplog.set_level(logging.ERROR)
    now = timezone.now()
    with use_tenant(acme.organization):
        report = report_on(ReportScope(acme.organization, now - timedelta(days=1), now, now), asked_for_by="")
    found = {line["name"]: line["status"] for line in report["controls"]}
    assert found["access.people"] == Status.NOT_CHECKED
    assert [each.getMessage() for each in caplog.records] == ["compliance.control_failed"]
    assert found["access.second_factors"] != Status.NOT_CHECKED
    assert as_canonical_json(report).startswith(b'{"asked_for_by":"","controls":[{"area":"Access"')
