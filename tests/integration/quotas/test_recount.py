"""manage.py recount_usage: counters that drifted are set right and reported; those that services move are left."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.core.management import CommandError, call_command

from quotas.recount import CounterDrift, recount
from quotas.tasks import recount_usage
from tenants.isolation import owner
from tests.acts import at_once, rows
from tests.cast import Api, Cast
from tests.integration.quotas.test_counted import PEOPLE, counted, session, set_quota


def test_a_counter_that_is_right_stays_and_nothing_is_reported(acme: Cast, globex: Cast, alice: Api) -> None:
    alice.post("quotas/executions/consumptions/", {"amount": 7})
    alice.post("quotas/executions/reservations/", {"amount": 2})
    before = rows("SELECT * FROM quotas ORDER BY id")
    assert (recount(), rows("SELECT * FROM quotas ORDER BY id")) == ([], before)


def test_what_drifted_is_set_right_and_reported(acme: Cast, globex: Cast, alice: Api) -> None:
    alice.post("quotas/executions/reservations/", {"amount": 2})
    set_quota(acme, "used = 1")
    rows("UPDATE quotas SET used = 9, reserved = 5 WHERE resource = 'executions'")
    said = io.StringIO()
    call_command("recount_usage", "--json", stdout=said)
    found = {(each["organization"], each["resource"], each["counter"]): each for each in json.loads(said.getvalue())}
    assert {place: (each["was"], each["counted"]) for place, each in found.items()} == {
        ("acme", "users", "used"): (1, 3),
        ("acme", "executions", "reserved"): (5, 2),
        ("globex", "executions", "reserved"): (5, 0),
    }
    assert (counted(acme), recount()) == ((3, 3), [])
    assert alice.get("quotas/executions/").body["used"] == 9


def test_the_job_and_the_command_for_one_organization_say_what_was_wrong(
    acme: Cast, globex: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    rows("UPDATE quotas SET used = 1 WHERE resource = 'users'")
    said = io.StringIO()
    call_command("recount_usage", "acme", stdout=said)
    assert said.getvalue().splitlines() == ["acme: users, used: 1, set to 3", "1 counters were wrong."]
    caplog.set_level(logging.WARNING)
    recount_usage(timestamp=0)
    assert [(each.message, each.organization) for each in caplog.records if each.name == "workix.quotas"] == [
        ("quota.drifted", "globex")
    ]
    with pytest.raises(CommandError, match="no organization nobody"):
        call_command("recount_usage", "nobody")


def test_a_counter_that_somebody_holds_is_left_for_the_next_time(acme: Cast) -> None:
    set_quota(acme, "used = 1")
    with owner.connect(owner.database()) as raw, raw.transaction():
        raw.execute("SELECT FROM public.quotas WHERE resource = 'users' FOR UPDATE")
        assert recount("acme") == []
    assert recount("acme") == [CounterDrift("acme", "users", "used", 1, 3)]


def test_rows_that_come_while_they_are_counted_are_counted_once(acme: Cast) -> None:
    set_quota(acme, '"limit" = 1000')

    def work(number: int) -> None:
        if number == 0:
            for _ in range(5):
                assert recount("acme") == []
            return
        with session(acme) as raw:
            for each in range(10):
                raw.execute(PEOPLE.format(f"'r{number}-{each}-' || n", 1))

    at_once(work, 3)
    assert counted(acme) == (23, 23)
