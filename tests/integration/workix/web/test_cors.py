"""CORS: calls of pages of other origins, allowed and not: preflights, refusals, cookies."""

from __future__ import annotations

import psycopg
import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from tenants.models import Status
from tests.acts import rows, set_status, statements_of
from tests.browsers import browser_of
from tests.cast import PASSWORD, PLATFORM, Answer, Api, Cast

pytestmark = pytest.mark.fault("F7")

APP, ACMES, STRANGERS = "http://localhost:3000", "https://app.acme.example", "https://evil.example"
ASKED = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization,content-type"}
READABLE = "Location, Retry-After, RateLimit, RateLimit-Policy, Idempotency-Replayed, WWW-Authenticate, X-Device-Token, X-Request-ID, Workix-Dry-Run"  # noqa: E501  # as it is sent


@pytest.fixture(autouse=True)
def _front_end(settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"allowed_origins": (APP,)})


def preflight(origin: str, host: str = PLATFORM, path: str = "users/") -> Answer:
    return Api(host=host).call("OPTIONS", path, Origin=origin, **ASKED)


def leave(answer: Answer) -> dict[str, str]:
    """What a response says to a browser about other origins."""
    return {name: text for name, text in answer.headers.items() if name.lower().startswith("access-control-")}


def allowed(origin: str) -> dict[str, str]:
    return {
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": READABLE,
    }


def reads(answer: Answer, origin: str) -> bool:
    """Say whether the page that called may read the answer."""
    assert "origin" in answer.headers["Vary"].lower().split(", "), "no cache may give it to another origin's page"
    assert leave(answer) in ({}, allowed(origin))
    return leave(answer) != {}


def test_a_preflight_is_answered_before_anything_asks_who_calls(database: None) -> None:
    answer = preflight(APP)
    assert (answer.status, answer.body) == (200, b"")
    assert leave(answer) == allowed(APP) | {
        "access-control-allow-methods": "GET, HEAD, OPTIONS, POST, PATCH, DELETE",
        "access-control-allow-headers": "authorization, content-type, idempotency-key, if-match,"
        " if-none-match, x-csrf-token, x-device-token, x-request-id, workix-dry-run, workix-reason, workix-trace",
        "access-control-max-age": "600",
    }
    assert "origin" in answer.headers["Vary"].lower()


@pytest.mark.parametrize(
    "origin",
    [
        STRANGERS,
        "null",
        "*",
        "",
        "https://localhost:3000",
        "http://localhost",
        "http://localhost:3001",
        "http://localhost:30000",
        "http://localhost.:3000",
        "HTTP://LOCALHOST:3000",
        "http://localhost:3000/",
        "http://localhost:3000/path",
        "http://localhost:3000?x",
        "http://localhost:3000, https://evil.example",
        "http://u@localhost:3000",
        "http://sub.localhost:3000",
        "http://[",
        "\x00",
    ],
)
def test_an_origin_that_is_not_listed_is_told_nothing_and_never_repeated(alice: Api, origin: str) -> None:
    for answer in (preflight(origin), alice.get("me/", Origin=origin)):
        assert (answer.status, leave(answer)) == (200, {})
        assert "origin" in answer.headers["Vary"].lower()


def test_a_response_without_origin_says_nothing_but_that_it_depends_on_it(alice: Api) -> None:
    assert not reads(alice.get("me/"), APP)


