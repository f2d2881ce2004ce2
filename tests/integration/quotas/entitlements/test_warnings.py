"""Warnings of limits: at a percentage and at the limit, once a month, by mail, entry and metric, and in one transaction."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.notices.quota_warnings import send_quota_warning
from quotas.entitlements.warnings import due, quota_warned, warn
from tenants.scope import use_tenant
from tests.acts import at_once, join, rows, set_limit
from tests.cast import Api, Cast
from workix.core.current import Current
from workix.core.permissions import Role
from workix.observability import metrics

WARNED = "SELECT resource_id, changes, actor_type, is_verified FROM audit_logs WHERE action = 'quota.warned' ORDER BY created_at"


def take(api: Api, amount: int) -> None:
    assert api.post("quotas/executions/consumptions/", {"amount": amount}).status == 201


def warned(cast: Cast) -> list[tuple[str, int]]:
    return [(name, changes["percent"]) for name, changes, *_ in rows(WARNED, cast)]


def test_admins_hear_at_eighty_per_cent_and_at_the_limit_once_each(
    acme: Cast, globex: Cast, alice: Api, tick: Callable[[], list[str]]
) -> None:
    join(acme, "ada@acme.example", Role.ADMIN)
    set_limit(acme, "users", 50)
    take(alice, 799)
    assert tick() == []
    take(alice, 1)
    before = metrics.QUOTA_WARNINGS.labels("executions")._value.get()
    assert tick() == ["The limit of executions is taken to 80 %"] * 2
    assert sorted(address for message in mail.outbox for address in message.to) == [
        "ada@acme.example",
        "alice@acme.example",
    ]
    assert "has taken 800 of 1000: executions" in str(mail.outbox[0].body)
    told = {"percent": 80, "taken": 800, "limit": 1_000}
    assert rows(WARNED, acme) == [("executions", told, "system", True)]
    assert metrics.QUOTA_WARNINGS.labels("executions")._value.get() == before + 1
    take(alice, 150)
    assert tick() == []
    take(alice, 50)
    assert tick() == ["The limit of executions is reached"] * 2
    assert (tick(), warned(acme), rows(WARNED, globex)) == ([], [("executions", 80), ("executions", 100)], [])


def test_use_that_falls_and_rises_again_is_no_storm_and_a_new_month_and_another_limit_begin_anew(
    acme: Cast, tick: Callable[[], list[str]]
) -> None:
    set_limit(acme, "users", 3)
    assert tick() == ["The limit of people is reached"]
    for limit in (9, 3):
        set_limit(acme, "users", limit)
        assert tick() == []
    rows("UPDATE quotas SET warned_on = warned_on - interval '1 month' WHERE warned_on IS NOT NULL")
    assert tick() == ["The limit of people is reached"]
    call_command("set_limit", "acme", "users", "2", "--reason", "x", stdout=io.StringIO())
    assert tick() == ["The limit of people is reached"]
    call_command("set_plan", "acme", "free", "--users", "4", "--reason", "x", stdout=io.StringIO())
    assert tick() == []
    call_command("set_limit", "acme", "users", "--cancel", "--reason", "x", stdout=io.StringIO())
    assert tick() == []
    call_command("set_plan", "acme", "free", "--users", "3", "--reason", "x", stdout=io.StringIO())
    assert (tick(), warned(acme)) == (["The limit of people is reached"], [("users", 100)] * 4)


def test_an_organization_chooses_its_percentage(acme: Cast, alice: Api, tick: Callable[[], list[str]]) -> None:
    assert alice.patch("organization/policies/", {"quota_warning_percent": 50}).status == 200
    alice.post("quotas/executions/reservations/", {"amount": 500, "ttl": 3600})
    assert tick() == ["The limit of executions is taken to 50 %", "The limit of people is taken to 50 %"]
    assert alice.patch("organization/policies/", {"quota_warning_percent": 100}).status == 200
    take(alice, 499)
    assert tick() == []


def test_a_month_that_is_over_and_who_is_suspended_warn_nobody(acme: Cast, alice: Api) -> None:
    take(alice, 900)
    assert due() == [(acme.organization.id, "executions")]
    rows("UPDATE quotas SET period_starts_on = period_starts_on - interval '1 month' WHERE period = 'month'")
    assert due() == []
    set_limit(acme, "users", 0)
    assert due() == [(acme.organization.id, "users")]
    rows("UPDATE organizations SET status = 'suspended' WHERE slug = 'acme'")
    assert due() == []


def warn_acme(acme: Cast) -> None:
    with use_tenant(acme.organization), Current.scoped(organization=acme.organization):
        warn("users")


def test_two_workers_at_the_same_moment_warn_once(acme: Cast) -> None:
    set_limit(acme, "users", 3)
    at_once(lambda _: warn_acme(acme), 3)
    mails = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %(task)s"
    assert (warned(acme), rows(mails, task=send_quota_warning.name)) == ([("users", 100)], [(1,)])


def test_a_warning_that_nobody_can_be_told_of_was_not_given(acme: Cast) -> None:
    set_limit(acme, "users", 3)

    def fail(sender: object, **kwargs: Any) -> None:
        raise RuntimeError("the queue is away")

    quota_warned.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="the queue is away"):
            warn_acme(acme)
    finally:
        quota_warned.disconnect(fail)
    assert (warned(acme), due()) == ([], [(acme.organization.id, "users")])


def test_a_mail_that_waited_is_for_nobody_who_left_meanwhile(acme: Cast, tick: Callable[[], list[str]]) -> None:
    told = {"user_id": str(acme.people["alice"].id), "resource": "users", "percent": 100, "taken": 3, "limit": 3}
    with use_tenant(acme.organization), Current.scoped(organization=acme.organization):
        send_quota_warning.enqueue(**told)
    rows("UPDATE users SET is_active = false WHERE email = 'alice@acme.example'", acme)
    assert tick() == []
