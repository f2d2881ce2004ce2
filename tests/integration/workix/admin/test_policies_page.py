"""The organization's policies in the dashboard: admins decide whose pages may call the API."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import Cast

pytestmark = pytest.mark.fault("F7")
POLICIES = "/admin/policies/"


def test_an_admin_writes_origins_one_a_line(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    assert POLICIES in alice.get("/admin/").text
    saved = alice.post(POLICIES, allowed_origins="https://App.acme.example\r\n\r\nhttp://localhost:3000\r\n")
    assert (saved.status, saved.goes_to) == (302, POLICIES)
    page = alice.get(POLICIES)
    assert "The policies are changed." in page.words
    assert "https://app.acme.example\nhttp://localhost:3000</textarea>" in page.text
    recorded = rows("SELECT actor_label FROM audit_logs WHERE action = 'organization.policies_changed'", acme)
    assert recorded == [("alice@acme.example",)]


def test_what_is_no_origin_is_said_and_stays_to_be_mended(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    refused = alice.post(POLICIES, allowed_origins="http://app.acme.example")
    assert refused.status == 200
    assert "This must begin with https://; http:// is for localhost only." in refused.words
    assert "http://app.acme.example</textarea>" in refused.text
    assert rows("SELECT allowed_origins FROM organizations WHERE slug = 'acme'") == [("",)]


def test_a_viewer_neither_sees_nor_changes_them(acme: Cast) -> None:
    vera = browser_of(acme, "vera")
    assert POLICIES not in vera.get("/admin/").text
    assert [vera.get(POLICIES).status, vera.post(POLICIES, allowed_origins="").status] == [403, 403]


def test_an_admin_lets_people_switch_and_lets_them_no_more(acme: Cast) -> None:
    alice = browser_of(acme, "alice")
    assert alice.post(POLICIES, allowed_origins="https://app.acme.example", allows_switching="on").status == 302
    allowed = "SELECT allows_switching, allowed_origins FROM organizations WHERE slug = 'acme'"
    assert rows(allowed) == [(True, "https://app.acme.example")]
    assert 'name="allows_switching"' in alice.get(POLICIES).text
    assert alice.post(POLICIES, allowed_origins="https://app.acme.example").status == 302
    recorded = rows(
        "SELECT changes->'allows_switching' FROM audit_logs WHERE changes ? 'allows_switching' ORDER BY created_at",
        acme,
    )
    assert (rows(allowed), recorded) == ([(False, "https://app.acme.example")], [([False, True],), ([True, False],)])


def test_a_form_that_is_refused_changes_neither(acme: Cast) -> None:
    browser_of(acme, "alice").post(POLICIES, allowed_origins="ftp://x", allows_switching="on")
    assert rows("SELECT allows_switching, allowed_origins FROM organizations WHERE slug = 'acme'") == [(False, "")]