def test_every_refusal_can_be_read(
    alice: Api, bob: Api, acme: Cast, anonymous: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = Api(host="nowhere.localhost")
    answers = {
        400: anonymous.post("auth/login/", b"{", Origin=APP),
        401: anonymous.get("me/", Origin=APP),
        403: bob.post("users/", {}, Origin=APP),
        404: nowhere.get("me/", Origin=APP),
        405: alice.call("DELETE", "me/", Origin=APP),
    }
    assert {status: answer.status for status, answer in answers.items()} == {status: status for status in answers}
    assert all(reads(answer, APP) for answer in answers.values())
    monkeypatch.setattr("accounts.api.me.MeView.get", lambda *_: 1 / 0)
    broken = alice.get("me/", Origin=APP)
    assert (broken.status, reads(broken, APP)) == (500, True)
    set_status(acme, Status.SUSPENDED)
    shut = Api(alice.access, acme.host).get("me/", Origin=APP)
    assert (shut.body["code"], reads(shut, APP)) == ("organization_suspended", True)


def test_the_lists_are_an_organizations_own_and_count_on_its_own_host(alice: Api, acme: Cast, globex: Cast) -> None:
    assert not reads(preflight(ACMES, acme.host), ACMES)
    answer = alice.patch("organization/policies/", {"allowed_origins": ["https://APP.acme.example:443/"]})
    assert (answer.status, answer.body["allowed_origins"]) == (200, [ACMES])
    at_home = Api(alice.access, acme.host).get("users/", Origin=ACMES)
    assert (at_home.status, reads(at_home, ACMES)) == (200, True)
    for host in (PLATFORM, globex.host, "nowhere.localhost"):
        assert leave(preflight(ACMES, host)) == {}, "a preflight carries no credential: nobody knows whose it is"
    assert reads(Api(alice.access, acme.host).get("me/", Origin=APP), APP), "the platform's own front-end is everywhere"


def test_an_admin_decides_and_the_trail_says_what_was_before(acme: Cast, alice: Api, bob: Api, vera: Api) -> None:
    assert alice.get("organization/policies/").body["allowed_origins"] == []
    alice.patch("organization/policies/", {"allowed_origins": [ACMES, ACMES, "http://localhost:5173"]})
    kept = alice.patch("organization/policies/", {}).body["allowed_origins"]
    assert kept == [ACMES, "http://localhost:5173"]
    alice.patch("organization/policies/", {"allowed_origins": []})
    changes = rows(
        "SELECT changes, actor_label FROM audit_logs WHERE action = 'organization.policies_changed' ORDER BY created_at",
        acme,
    )
    assert changes == [
        ({"allowed_origins": [[], [ACMES, "http://localhost:5173"]]}, "alice@acme.example"),
        ({"allowed_origins": [[ACMES, "http://localhost:5173"], []]}, "alice@acme.example"),
    ]
    for other in (bob, vera):
        refused = [other.get("organization/policies/"), other.patch("organization/policies/", {"allowed_origins": []})]
        assert [answer.status for answer in refused] == [403, 403]


@pytest.mark.parametrize(
    "origin",
    ["*", "null", "http://app.acme.example", "https://*.acme.example", "https://a.example/x", "", " ", 1, None],
)
def test_what_is_no_origin_is_refused_by_its_place(alice: Api, origin: object) -> None:
    answer = alice.patch("organization/policies/", {"allowed_origins": [ACMES, origin]})
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, "allowed_origins.1")
    assert alice.get("organization/policies/").body["allowed_origins"] == []


def test_there_are_twenty_at_most(alice: Api) -> None:
    many = [f"https://{number}.acme.example" for number in range(21)]
    assert alice.patch("organization/policies/", {"allowed_origins": many}).status == 400
    kept = alice.patch("organization/policies/", {"allowed_origins": many[:20]}).body["allowed_origins"]
    assert kept == many[:20]


@pytest.mark.parametrize(
    "kept", ["*", "null", "https://a.example\r\nX: y", "https://a.example,", " ", "https://a.example  "]
)
def test_the_database_keeps_nothing_else(acme: Cast, kept: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        rows("UPDATE organizations SET allowed_origins = %(kept)s WHERE slug = 'acme'", kept=kept)


def test_asking_about_an_origin_asks_the_database_nothing(acme: Cast, alice: Api) -> None:
    alice.patch("organization/policies/", {"allowed_origins": [ACMES]})
    at_home = Api(alice.access, acme.host)
    at_home.get("me/")
    plain = statements_of(lambda: at_home.get("me/"))
    assert plain
    for origin in (ACMES, STRANGERS):
        assert statements_of(lambda: at_home.get("me/", Origin=origin)) == plain  # noqa: B023  # called at once
    assert statements_of(lambda: preflight(ACMES, acme.host)) == []


def test_a_browser_app_refreshes_by_cookie_from_an_allowed_origin(acme: Cast) -> None:
    here = Api(host=acme.host)
    logged_in = here.post(
        "auth/login/", {"email": "alice@acme.example", "password": PASSWORD, "cookie": True}, Origin=APP
    )
    assert (logged_in.status, logged_in.body["refresh"], reads(logged_in, APP)) == (200, None, True)
    kept = logged_in.cookies["workix-refresh"]
    assert (kept["samesite"], kept["httponly"]) == ("Strict", True)
    cookie = f"workix-refresh={kept.value}"
    without = here.post("auth/refresh/", {}, Origin=APP, Cookie=cookie)
    assert (without.body["code"], reads(without, APP)) == ("csrf_failed", True)
    renewed = here.post("auth/refresh/", {}, Origin=APP, Cookie=cookie, X_CSRF_Token="1")
    assert (renewed.status, reads(renewed, APP)) == (200, True)


def test_the_session_of_the_dashboard_counts_on_its_own_origin_only(acme: Cast) -> None:
    """An allowed page of the same site would be sent the cookie with each call: it must log in for itself."""
    cookie = f"{django_settings.SESSION_COOKIE_NAME}={browser_of(acme, 'alice').cookie()}"
    here = Api(host=acme.host)
    assert here.get("me/", Cookie=cookie).body["email"] == "alice@acme.example"
    assert here.get("me/", Cookie=cookie, Origin=f"http://{acme.host}").status == 200
    for origin in (APP, STRANGERS, "null"):
        assert here.get("me/", Cookie=cookie, Origin=origin).status == 401


def test_pages_and_health_are_nobody_elses(acme: Cast) -> None:
    for path in ("/", "/admin/login/", "/health/live", "/.well-known/jwks.json"):
        assert leave(Api(host=acme.host).get(path, Origin=APP)) == {}
