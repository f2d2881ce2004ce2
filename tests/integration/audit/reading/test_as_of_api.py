"""GET /users/?as_of= and GET /roles/?as_of=: who was in the organization at a moment, as what, with which roles."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.acts import rows
from tests.cast import Answer, Api, Cast


def now(cast: Cast) -> str:
    ((moment,),) = rows(
        "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", cast
    )
    return str(moment)


def as_of(api: Api, moment: str, more: str = "") -> Answer:
    return api.get(f"users/?as_of={quote(moment)}{more}")


def told(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in each.items() if name not in ("updated_at", "last_login")} for each in people
    ]


def test_people_are_as_they_were_before_they_changed_and_went(acme: Cast, alice: Api) -> None:
    bob, vera = (acme.people[name].id for name in ("bob", "vera"))
    before, moment = alice.get("users/").body["results"], now(acme)
    alice.patch(f"users/{bob}/", {"first_name": "Robert", "role": "viewer"})
    alice.patch(f"users/{bob}/", {"first_name": "Bobby"})
    between = now(acme)
    assert alice.delete(f"users/{vera}/").status == 204
    then = as_of(alice, moment)
    assert (then.status, told(then.body["results"])) == (200, told(before))
    people = {each["email"]: each for each in as_of(alice, between).body["results"]}
    assert {
        address: (each["first_name"], each["role"]) for address, each in people.items() if "alice" not in address
    } == {
        "bob@acme.example": ("Bobby", "viewer"),
        "vera@acme.example": (before[2]["first_name"], "viewer"),
    }
    today = as_of(alice, now(acme)).body["results"]
    assert told(today) == told(alice.get("users/").body["results"])
    assert "password" not in str(then.body)


def test_before_anybody_came_there_is_nobody_and_pages_are_pages(acme: Cast, alice: Api) -> None:
    assert as_of(alice, "2001-01-01T00:00:00Z").body["results"] == []
    page = as_of(alice, now(acme), "&page_size=1&page=2").body
    assert [len(page["results"]), bool(page["next"]), bool(page["previous"])] == [1, True, True]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("as_of=yesterday", "as_of"),
        ("as_of=", "as_of"),
        ("as_of=%00", "as_of"),
        ("as_of=9999-01-01T00:00:00Z", "as_of"),
        ("as_of=2026-01-01T00:00:00Z&role=user", "role"),
        ("as_of=2026-01-01T00:00:00Z&search=x", "search"),
    ],
)
def test_what_can_not_be_told_is_refused(alice: Api, asked: str, field: str) -> None:
    answer = alice.get(f"users/?{asked}")
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, field)


def test_it_takes_the_permission_to_read_the_trail(acme: Cast, vera: Api) -> None:
    assert (as_of(vera, now(acme)).status, vera.get("users/").status) == (403, 200)


def test_what_retention_took_is_not_guessed(acme: Cast, alice: Api) -> None:
    rows("INSERT INTO audit_prunings (size, note, older_than) VALUES (1, '', now() - interval '1 day')", acme)
    answer = as_of(alice, "2001-01-01T00:00:00Z")
    assert (answer.status, answer.body["code"]) == (409, "trail_too_short")
    assert as_of(alice, now(acme)).status == 200


def test_what_was_erased_from_the_trail_is_not_brought_back(acme: Cast, alice: Api) -> None:
    moment = now(acme)
    alice.patch(f"users/{acme.people['bob'].id}/", {"first_name": "Robert"})
    rows("UPDATE audit_logs SET changes = '{}' WHERE action = 'user.updated'", acme)
    people = {each["email"]: each["first_name"] for each in as_of(alice, moment).body["results"]}
    assert people["bob@acme.example"] == "Robert"


def test_own_roles_are_as_they_were_with_as_many_people(acme: Cast, alice: Api) -> None:
    bob, vera = (str(acme.people[name].id) for name in ("bob", "vera"))
    made = [
        alice.post("roles/", {"name": name, "permissions": ["users:read"]}).body["id"]
        for name in ("Readers", "Auditors")
    ]
    for person in (bob, vera):
        alice.post(f"roles/{made[0]}/members/", {"user": person})
    before, moment = alice.get("roles/").body["results"], now(acme)
    alice.patch(f"roles/{made[0]}/", {"name": "Keepers", "permissions": ["users:read", "audit:read"]})
    alice.delete(f"roles/{made[0]}/members/{bob}/")
    alice.delete(f"roles/{made[1]}/")
    then = alice.get(f"roles/?as_of={quote(moment)}")
    assert (then.status, told(then.body["results"])) == (200, told(before))
    assert [each["members_count"] for each in before] == [0, 2]
    today = alice.get(f"roles/?as_of={quote(now(acme))}").body["results"]
    assert [(each["name"], each["members_count"]) for each in told(today)] == [("Keepers", 1)]
    assert told(today) == told(alice.get("roles/").body["results"])


@pytest.mark.parametrize(
    "asked", ["as_of=", "as_of=%00", "as_of=9999-01-01T00:00:00Z", "as_of=2026-01-01T00:00:00Z&search=x"]
)
def test_what_can_not_be_told_of_roles_is_refused(alice: Api, asked: str) -> None:
    assert alice.get(f"roles/?{asked}").status == 400
