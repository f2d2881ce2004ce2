"""The kill switch in the dashboard: Stop with one click, Stop all, starting again; and how much of its limits an agent used."""

from __future__ import annotations

import re

import pytest

from agents.models import Mode
from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import Api, Cast
from tests.integration.agents.limits.leashes import leashed

LIST = "/admin/agents/agent/"


@pytest.fixture
def admin(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def test_one_click_stops_an_agent_and_it_is_started_again_with_a_new_key(acme: Cast, admin: Browser) -> None:
    robin = leashed(acme, "users:read")
    page = f"{LIST}{robin.id}/"
    assert f"{page}stop/" in admin.get(f"{page}change/").text
    stopped = admin.get(admin.post(f"{page}stop/").goes_to)
    assert "It is stopped." in stopped.words
    assert (robin.api.get("users/").status, f"{page}stop/" in stopped.text) == (401, False)
    (key,) = re.findall(r"wxa_[0-9A-Za-z]{65}", admin.post(f"{page}restart/", reason="Its prompt is mended.").text)
    assert (Api(key).get("users/").status, robin.api.get("users/").status) == (200, 401)


def test_all_are_stopped_from_their_list(acme: Cast, admin: Browser) -> None:
    agents = [leashed(acme, "users:read") for _ in range(2)]
    assert "Stop all" in admin.get(LIST).words
    assert "from its next call on" in admin.get(f"{LIST}stop-all/").words
    admin.post(f"{LIST}stop-all/", reason="A drill.")
    assert [each.api.get("users/").status for each in agents] == [401, 401]
    assert rows("SELECT DISTINCT stop_reason FROM agents", acme) == [("A drill.",)]


@pytest.mark.parametrize("reason", ["", "a\nb", "x" * 501])
def test_without_a_reason_nothing_is_done(acme: Cast, admin: Browser, reason: str) -> None:
    leashed(acme, "users:read")
    assert admin.post(f"{LIST}stop-all/", reason=reason).status == 200
    assert rows("SELECT stopped_at FROM agents", acme) == [(None,)]


def test_its_page_shows_how_much_of_its_limits_it_used(acme: Cast, admin: Browser) -> None:
    robin = leashed(acme, mode=Mode.SANDBOX, calls_per_hour=10, budget_units=40)
    robin.report()
    page = admin.get(f"{LIST}{robin.id}/change/")
    assert "Calls this hour 1 of 10" in page.words
    assert "Deletions today no limit" in page.words
    assert "Units of its budget 40 of 40" in page.words
    assert 'class="full"' in page.text
