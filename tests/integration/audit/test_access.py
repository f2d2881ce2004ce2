"""Reads of the trail, of people's details and of keys are entries: one for a list, and not one for each look at it."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import service

ACCESSED = "SELECT actor_label, action, resource_id FROM audit_logs WHERE action LIKE '%%.accessed' ORDER BY created_at"
ALICE = "alice@acme.example"


@pytest.mark.parametrize(
    ("path", "action"),
    [("audit-logs/", "audit_log.accessed"), ("users/", "user.accessed"), ("api-keys/", "api_key.accessed")],
)
def test_a_list_is_one_entry_however_often_it_is_read(acme: Cast, alice: Api, path: str, action: str) -> None:
    assert [alice.get(f"{path}?page_size={size}").status for size in (1, 2, 3)] == [200] * 3
    assert rows(ACCESSED, acme) == [(ALICE, action, "")]
    rows("UPDATE audit_logs SET created_at = created_at - interval '61 minutes'", acme)
    assert alice.get(path).status == 200
    assert rows(ACCESSED, acme) == [(ALICE, action, "")] * 2


def test_whoever_reads_somebodys_details_leaves_an_entry_of_that_person(acme: Cast, alice: Api, bob: Api) -> None:
    vera = str(acme.people["vera"].id)
    assert [each.get(f"users/{vera}/").status for each in (alice, bob, alice)] == [200] * 3
    assert rows(ACCESSED, acme) == [(who, "user.accessed", vera) for who in (ALICE, "bob@acme.example")]


def test_ones_own_details_are_nobody_elses(acme: Cast, bob: Api) -> None:
    assert (bob.get(f"users/{acme.people['bob'].id}/").status, bob.get("me/").status) == (200, 200)
    assert rows(ACCESSED, acme) == []


def test_what_is_refused_or_not_there_was_not_seen(acme: Cast, vera: Api, alice: Api, gina: Api) -> None:
    assert vera.get("audit-logs/").status == 403
    assert gina.get(f"users/{acme.people['bob'].id}/").status == 404
    assert alice.get("users/?page=7").status == 404
    assert rows(ACCESSED, acme) == []


def test_a_service_is_named_as_itself(acme: Cast) -> None:
    api = service(acme, "users:read")
    assert api.get("users/").status == 200
    ((kind, action),) = rows("SELECT actor_type, action FROM audit_logs WHERE action LIKE '%%.accessed'", acme)
    assert (kind, action) == ("api_key", "user.accessed")


def test_pages_of_the_dashboard_leave_the_same(acme: Cast) -> None:
    browser, bob = browser_of(acme, "alice"), str(acme.people["bob"].id)
    pages = ("audit/logentry/", "accounts/user/", f"accounts/user/{bob}/change/", "accounts/apikey/")
    for _ in range(2):
        assert [browser.get(f"/admin/{page}").status for page in pages] == [200] * 4
    assert rows(ACCESSED, acme) == [
        (ALICE, "audit_log.accessed", ""),
        (ALICE, "user.accessed", ""),
        (ALICE, "user.accessed", bob),
        (ALICE, "api_key.accessed", ""),
    ]


def test_what_can_not_be_recorded_is_not_shown(acme: Cast, alice: Api) -> None:
    rows("ALTER TABLE audit_logs ADD CONSTRAINT broken CHECK (action <> 'user.accessed') NOT VALID", acme)
    try:
        answer = alice.get("users/")
    finally:
        rows("ALTER TABLE audit_logs DROP CONSTRAINT broken", acme)
    assert (answer.status, answer.body["code"], "results" in answer.body) == (500, "internal_error", False)
