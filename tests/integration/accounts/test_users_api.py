"""GET and POST /users/, GET /users/{id}/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

import pytest
from django.core import mail

from tests.acts import at_once, follow, rows, statements_of
from tests.browsers import browser_of
from tests.cast import PASSWORD, Api, Cast
from workix.core.models import uuid7


def body(email: str = "carol@acme.example", **changes: Any) -> dict[str, Any]:
    return {"email": email, "password": PASSWORD, "first_name": "Carol", "role": "viewer", **changes}


def seats(cast: Cast) -> tuple[int, int]:
    """Count people who are there, and seats that are taken."""
    query = "SELECT used FROM public.quotas WHERE resource = 'users' AND organization_id = %(id)s"
    ((there,),) = rows("SELECT count(*) FROM users WHERE deleted_at IS NULL", cast)
    ((taken,),) = rows(query, id=cast.organization.id)
    return there, taken


def test_people_are_listed_in_the_order_they_came(acme: Cast, vera: Api) -> None:
    answer = vera.get("users/")
    assert (answer.status, answer.body["count"], answer.body["next"], answer.body["previous"]) == (200, 3, None, None)
    assert [(each["email"], each["role"]) for each in answer.body["results"]] == [
        ("alice@acme.example", "admin"),
        ("bob@acme.example", "user"),
        ("vera@acme.example", "viewer"),
    ]
    assert "password" not in str(answer.body)


def test_a_list_can_be_read_page_by_page(alice: Api) -> None:
    first = alice.get("users/?page_size=2").body
    second = follow(alice, first["next"]).body
    assert [len(first["results"]), len(second["results"]), second["next"]] == [2, 1, None]
    assert alice.get("users/?page_size=2&page=3").status == 404
    assert [alice.get(f"users/?page={page}").status for page in ("garbage", "", "last", "0", "-1")] == [404] * 5


@pytest.mark.requirement("S124")
def test_one_person_and_three_take_the_same_number_of_queries(acme: Cast, alice: Api) -> None:
    assert alice.get("users/").body["count"] == 3
    three = statements_of(lambda: alice.get("users/"))
    rows("UPDATE users SET deleted_at = now() WHERE email <> 'alice@acme.example'", acme)
    assert alice.get("users/").body["count"] == 1
    one = statements_of(lambda: alice.get("users/"))
    assert (len(one), len(three)) == (3, 3), "one asks whether the reader left an entry not long ago"


@pytest.mark.requirement("S13")
def test_an_admin_adds_a_viewer(acme: Cast, alice: Api) -> None:
    answer = alice.post("users/", body(email=" Carol@ACME.example ", last_name="Cole"))
    made = answer.body
    assert answer.status == 201
    assert answer.headers["Location"] == f"/api/v1/users/{made['id']}/"
    assert made == {
        "id": made["id"],
        "email": "carol@acme.example",
        "first_name": "Carol",
        "last_name": "Cole",
        "role": "viewer",
        "is_active": True,
        "created_at": made["created_at"],
        "updated_at": made["updated_at"],
        "last_login": None,
    }
    assert alice.get(answer.headers["Location"]).body == made
    assert seats(acme) == (4, 4)


def test_without_a_role_one_is_a_user(alice: Api) -> None:
    sent = body()
    del sent["role"]
    assert alice.post("users/", sent).body["role"] == "user"


@pytest.mark.requirement("S10")
def test_who_was_added_confirms_their_address_before_they_log_in(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    alice.post("users/", body())
    sent = {"email": "carol@acme.example", "password": PASSWORD, "organization": "acme"}
    assert Api().post("auth/login/", sent).body["code"] == "email_not_confirmed"
    run_jobs()
    (message,) = mail.outbox
    token = str(message.body).partition("/confirm-email/#")[2].split()[0]
    assert (message.to, Api().post("auth/confirm-email/", {"token": token}).status) == (["carol@acme.example"], 204)
    assert Api().post("auth/login/", sent).body["user"]["role"] == "viewer"


@pytest.mark.requirement("S8")
def test_the_sixth_person_finds_no_seat(acme: Cast, alice: Api) -> None:
    assert [alice.post("users/", body(f"p{number}@acme.example")).status for number in range(2)] == [201, 201]
    answer = alice.post("users/", body())
    answer.body.pop("request_id")
    assert (answer.status, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert answer.body == {
        "type": "https://workix.dev/problems/quota_exceeded",
        "title": "Quota exceeded",
        "status": 403,
        "code": "quota_exceeded",
        "detail": "The limit of 5 people is reached.",
        "resource": "users",
        "limit": 5,
        "burst": 0,
        "used": 5,
        "resets_at": None,
        "explanation": "/api/v1/authz/explanation/?action=POST+/api/v1/users/",
    }
    assert seats(acme) == (5, 5)


@pytest.mark.requirement("S131")
def test_of_24_who_are_added_at_once_exactly_as_many_come_as_there_are_seats(acme: Cast, alice: Api) -> None:
    answers = at_once(lambda number: alice.post("users/", body(f"p{number}@acme.example")), 24)
    assert sorted((each.status, each.body.get("code", "")) for each in answers) == [
        *[(201, "")] * 2,
        *[(403, "quota_exceeded")] * 22,
    ]
    assert seats(acme) == (5, 5)
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(2,)]


@pytest.mark.requirement("S131")
def test_of_eight_who_add_one_address_at_once_exactly_one_succeeds(acme: Cast, alice: Api) -> None:
    answers = at_once(lambda _: alice.post("users/", body()), 8)
    assert [each.status for each in answers].count(201) == 1
    assert {each.body["code"] for each in answers if each.status != 201} <= {"validation_error", "quota_exceeded"}
    assert seats(acme) == (4, 4)


@pytest.mark.parametrize("email", ["bob@acme.example", "BOB@Acme.Example"])
def test_an_address_is_one_persons_however_it_is_written(acme: Cast, alice: Api, email: str) -> None:
    answer = alice.post("users/", body(email))
    assert (answer.status, answer.body["errors"]) == (
        400,
        [{"field": "email", "code": "unique", "detail": "Somebody in this organization has this address."}],
    )
    assert seats(acme) == (3, 3)
    assert rows("SELECT 1 FROM procrastinate_jobs") == []


def test_the_address_of_somebody_elsewhere_is_free_here(alice: Api, globex: Cast) -> None:
    assert alice.post("users/", body("gina@globex.example")).status == 201


@pytest.mark.requirement("S13")
def test_only_an_admin_adds_people(acme: Cast, bob: Api, vera: Api) -> None:
    for person in (bob, vera):
        answer = person.post("users/", body())
        assert (answer.status, answer.body["code"]) == (403, "permission_denied")
    assert seats(acme) == (3, 3)


@pytest.mark.requirement("S134")
def test_a_stranger_sees_and_adds_nobody(anonymous: Api, acme: Cast) -> None:
    paths = ("users/", f"users/{acme.people['bob'].id}/")
    assert [anonymous.get(path).status for path in paths] == [401, 401]
    assert anonymous.post("users/", body()).status == 401


@pytest.mark.requirement("S133")
def test_somebody_elses_person_is_nobody(acme: Cast, alice: Api, gina: Api) -> None:
    person = acme.people["bob"].id
    assert alice.get(f"users/{person}/").body["email"] == "bob@acme.example"
    theirs, nobodys = gina.get(f"users/{person}/"), gina.get(f"users/{uuid7()}/")
    assert (theirs.status, theirs.body | {"request_id": ""}) == (nobodys.status, nobodys.body | {"request_id": ""})
    assert (theirs.status, theirs.body["code"]) == (404, "not_found")


@pytest.mark.parametrize("identity", ["1", "alice", "00000000", "%00", "..%2f", "x" * 500])
def test_what_is_no_id_is_nobodys(alice: Api, identity: str) -> None:
    assert alice.get(f"users/{identity}/").status == 404


def test_who_was_removed_is_not_listed_and_their_address_is_free(acme: Cast, alice: Api) -> None:
    rows("UPDATE users SET deleted_at = now() WHERE email = 'bob@acme.example'", acme)
    assert alice.get(f"users/{acme.people['bob'].id}/").status == 404
    assert alice.post("users/", body("bob@acme.example")).status == 201


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"email": "carol"}, [("email", "invalid")]),
        ({"email": None}, [("email", "null")]),
        ({"email": "x" * 250 + "@acme.example"}, [("email", "max_length")]),
        ({"password": "short"}, [("password", "password_length")]),
        ({"password": "1qaz2wsx3edc4rfv"}, [("password", "password_too_common")]),
        ({"password": "carol-carol-acme"}, [("password", "password_too_common")]),
        ({"role": "owner"}, [("role", "invalid_choice")]),
        ({"role": None}, [("role", "null")]),
        ({"role": ["admin"]}, [("role", "invalid")]),
        ({"first_name": "x" * 101}, [("first_name", "max_length")]),
        ({"first_name": "a\x00b"}, [("first_name", "null_characters_not_allowed")]),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_part_that_is_wrong_is_named(alice: Api, changes: dict[str, Any], found: list[tuple[str, str]]) -> None:
    answer = alice.post("users/", body(**changes))
    assert (answer.status, [(each["field"], each["code"]) for each in answer.body["errors"]]) == (400, found)


@pytest.mark.parametrize(
    "changes",
    [
        {"first_name": "Zoë 🙂"},
        {"first_name": "'; DROP TABLE users; --"},
        {"last_name": "%s %(x)s {}"},
        {"first_name": ""},
    ],
    ids=str,
)
def test_any_text_is_kept_as_it_came(alice: Api, changes: dict[str, str]) -> None:
    made = alice.post("users/", body(**changes)).body
    assert {key: made[key] for key in changes} == changes
    assert alice.get(f"users/{made['id']}/").body == made


def test_what_nobody_may_choose_is_not_theirs_to_send(acme: Cast, globex: Cast, alice: Api) -> None:
    sent = body(id=str(uuid7()), organization_id=str(globex.organization.id), is_active=False, last_login="2020-01-01")
    answer = alice.post("users/", sent)
    assert (answer.status, sorted((each["field"], each["code"]) for each in answer.body["errors"])) == (
        400,
        [(name, "unknown_field") for name in ("id", "is_active", "last_login", "organization_id")],
    )
    assert seats(acme) == (3, 3)


@pytest.mark.fault("E6")
@pytest.mark.parametrize(("kept", "looked_for"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_a_name_is_found_however_a_keyboard_sends_it(acme: Cast, alice: Api, kept: str, looked_for: str) -> None:
    assert alice.post("users/", body(first_name=normalize(kept, "Zoë"))).body["first_name"] == "Zoë"
    found = [
        each["email"] for each in alice.get(f"users/?search={quote(normalize(looked_for, 'zoë'))}").body["results"]
    ]
    page = browser_of(acme, "alice").get(f"/admin/accounts/user/?q={quote(normalize(looked_for, 'zoë'))}")
    assert (found, "carol@acme.example" in page.words) == (["carol@acme.example"], True)
