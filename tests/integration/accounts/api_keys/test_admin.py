"""API keys in the dashboard: issued and shown once, changed, rotated, confirmed, revoked; and by nobody who may not."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.acts import rows
from tests.browsers import Browser, Page, browser_of
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import NOT_VALID, id_of, key_of, outcome

LIST = "/admin/accounts/apikey/"
NEW: dict[str, Any] = {"name": "Runner", "scopes": ["quotas:read"], "networks": "", "expires_at": ""}


def shown_on(page: Page) -> str:
    (key,) = re.findall(r"wxk_[0-9A-Za-z]{65}", page.text)
    return str(key)


def page_of(acme: Cast) -> str:
    return f"{LIST}{id_of(acme)}/"


@pytest.fixture
def admin(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def test_an_empty_list_says_what_a_key_is_for(admin: Browser) -> None:
    assert "There is no API key, or none that fits." in admin.get(LIST).words


def test_a_key_is_issued_shown_once_and_works(acme: Cast, admin: Browser) -> None:
    page = admin.post(f"{LIST}add/", **NEW, _save="Save")
    key = shown_on(page)
    assert (page.status, "no-store" in page.headers["Cache-Control"]) == (200, True)
    assert Api(key).get("quotas/").status == 200
    listed = admin.get(LIST)
    assert ("Runner quotas:read" in listed.words, "alice@acme.example" in listed.words) == (True, True)
    for again in (listed, admin.get(f"{page_of(acme)}change/"), admin.get("/admin/")):
        assert key not in again.text
    assert key not in str(rows("SELECT session_data FROM django_session", acme))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scopes": []}, "This field is required."),
        ({"scopes": ["users:write"]}, "Select a valid choice."),
        ({"networks": "203.0.113.1/24"}, "the network is 203.0.113.0/24"),
        ({"expires_at": "2020-01-01T00:00"}, "This is over already."),
        ({"expires_at": "soon"}, "Enter a valid date/time."),
        ({"name": "a\u2028b"}, "one line only"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_issued(
    acme: Cast, admin: Browser, changes: dict[str, Any], sentence: str
) -> None:
    page = admin.post(f"{LIST}add/", **NEW | changes)
    assert (page.status, sentence in page.words, rows("SELECT count(*) FROM api_keys", acme)) == (200, True, [(0,)])


def test_a_key_is_changed(acme: Cast, admin: Browser) -> None:
    key_of(acme, "quotas:read")
    changed = {
        "name": "Invoices",
        "scopes": ["audit:read"],
        "networks": "10.0.0.0/8\r\n::1",
        "expires_at": "2030-01-31T12:00",
    }
    assert admin.post(f"{page_of(acme)}change/", **changed).goes_to == LIST
    asked = "SELECT name, scopes, networks, expires_at::text FROM api_keys"
    kept = [("Invoices", "audit:read", "10.0.0.0/8 ::1/128", "2030-01-31 12:00:00+00")]
    assert rows(asked, acme) == kept
    edit = f"{LIST}{id_of(acme, 'Invoices')}/change/"
    assert 'value="2030-01-31T12:00:00"' in admin.get(edit).text
    same = {**changed, "networks": "10.0.0.0/8\r\n::1/128"}
    assert (admin.post(edit, **same).goes_to, rows(asked, acme)) == (LIST, kept)


def test_a_key_that_is_over_can_be_renamed_and_keeps_its_end(acme: Cast, admin: Browser) -> None:
    key_of(acme, "quotas:read")
    rows("UPDATE api_keys SET expires_at = '2020-01-31 12:00:05.678+00'", acme)
    same = {**NEW, "name": "Old", "expires_at": "2020-01-31T12:00:05"}
    assert admin.post(f"{page_of(acme)}change/", **same).goes_to == LIST
    assert rows("SELECT name, expires_at::text FROM api_keys", acme) == [("Old", "2020-01-31 12:00:05.678+00")]


def test_a_key_is_rotated_and_the_list_counts_down(acme: Cast, admin: Browser) -> None:
    old = key_of(acme, "quotas:read")
    rotation = f"{page_of(acme)}rotation/"
    assert "Hours the old key is good, too" in admin.get(rotation).words
    new = shown_on(admin.post(rotation, overlap_hours="24"))
    assert [Api(key).get("quotas/").status for key in (old, new)] == [200, 200]
    assert "is good for 23\xa0hours, 59\xa0minutes more" in admin.get(LIST).text
    assert "The key from before the last rotation is still good." in admin.post(rotation, overlap_hours="1").words
    last = shown_on(admin.post(rotation, overlap_hours="0"))
    assert [outcome(Api(key).get("quotas/")) for key in (old, new, last)] == [NOT_VALID, NOT_VALID, (200, "")]
    assert "less than or equal to 168" in admin.post(rotation, overlap_hours="169").words


def test_a_key_nobody_answers_for_is_confirmed(acme: Cast, admin: Browser) -> None:
    key_of(acme, "quotas:read")
    rows(
        "UPDATE api_keys SET confirmed_by_id = (SELECT id FROM users WHERE email = 'bob@acme.example'), scopes = 'audit:read'",
        acme,
    )
    assert "Nobody any more: bob@acme.example may not do all of this" in admin.get(LIST).words
    asked = admin.get(f"{page_of(acme)}confirmation/").words
    assert "in place of bob@acme.example. It may: audit:read: Read the audit trail. From anywhere." in asked
    assert admin.post(f"{page_of(acme)}confirmation/").goes_to == f"{page_of(acme)}change/"
    assert "You answer for Runner from now on." in admin.get(f"{page_of(acme)}change/").words
    assert "Nobody any more" not in admin.get(LIST).words


def test_looking_at_an_address_confirms_and_rotates_nothing(acme: Cast, admin: Browser) -> None:
    key_of(acme)
    before = rows("SELECT confirmed_at, key_hash FROM api_keys", acme)
    for act in ("confirmation", "rotation"):
        admin.get(f"{page_of(acme)}{act}/")
    assert rows("SELECT confirmed_at, key_hash FROM api_keys", acme) == before


def test_a_key_is_revoked(acme: Cast, admin: Browser) -> None:
    key = key_of(acme)
    assert "Revoke Runner? Whatever uses this key is refused" in admin.get(f"{page_of(acme)}delete/").words
    assert admin.post(f"{page_of(acme)}delete/", post="yes").goes_to == LIST
    assert (outcome(Api(key).get("quotas/")), "There is no API key" in admin.get(LIST).words) == (NOT_VALID, True)


@pytest.mark.parametrize("path", ["", "add/", "{id}/change/", "{id}/delete/", "{id}/rotation/", "{id}/confirmation/"])
def test_who_may_only_look_around_sees_no_key(acme: Cast, path: str) -> None:
    key_of(acme)
    vera, before = browser_of(acme, "vera"), rows("SELECT to_jsonb(k) - 'updated_at' FROM api_keys AS k", acme)
    page = LIST + path.replace("{id}", id_of(acme))
    assert "API keys" not in vera.get("/admin/").words
    assert [vera.get(page).status, vera.post(page, **NEW, post="yes", overlap_hours="0").status] == [403, 403]
    assert rows("SELECT to_jsonb(k) - 'updated_at' FROM api_keys AS k", acme) == before


def test_another_organizations_key_is_not_there(acme: Cast, globex: Cast) -> None:
    key_of(acme)
    gina = browser_of(globex, "gina")
    statuses = [
        gina.post(f"{page_of(acme)}{act}/", post="yes", overlap_hours="0").status
        for act in ("rotation", "confirmation")
    ]
    assert (statuses, "Runner" in gina.get(LIST).words) == ([404, 404], False)
