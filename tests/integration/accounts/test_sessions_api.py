"""POST /auth/refresh/, /auth/logout/, /auth/logout-everywhere/ and /me/sessions/."""

from __future__ import annotations

import pytest

from tests import cast
from tests.acts import rows
from tests.cast import PASSWORD, Answer, Api, Cast

ALICE = {"email": "alice@acme.example", "password": PASSWORD}


def log_in(**more: object) -> Answer:
    return Api().post("auth/login/", ALICE | more)


def me(access: str) -> tuple[int, str]:
    answer = Api(access).get("me/")
    return answer.status, answer.body.get("code", "")


@pytest.mark.requirement("S72")
def test_a_refresh_token_is_exchanged_for_a_new_pair(acme: Cast) -> None:
    first = log_in().body
    second = Api().post("auth/refresh/", {"refresh": first["refresh"]})
    assert (second.status, sorted(second.body)) == (200, sorted(first))
    assert second.body["refresh"] != first["refresh"]
    assert me(second.body["access"]) == (200, "")


@pytest.mark.requirement("S72")
def test_a_spent_refresh_token_ends_the_session_with_its_newest_access_token(acme: Cast) -> None:
    first = log_in().body
    second = Api().post("auth/refresh/", {"refresh": first["refresh"]}).body
    reused = Api().post("auth/refresh/", {"refresh": first["refresh"]})
    assert (reused.status, reused.body["code"]) == (401, "session_revoked")
    assert me(second["access"]) == (401, "session_revoked")
    assert Api().post("auth/refresh/", {"refresh": second["refresh"]}).status == 401
    recorded = rows("SELECT actor_label, resource_type FROM audit_logs WHERE action = 'session.refresh_reused'", acme)
    assert recorded == [("alice@acme.example", "session")]


@pytest.mark.parametrize("refresh", ["", "nonsense", "A" * 86, "ü" * 10, "\u0000"])
def test_a_refresh_token_we_never_made_is_refused(acme: Cast, refresh: str) -> None:
    assert Api().post("auth/refresh/", {"refresh": refresh}).status in (400, 401)


@pytest.mark.requirement("S14")
def test_logging_out_kills_both_tokens_at_once_and_no_other_session(acme: Cast) -> None:
    here, elsewhere = log_in().body, log_in().body
    assert Api(here["access"]).post("auth/logout/").status == 204
    assert me(here["access"]) == (401, "session_revoked")
    assert Api().post("auth/refresh/", {"refresh": here["refresh"]}).body["code"] == "session_revoked"
    assert me(elsewhere["access"]) == (200, "")


@pytest.mark.requirement("S14")
def test_logging_out_everywhere_ends_every_session_of_the_person_and_of_nobody_else(acme: Cast, bob: Api) -> None:
    here, elsewhere = log_in().body, log_in().body
    assert Api(here["access"]).post("auth/logout-everywhere/").status == 204
    assert [me(here["access"]), me(elsewhere["access"]), bob.get("me/").status] == [
        (401, "session_revoked"),
        (401, "session_revoked"),
        200,
    ]


@pytest.mark.requirement("S73")
def test_in_cookie_mode_the_refresh_token_is_in_no_body_and_no_script_reads_it(acme: Cast) -> None:
    answer = log_in(cookie=True)
    cookie = answer.cookies["workix-refresh"]
    assert answer.body["refresh"] is None
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    without = Api().post("auth/refresh/", {}, Cookie=f"workix-refresh={cookie.value}")
    assert (without.status, without.body["code"]) == (403, "csrf_failed")
    renewed = Api().post("auth/refresh/", {}, Cookie=f"workix-refresh={cookie.value}", X_CSRF_Token="1")
    assert (renewed.status, renewed.body["refresh"]) == (200, None)
    assert renewed.cookies["workix-refresh"].value != cookie.value


def test_refreshing_without_a_token_says_what_is_missing(acme: Cast) -> None:
    answer = Api().post("auth/refresh/", {})
    assert (answer.status, answer.body["code"]) == (401, "not_authenticated")


def test_a_person_sees_where_they_are_logged_in_and_ends_one(acme: Cast, alice: Api, bob: Api) -> None:
    elsewhere = log_in().body
    listed = alice.get("me/sessions/").body["results"]
    assert [each["is_current"] for each in listed] == [False, True]
    assert bob.delete(f"me/sessions/{listed[0]['id']}/").status == 404, "it is not his"
    assert alice.delete(f"me/sessions/{listed[0]['id']}/").status == 204
    assert alice.delete(f"me/sessions/{listed[0]['id']}/").status == 404, "it is over"
    assert me(elsewhere["access"]) == (401, "session_revoked")


def test_an_operator_logs_in_on_the_platform_host_and_reaches_no_organization(database: None) -> None:
    cast.hire_otto()
    answer = Api().post("auth/login/", {"email": cast.OTTO, "password": PASSWORD})
    otto = Api(answer.body["access"])
    assert (answer.status, answer.body["organization"]) == (200, None)
    assert otto.get("me/").body["email"] == cast.OTTO
    assert [otto.get(path).status for path in ("users/", "quotas/", "audit-logs/", "organization/")] == [403] * 4
    assert Api(otto.access, "acme.localhost").get("users/").status == 401
    renewed = Api().post("auth/refresh/", {"refresh": answer.body["refresh"]})
    assert renewed.status == 200
