"""Pipelines in the dashboard: the same acts, permissions and quota as in the API."""

from __future__ import annotations

import pytest

from examples.pipelines.tests.factory import counted, make_pipeline
from tests.acts import rows, set_limit
from tests.browsers import Browser, browser_of
from tests.cast import Cast

PAGE = "/admin/pipelines/pipeline/"


@pytest.fixture
def alice(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


@pytest.fixture
def vera(acme: Cast) -> Browser:
    return browser_of(acme, "vera")


def test_an_empty_list_says_what_to_do(alice: Browser) -> None:
    page = alice.get(PAGE)
    assert (page.status, "There are no pipelines yet" in page.words) == (200, True)


def test_an_admin_adds_changes_and_removes_one(acme: Cast, alice: Browser) -> None:
    assert alice.post(f"{PAGE}add/", name="Invoices", schedule="daily", is_enabled="on").status == 302
    ((identity,),) = rows("SELECT id FROM pipelines WHERE name = 'Invoices' AND is_enabled", acme)
    assert alice.post(f"{PAGE}{identity}/change/", name="Bills", schedule="manual").status == 302
    assert rows("SELECT name, is_enabled FROM pipelines", acme) == [("Bills", False)]
    assert alice.post(f"{PAGE}{identity}/delete/", post="yes").status == 302
    assert counted(acme) == (0, 0)
    told = rows("SELECT action, actor_label FROM audit_logs WHERE resource_type = 'pipeline' ORDER BY created_at", acme)
    assert told == [(f"pipeline.{verb}", "alice@acme.example") for verb in ("created", "updated", "deleted")]


def test_the_list_can_be_searched_and_filtered(acme: Cast, alice: Browser) -> None:
    make_pipeline(acme, "Invoices")
    make_pipeline(acme, "Reports", is_enabled=False)
    for query in ("q=inv", "is_enabled__exact=1"):
        words = alice.get(f"{PAGE}?{query}").words
        assert ("Invoices" in words, "Reports" in words) == (True, False)


def test_a_name_is_one_line(acme: Cast, alice: Browser) -> None:
    page = alice.post(f"{PAGE}add/", name="Invoices\nReports", schedule="daily")
    assert (page.status, "one line only" in page.words, counted(acme)) == (200, True, (0, 0))


def test_a_spent_quota_is_said_on_the_form(acme: Cast, alice: Browser) -> None:
    set_limit(acme, "pipelines", 0)
    page = alice.post(f"{PAGE}add/", name="Invoices", schedule="daily")
    assert (page.status, "is reached." in page.words, 'value="Invoices"' in page.text) == (200, True, True)
    assert counted(acme) == (0, 0)


def test_a_viewer_may_look_but_not_touch(acme: Cast, vera: Browser) -> None:
    page = f"{PAGE}{make_pipeline(acme).id}"
    assert ("Invoices" in vera.get(PAGE).words, vera.get(f"{page}/change/").status) == (True, 200)
    tried = (
        vera.post(f"{PAGE}add/", name="Mine"),
        vera.post(f"{page}/change/", name="Mine"),
        vera.post(f"{page}/delete/"),
    )
    assert [each.status for each in tried] == [403] * 3


def test_another_organization_sees_nothing(acme: Cast, globex: Cast, alice: Browser) -> None:
    identity = make_pipeline(acme, "Quagga").id
    page = f"{PAGE}{identity}/change/"
    assert (alice.get(page).status, "Quagga" in alice.get(PAGE).words) == (200, True)
    gina = browser_of(globex, "gina")
    assert ("Quagga" in gina.get(PAGE).words, gina.get(page).status) == (False, 302)


def test_its_history_is_a_click_away_for_who_may_read_the_trail(acme: Cast, alice: Browser, vera: Browser) -> None:
    alice.post(f"{PAGE}add/", name="Invoices", schedule="daily", is_enabled="on")
    ((identity,),) = rows("SELECT id FROM pipelines", acme)
    trail = f"/admin/audit/logentry/?resource_type=pipeline&resource_id={identity}"
    linked = [trail.replace("&", "&amp;") in browser.get(f"{PAGE}{identity}/change/").text for browser in (alice, vera)]
    assert linked == [True, False]
    assert "pipeline.created" in alice.get(trail).words
