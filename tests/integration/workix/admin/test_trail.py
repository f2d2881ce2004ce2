"""The trail in the dashboard: which thing it was, by name and link, on which days, and on whom a log-in was tried."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import PASSWORD, Api, Cast, api_of

pytestmark = pytest.mark.fault("D5")

TRAIL = "/admin/audit/logentry/"


@pytest.fixture
def alice(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


@pytest.fixture
def admin(acme: Cast) -> Api:
    return api_of(acme, "alice")


def rename_bob(acme: Cast, admin: Api) -> str:
    bob = str(acme.people["bob"].id)
    assert admin.patch(f"users/{bob}/", {"first_name": "Robert"}).status == 200
    return bob


def test_the_thing_is_shown_by_its_name_at_that_time_and_leads_to_its_page(
    acme: Cast, alice: Browser, admin: Api
) -> None:
    bob = rename_bob(acme, admin)
    page = alice.get(TRAIL)
    assert f'<a href="/admin/accounts/user/{bob}/change/">user bob@acme.example</a>' in page.text
    assert alice.get(f"/admin/accounts/user/{bob}/change/").status == 200


def test_what_has_no_page_leads_nowhere(acme: Cast, alice: Browser) -> None:
    rows(
        "INSERT INTO audit_logs (actor_type, action, resource_type, resource_id, resource_label) VALUES"
        " ('x', 'robot.made', 'robot', '7', '<b>R2</b>'), ('x', 'user.seen', 'user', '', '')",
        acme,
    )
    page = alice.get(TRAIL)
    assert (
        "robot &lt;b&gt;R2&lt;/b&gt;" in page.text,
        "<b>R2" in page.text,
        "/admin/accounts/user//" in page.text,
    ) == (
        True,
        False,
        False,
    )


def test_the_trail_is_searched_by_name(acme: Cast, alice: Browser, admin: Api) -> None:
    rename_bob(acme, admin)
    found = alice.get(f"{TRAIL}?q=bob@acme")
    assert ("user.updated" in found.words, "vera@acme.example" in found.words) == (True, False)
    labels = {each["resource_label"] for each in admin.get("audit-logs/?resource_label=BOB@").body["results"]}
    assert labels == {"bob@acme.example"}
    assert admin.get("audit-logs/?resource_label=nobody").body["results"] == []


def days_of(acme: Cast) -> None:
    """Leave one entry at each end of two days."""
    rows("DELETE FROM audit_logs", acme)
    for moment in ("2026-01-01 23:59:59.999999", "2026-01-02 00:00", "2026-01-03 23:59:59.999999", "2026-01-04 00:00"):
        rows(
            "INSERT INTO audit_logs (actor_type, action, resource_type, resource_label, created_at)"
            " VALUES ('x', 'a.b', 'at', %(moment)s::text, %(moment)s::text::timestamptz)",
            acme,
            moment=moment + "+00",
        )


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("created_at__from=2026-01-02&created_at__to=2026-01-03", [False, True, True, False]),
        ("created_at__from=2026-01-02", [False, True, True, True]),
        ("created_at__to=2026-01-03", [True, True, True, False]),
        ("created_at__from=&created_at__to=", [True, True, True, True]),
        ("created_at__to=9999-12-31", [True, True, True, True]),
        ("created_at__from=2026-01-02&action=a.b&q=00:00", [False, True, False, True]),
    ],
)
def test_days_from_and_to_are_both_shown_whole(acme: Cast, alice: Browser, asked: str, shown: list[bool]) -> None:
    days_of(acme)
    words = alice.get(f"{TRAIL}?{asked}").words
    moments = ["2026-01-01 23:59:59", "2026-01-02 00:00", "2026-01-03 23:59:59", "2026-01-04 00:00"]
    assert [f"at {moment}" in words for moment in moments] == shown


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "2026-02-30", "%00", "'; --"])
def test_a_day_that_is_none_is_no_fault_of_ours(alice: Browser, day: str) -> None:
    assert alice.get(f"{TRAIL}?created_at__from={day}").status in (302, 400)


def test_the_range_keeps_what_else_is_asked_for(acme: Cast, alice: Browser, admin: Api) -> None:
    rename_bob(acme, admin)
    page = alice.get(f"{TRAIL}?action=user.updated&q=bob&created_at__from=2026-01-02")
    for kept in (
        'name="action" value="user.updated"',
        'name="q" value="bob"',
        'name="created_at__from" value="2026-01-02"',
    ):
        assert kept in page.text


def test_a_refused_log_in_says_on_whom_it_was_tried(acme: Cast) -> None:
    for address in ("bob@acme.example", "stranger@elsewhere.example", "my password is 1234"):
        Api().post("auth/login/", {"email": address, "password": f"not {PASSWORD}", "organization": "acme"})
        Browser(acme.host).log_in(address, f"not {PASSWORD}")
    tried = rows(
        "SELECT DISTINCT resource_label, resource_id FROM audit_logs WHERE action = 'session.refused' ORDER BY 1", acme
    )
    assert tried == [("***", ""), ("bob@acme.example", str(acme.people["bob"].id)), ("s***@elsewhere.example", "")]


def test_an_address_that_is_locked_out_is_named(acme: Cast) -> None:
    for _ in range(10):
        Api().post("auth/login/", {"email": "bob@acme.example", "password": f"not {PASSWORD}"})
    assert rows("SELECT resource_label FROM audit_logs WHERE action = 'session.locked_out'", acme) == [
        ("bob@acme.example",)
    ]


def test_what_was_written_past_the_platform_says_so(acme: Cast, alice: Browser) -> None:
    rows("UPDATE users SET last_name = 'x' WHERE email = 'bob@acme.example'", acme)
    ((entry,),) = rows("SELECT id FROM audit_logs ORDER BY created_at DESC LIMIT 1", acme)
    assert "Who acted is not known: it was written past the platform." in alice.get(f"{TRAIL}{entry}/change/").words
