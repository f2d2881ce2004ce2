"""The page of a run in the dashboard, and the timeline: who acted for whom, why, and what changed, as a story."""

from __future__ import annotations

import pytest

from tests import cast
from tests.browsers import Browser, browser_of
from tests.cast import PASSWORD, Api, Cast
from tests.integration.agents.leashed import robin

pytestmark = pytest.mark.requirement("N6")

TRAIL = "/admin/audit/logentry/"
DAVE = {"email": "dave@acme.example", "password": PASSWORD, "role": "user"}
WHY = "UTF-8''%3Cscript%3Ealert(1)%3C/script%3E%20they%20left"


def test_a_run_is_told_step_by_step_for_whom_and_why(acme: Cast, alice: Api) -> None:
    agent = robin(acme)
    dave = agent.post("users/", DAVE, Workix_Trace="run-7/add", Workix_Reason="Dave starts on Monday").body["id"]
    agent.patch(f"users/{dave}/", {"first_name": "Dave"}, Workix_Trace="run-7/name", Workix_Reason=WHY)
    page = browser_of(acme, "alice").get(f"{TRAIL}run/run-7/")
    assert page.status == 200
    assert "Robin for alice@acme.example: 2 entries" in page.words
    told = [
        page.words.index(each) for each in ("Step add", "created user dave", "Dave starts", "Step name", "updated user")
    ]
    assert told == sorted(told)
    assert ("<script>alert(1)" in page.text, "&lt;script&gt;alert(1)&lt;/script&gt; they left" in page.text) == (
        False,
        True,
    )


def test_the_timeline_leads_to_it_and_a_run_of_others_is_none(acme: Cast, globex: Cast, alice: Api) -> None:
    alice.post("users/", DAVE, Workix_Trace="run-7")
    browser = browser_of(acme, "alice")
    assert f'<a href="{TRAIL}run/run-7/">All of this run</a>' in browser.get(f"{TRAIL}?run_id=run-7").text
    assert browser.get(f"{TRAIL}run/run-8/").status == 404
    assert browser_of(globex, "gina").get(f"{TRAIL}run/run-7/").status == 404
    assert browser_of(acme, "vera").get(f"{TRAIL}run/run-7/").status == 403


def test_on_the_platforms_own_trail_there_is_none(database: None) -> None:
    cast.hire_otto()
    otto = Browser()
    otto.log_in(cast.OTTO)
    assert otto.get(f"{TRAIL}run/run-7/").status == 404
