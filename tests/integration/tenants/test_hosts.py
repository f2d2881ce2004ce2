"""Which organization a request belongs to: its host's, its credential's, and never anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from tenants.resolution import BELIEVED_SECONDS, find_by_host, find_by_id, find_by_schema, find_by_slug, forget_all
from tests.acts import calls_of, rows, statements_of
from tests.cast import Answer, Api, Cast

#: Each way to look an organization up, with the key of Acme.
FIND: dict[Any, Callable[[Cast], Any]] = {
    find_by_host: lambda cast: cast.host,
    find_by_slug: lambda cast: cast.organization.slug,
    find_by_id: lambda cast: cast.organization.id,
    find_by_schema: lambda cast: cast.organization.schema_name,
}


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "") if isinstance(answer.body, dict) else ""


@pytest.mark.requirement("S12")
@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "acme.localhost", "ACME.localhost.:8000"]
)
def test_the_platform_and_ones_own_host_answer(alice: Api, host: str) -> None:
    assert Api(alice.access, host).get("me/").body["email"] == "alice@acme.example"


@pytest.mark.requirement("S133")
def test_a_token_of_another_organization_is_refused_on_this_host(alice: Api, mallory: Api) -> None:
    assert outcome(Api(alice.access, "acme.localhost").get("users/")) == (200, "")
    answer = Api(mallory.access, "acme.localhost").get("users/")
    answer.body.pop("request_id")
    assert answer.body == {
        "type": "https://workix.dev/problems/wrong_organization",
        "title": "Wrong organization",
        "status": 403,
        "code": "wrong_organization",
        "detail": "This token belongs to another organization than this address.",
    }
    assert "X-Request-ID" in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "nowhere.localhost",
        "acme.localhost.evil.example",
        "evil.example",
        "acme",
        "",
        "acme_.localhost",
        "a" * 300,
        "[::2]",
        "acme.localhost:x",
        "a\x00b",
        "é.localhost",
    ],
    ids=ascii,
)
def test_an_unknown_host_is_nobodys(alice: Api, host: str) -> None:
    for someone in (Api(host=host), Api(alice.access, host)):
        answer = someone.get("me/")
        assert outcome(answer) == (404, "unknown_host")
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.fault("E12")
@pytest.mark.parametrize(
    "host", ["nowhere.localhost", "evil.example", "evil.example:8000", "a b", "", "acme.localhost@evil"]
)
@pytest.mark.parametrize("path", ["/", "/admin/", "/api/v1/me/", "/static/admin/css/base.css", "/sign-up/", "/admin"])
@pytest.mark.parametrize("redirects", [True, False])
def test_an_unknown_host_is_answered_with_nothing_else(
    database: None, settings: Settings, host: str, path: str, redirects: bool
) -> None:
    settings.SECURE_SSL_REDIRECT = redirects
    answer = Api(host=host).get(path)
    assert outcome(answer) == (404, "unknown_host")
    assert "Location" not in answer.headers
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.fault("E12")
def test_a_known_host_is_led_to_https_and_a_health_check_is_answered_on_any(acme: Cast, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    for host in ("localhost", "acme.localhost"):
        answer = Api(host=host).get("/admin/?q=1")
        assert (answer.status, answer.headers["Location"]) == (301, f"https://{host}/admin/?q=1")
    assert Api(host="10.0.0.7:8000").get("/health/live").status == 200


def test_a_host_that_was_added_leads_to_its_organization_too(acme: Cast, alice: Api) -> None:
    rows(
        "INSERT INTO domains (id, created_at, updated_at, organization_id, host, is_primary)"
        " VALUES (gen_random_uuid(), now(), now(), %(id)s, 'work.acme.example', false)",
        id=acme.organization.id,
    )
    assert outcome(Api(alice.access, "work.acme.example").get("me/")) == (200, "")


def test_a_forged_forwarded_host_changes_nothing(alice: Api) -> None:
    answer = alice.get("me/", X_Forwarded_Host="globex.localhost", Forwarded="host=globex.localhost")
    assert answer.body["email"] == "alice@acme.example"


def test_what_was_found_is_believed_for_a_moment_and_asked_again_then(
    acme: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BELIEVED_SECONDS == 5.0
    forget_all()
    assert [len(statements_of(lambda: find_by_slug("acme"))) for _ in range(2)] == [1, 0]
    forget_all()
    monkeypatch.setattr("tenants.resolution.BELIEVED_SECONDS", 0.0)
    assert [len(statements_of(lambda: find_by_slug("acme"))) for _ in range(2)] == [1, 1]


@pytest.mark.fault("G2")
@pytest.mark.parametrize("host", ["localhost", "acme.localhost"])
def test_a_request_looks_its_organization_up_once_by_a_unique_index(
    acme: Cast, alice: Api, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tenants.resolution.BELIEVED_SECONDS", 0.0)
    forget_all()
    sent = statements_of(lambda: Api(alice.access, host).get("me/"))
    assert len([each for each in sent if "organizations" in each]) == 1


@pytest.mark.fault("G2")
@pytest.mark.parametrize("find", FIND)
def test_a_look_up_is_one_statement_that_nobody_composes(acme: Cast, find: Any) -> None:
    key = FIND[find](acme)
    find(key)  # the connection is there
    forget_all()
    assert calls_of(lambda: find(key)) < 200
    assert (find(key), find(key).limits()) == (acme.organization, acme.organization.limits())


@pytest.mark.parametrize("find", FIND)
def test_a_removed_organization_is_found_by_nothing(acme: Cast, find: Any) -> None:
    key = FIND[find](acme)
    assert find(key) == acme.organization
    rows("UPDATE organizations SET deleted_at = now()")
    forget_all()
    assert find(key) is None


def test_what_is_believed_does_not_grow_for_ever(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenants.resolution._LARGEST", 2)
    forget_all()
    for slug in ("a", "b", "c"):
        assert find_by_slug(slug) is None
    assert len(statements_of(lambda: find_by_slug("a"))) == 1


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_answered_on_every_host(database: None, path: str) -> None:
    assert [Api(host=host).get(path).status for host in ("10.1.2.3:8000", "nowhere.example", "localhost")] == [200] * 3
