"""POST /organizations/: anyone opens an organization."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tests.acts import at_once, rows
from tests.cast import PASSWORD, Answer, Api, Cast

SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^org_' ORDER BY 1"


def body(slug: str = "initech", **changes: Any) -> dict[str, Any]:
    admin = {"email": "Ida@Initech.example", "password": PASSWORD, "first_name": "Ida", "last_name": "Initech"}
    return {"name": "Initech GmbH", "slug": slug, "admin": admin | changes.pop("admin", {})} | changes


def errors(answer: Answer) -> tuple[int, list[tuple[str, str]]]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status, [(each["field"], each["code"]) for each in answer.body.get("errors", [])]


@pytest.mark.requirement("S6")
def test_anyone_opens_an_organization(anonymous: Api) -> None:
    answer = anonymous.post("organizations/", body())
    identity, created_at = answer.body.pop("id"), answer.body.pop("created_at")
    assert answer.status == 201
    assert answer.headers["Location"] == "/api/v1/organization/"
    assert answer.body == {
        "name": "Initech GmbH",
        "slug": "initech",
        "plan": "free",
        "status": "pending",
        "limits": {"users": 5, "pipelines": 10, "executions": 1000},
    }
    assert rows("SELECT id::text, status FROM organizations WHERE slug = 'initech'") == [(identity, "pending")]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", created_at)


@pytest.mark.requirement("S6")
def test_what_nobody_may_choose_is_not_theirs_to_send(anonymous: Api) -> None:
    greedy = body(plan="enterprise", status="active", id="00000000-0000-0000-0000-000000000000", max_users=1_000_000)
    answer = anonymous.post("organizations/", greedy)
    status, found = errors(answer)
    assert (status, sorted(found)) == (
        400,
        [(name, "unknown_field") for name in ("id", "max_users", "plan", "status")],
    )
    assert rows("SELECT 1 FROM organizations WHERE slug = 'initech'") == []


@pytest.mark.requirement("S10")
def test_before_the_confirmation_nothing_is_usable(anonymous: Api) -> None:
    anonymous.post("organizations/", body())
    who = {"email": "ida@initech.example", "password": PASSWORD, "organization": "initech"}
    answer = anonymous.post("auth/login/", who)
    assert (answer.status, answer.body["code"]) == (403, "email_not_confirmed")


def test_a_slug_belongs_to_whoever_was_first(anonymous: Api, acme: Cast) -> None:
    answer = anonymous.post("organizations/", body("acme"))
    assert (answer.status, answer.body["code"], answer.body["detail"]) == (
        409,
        "slug_taken",
        "This slug is taken. Choose another one.",
    )


def test_the_same_name_and_person_may_open_another_one(anonymous: Api) -> None:
    assert [anonymous.post("organizations/", body(slug)).status for slug in ("initech", "initech-2")] == [201, 201]


@pytest.mark.requirement("S131")
def test_of_16_who_want_one_slug_exactly_one_gets_it(database: None) -> None:
    before = len(rows(SCHEMAS))
    answers = at_once(lambda _: Api().post("organizations/", body()), 16)
    assert sorted((each.status, each.body.get("code", "")) for each in answers) == [
        (201, ""),
        *[(409, "slug_taken")] * 15,
    ]
    assert len(rows(SCHEMAS)) == before + 1


@pytest.mark.requirement("S131")
def test_eight_different_organizations_open_at_the_same_time(database: None) -> None:
    answers = at_once(lambda number: Api().post("organizations/", body(f"initech-{number}")), 8)
    assert [each.status for each in answers] == [201] * 8
    assert rows("SELECT count(*) FROM organizations WHERE slug LIKE 'initech-%%'") == [(8,)]


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("ab", "invalid_slug"),
        ("x" * 64, "max_length"),
        ("Initech", "invalid_slug"),
        ("-initech", "invalid_slug"),
        ("initech-", "invalid_slug"),
        ("ini_tech", "invalid_slug"),
        ("ini.tech", "invalid_slug"),
        ("ïnitech", "invalid_slug"),
        ("www", "reserved_slug"),
        ("admin", "reserved_slug"),
        ("xn--initech", "reserved_slug"),
        ("", "blank"),
        (None, "null"),
        (True, "invalid"),
        (["initech"], "invalid"),
        ("ini\x00tech", "null_characters_not_allowed"),
    ],
    ids=repr,
)
def test_a_slug_that_could_be_no_host_is_refused(anonymous: Api, slug: Any, code: str) -> None:
    assert errors(anonymous.post("organizations/", body(slug))) == (400, [("slug", code)])


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ({}, [("name", "required"), ("slug", "required"), ("admin", "required")]),
        (body(name=""), [("name", "blank")]),
        (body(name="  "), [("name", "blank")]),
        (body(name=None), [("name", "null")]),
        (body(name={"a": 1}), [("name", "invalid")]),
        (body(name="x" * 256), [("name", "max_length")]),
        (body(name="a\x00b"), [("name", "null_characters_not_allowed")]),
        ({"name": "I", "slug": "initech", "admin": "ida"}, [("admin.non_field_errors", "invalid")]),
        ({"name": "I", "slug": "initech", "admin": None}, [("admin", "null")]),
        ({"name": "I", "slug": "initech", "admin": {}}, [("admin.email", "required"), ("admin.password", "required")]),
        (body(admin={"email": "nobody"}), [("admin.email", "invalid")]),
        (body(admin={"email": f"{'x' * 250}@initech.example"}), [("admin.email", "max_length")]),
        (body(admin={"email": "a@b@c.example"}), [("admin.email", "invalid")]),
        (body(admin={"email": "a b@c.example"}), [("admin.email", "invalid")]),
        (body(admin={"email": "ida@ïnitech.example\nBcc: x@y.example"}), [("admin.email", "invalid")]),
        (body(admin={"first_name": "x" * 101}), [("admin.first_name", "max_length")]),
        (body(admin={"password": "short"}), [("admin.password", "password_length")]),
        (body(admin={"password": "x" * 129}), [("admin.password", "max_length")]),
        (body(admin={"password": "1qaz2wsx3edc4rfv"}), [("admin.password", "password_too_common")]),
        (body(admin={"password": "initech-initech-initech"}), [("admin.password", "password_too_common")]),
        (body(admin={"password": 12345678901234567890}), [("admin.password", "invalid")]),
        (body(admin={"surname": "Initech"}), [("admin.surname", "unknown_field")]),
        (body(name="Ini\ntech"), [("name", "invalid")]),
    ],
    ids=lambda value: str(value)[:60],
)
def test_each_part_that_is_wrong_is_named(anonymous: Api, sent: Any, found: list[tuple[str, str]]) -> None:
    answer = anonymous.post("organizations/", sent)
    assert errors(answer) == (400, found)


@pytest.mark.requirement("S122")
@pytest.mark.parametrize("sent", [b"[]", b"null", b'"text"', b"7", b"true"], ids=repr)
def test_a_body_that_is_no_object_is_refused(anonymous: Api, sent: bytes) -> None:
    assert anonymous.post("organizations/", sent).status == 400


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    "sent",
    [b" ", b"{", b"[" * 100_000, b'{"name": "\xff"}', b'{"name": "\\ud800"}', b'{"a": NaN}'],
    ids=lambda b: repr(b[:20]),
)
def test_a_body_that_is_no_json_is_refused(anonymous: Api, sent: bytes) -> None:
    answer = anonymous.post("organizations/", sent)
    assert (answer.status, answer.body["code"], answer.body["detail"]) == (
        400,
        "parse_error",
        "The body is not valid JSON.",
    )


def test_a_body_that_is_too_large_is_refused(anonymous: Api) -> None:
    answer = anonymous.post("organizations/", body(name="x" * 1_100_000))
    assert (answer.status, answer.body["code"]) == (413, "payload_too_large")


def test_where_sign_up_is_closed_nobody_opens_one(anonymous: Api, settings: Settings) -> None:
    assert anonymous.post("organizations/", body()).status == 201
    settings.WORKIX = settings.WORKIX.model_copy(update={"sign_up": "closed"})
    answer = anonymous.post("organizations/", body("initech-2"))
    assert (answer.status, answer.body["code"], answer.body["detail"]) == (
        403,
        "sign_up_closed",
        "Organizations are opened by the operator of this platform.",
    )
    assert rows("SELECT 1 FROM organizations WHERE slug = 'initech-2'") == []


@pytest.mark.requirement("S79")
def test_no_answer_and_no_row_holds_the_password(anonymous: Api) -> None:
    answer = anonymous.post("organizations/", body())
    identity = answer.body["id"].replace("-", "")
    kept = rows(f"SELECT to_jsonb(u)::text FROM org_{identity}.users AS u")
    kept += rows(f"SELECT to_jsonb(a)::text FROM org_{identity}.audit_logs AS a")
    kept += rows("SELECT to_jsonb(j)::text FROM procrastinate_jobs AS j")
    assert (len(kept) > 3, [line for (line,) in kept if PASSWORD in line], PASSWORD in str(answer)) == (True, [], False)
