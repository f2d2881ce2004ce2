"""What no view ever sees: unknown paths, methods, formats. All of it is problem+json."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Answer, Api, Cast

BODY = {"email": "alice@acme.example", "password": "x"}


def outcome(answer: Answer) -> tuple[int, Any, str | None]:
    code = answer.body.get("code") if isinstance(answer.body, dict) else None
    return answer.status, code, answer.headers.get("Content-Type")


@pytest.mark.requirement("S20")
@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/nothing/", "/api/v2/me/", "/.env", "/api/v1/me", "/x\x00"]
)
def test_an_unknown_path_is_not_found(anonymous: Api, alice: Api, path: str) -> None:
    for someone in (anonymous, alice):
        answer = someone.get(path)
        assert outcome(answer) == (404, "not_found", "application/problem+json")
        assert answer.body["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.requirement("S20")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "auth/login/"),
        ("PUT", "auth/login/"),
        ("DELETE", "organizations/"),
        ("PUT", "me/"),
        ("PUT", "users/"),
        ("POST", "quotas/"),
        ("DELETE", "quotas/users/"),
        ("PATCH", "audit-logs/"),
        ("TRACE", "me/"),
        ("BREW", "me/"),
    ],
)
def test_a_method_that_is_not_there_is_not_allowed(anonymous: Api, alice: Api, method: str, path: str) -> None:
    for someone in (anonymous, alice):
        answer = someone.call(method, path, {})
        assert outcome(answer) == (405, "method_not_allowed", "application/problem+json")
        assert method not in answer.headers["Allow"].split(", ")


@pytest.mark.fault("A4")
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({f"k{number}": 1 for number in range(90_000)}, "parse_error"),
        ({f"k{number}": 1 for number in range(9_000)}, "validation_error"),
        (BODY | {f"{number}" * 300: "x" * 300 for number in range(700)}, "validation_error"),
        (BODY | {"x" * 900_000: 1}, "validation_error"),
        ({"email": [["x" * 300] * 3_000], "password": {"x": "x" * 1_000}}, "validation_error"),
        ({"email": "x" * 900_000, "password": "x" * 100_000}, "validation_error"),
    ],
    ids=["90,000 keys", "9,000 keys", "long names", "one long name", "lists", "texts"],
)
def test_a_large_body_without_a_credential_gets_a_short_answer(anonymous: Api, body: Any, code: str) -> None:
    answer = anonymous.post("auth/login/", body)
    assert outcome(answer) == (400, code, "application/problem+json")
    assert int(answer.headers["Content-Length"]) < 10_000


@pytest.mark.fault("A4")
def test_a_deep_body_is_refused_before_it_is_fingerprinted_for_its_idempotency_key(alice: Api) -> None:
    body = b'{"email": ' + b"[" * 300 + b"]" * 300 + b"}"
    answer = alice.post("users/", body, Idempotency_Key="deep")
    assert outcome(answer) == (400, "parse_error", "application/problem+json")


@pytest.mark.requirement("S20")
@pytest.mark.parametrize(
    "sent", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_a_body_that_is_not_json_is_an_unsupported_media_type(anonymous: Api, sent: str) -> None:
    answer = anonymous.post("auth/login/", b"email=x", Content_Type=sent)
    assert outcome(answer) == (415, "unsupported_media_type", "application/problem+json")


@pytest.mark.requirement("S20")
@pytest.mark.parametrize("accepted", ["application/xml", "text/csv", "image/*"])
def test_an_answer_that_we_cannot_give_is_not_acceptable(alice: Api, accepted: str) -> None:
    assert outcome(alice.get("me/", Accept=accepted)) == (406, "not_acceptable", "application/problem+json")


@pytest.mark.parametrize("accepted", ["*/*", "application/json", "application/*;q=0.5"])
def test_json_is_given_to_whoever_takes_it(alice: Api, accepted: str) -> None:
    answer = alice.get("me/", Accept=accepted)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")


@pytest.mark.requirement("S20")
def test_a_bug_is_answered_without_a_word_about_our_insides(
    alice: Api, acme: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("SELECT secret FROM /srv/settings.py")

    monkeypatch.setattr("accounts.api.jwks.jwks", broken)
    monkeypatch.setattr("quotas.api.quotas.balances", broken)
    for answer in (alice.get("/.well-known/jwks.json"), alice.get("quotas/")):
        assert outcome(answer) == (500, "internal_error", "application/problem+json")
        assert answer.body == {
            "type": "https://workix.dev/problems/internal_error",
            "title": "Internal error",
            "status": 500,
            "code": "internal_error",
            "detail": "Something went wrong on our side. Quote the request id when you report it.",
            "request_id": answer.headers["X-Request-ID"],
        }


def test_every_answer_carries_the_safe_headers(alice: Api, anonymous: Api) -> None:
    answers = (alice.get("me/"), anonymous.get("me/"), anonymous.get("/nothing"), anonymous.get("/health/live"))
    wanted = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
    }
    assert [{name: answer.headers[name] for name in wanted} for answer in answers] == [wanted] * 4


def test_a_request_id_of_the_caller_comes_back_in_header_and_problem(anonymous: Api) -> None:
    answer = anonymous.get("me/", X_Request_ID="my-request-0001")
    assert (answer.headers["X-Request-ID"], answer.body["request_id"]) == ("my-request-0001", "my-request-0001")
