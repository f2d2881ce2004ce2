"""Refresh tokens in token mode, which forgives nothing, and in cookie mode, where two tabs of one browser may meet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acts import at_once, rows, statements_of
from tests.cast import OTTO, PASSWORD, Answer, Api, Cast, hire_otto
from tests.races import second as second_one

BROWSER, PHONE = "Mozilla/5.0 (X11; Linux) Firefox/140.0", "Mozilla/5.0 (iPhone) Safari/605"
ALICE = {"email": "alice@acme.example", "password": PASSWORD}


def log_in(*, cookie: bool = True, **login: str) -> str:
    """Log in, and return the refresh token."""
    answer = Api().post("auth/login/", ALICE | login | {"cookie": cookie}, User_Agent=BROWSER)
    return str(answer.cookies["workix-refresh"].value if cookie else answer.body["refresh"])


def refresh(token: str, agent: str = BROWSER, **headers: str) -> Answer:
    """Refresh as a page does."""
    sent = {"Cookie": f"workix-refresh={token}", "X_CSRF_Token": "1", "User_Agent": agent} | headers
    return Api().post("auth/refresh/", {}, **sent)


def in_body(token: str) -> Answer:
    return Api().post("auth/refresh/", {"refresh": token}, User_Agent=BROWSER)


def outcome(answer: Answer) -> tuple[int, str, bool]:
    """Return status, code, and whether there was a new refresh token."""
    new = "workix-refresh" in answer.cookies or bool(answer.body.get("refresh"))
    return answer.status, answer.body.get("code", ""), new


FIRST, SECOND, ENDED = (200, "", True), (200, "", False), (401, "session_revoked", False)


def cookie_of(answer: Answer) -> str:
    return str(answer.cookies["workix-refresh"].value)


def is_open(acme: Cast) -> list[tuple[Any, ...]]:
    return rows("SELECT ended_at IS NULL FROM sessions", acme)


def age(acme: Cast, seconds: float) -> None:
    """Let so many seconds pass since the last refresh, by the database's clock."""
    rows("UPDATE sessions SET spent_at = spent_at - make_interval(secs => %(seconds)s)", acme, seconds=seconds)


def test_the_second_of_two_tabs_gets_an_access_token_and_no_refresh_token(acme: Cast) -> None:
    token = log_in()
    first, other = refresh(token), refresh(token)
    assert [outcome(each) for each in (first, other)] == [FIRST, SECOND]
    assert [Api(each.body["access"]).get("me/").status for each in (first, other)] == [200, 200]
    assert sorted(other.body) == sorted(first.body)
    assert outcome(refresh(cookie_of(first))) == FIRST


def test_of_50_tabs_at_once_one_gets_the_next_token_and_nobody_is_logged_out(acme: Cast) -> None:
    token = log_in()
    answers = at_once(lambda _: refresh(token), 50)
    assert sorted(outcome(each) for each in answers) == [*[SECOND] * 49, FIRST]
    assert {Api(each.body["access"]).get("me/").status for each in answers} == {200}
    (first,) = (each for each in answers if outcome(each) == FIRST)
    assert (outcome(refresh(cookie_of(first))), is_open(acme)) == (FIRST, [(True,)])


@pytest.mark.requirement("S72")
def test_of_50_clients_in_token_mode_one_gets_a_pair_and_the_session_ends(acme: Cast) -> None:
    token = log_in(cookie=False)
    answers = at_once(lambda _: in_body(token), 50)
    assert sorted(outcome(each) for each in answers) == [FIRST, *[ENDED] * 49]
    assert is_open(acme) == [(False,)]


def test_the_second_waits_for_the_first_and_is_judged_by_what_that_one_wrote(acme: Cast) -> None:
    token = log_in()
    assert outcome(refresh(token)) == FIRST
    undone = "UPDATE sessions SET refresh_hash = spent_hash, spent_hash = '', spent_at = NULL"  # as if it had not been
    rows(undone, acme)
    before = rows("SELECT refresh_hash FROM sessions", acme)
    spent = "UPDATE sessions SET spent_hash = refresh_hash, spent_at = now(), refresh_hash = repeat('0', 64)"
    assert outcome(second_one(lambda: refresh(token), after=spent, of=acme)) == SECOND
    assert rows("SELECT spent_hash, refresh_hash FROM sessions", acme) == [(before[0][0], "0" * 64)]


@pytest.mark.parametrize(("passed", "expected"), [(0, SECOND), (8, SECOND), (10, ENDED), (11, ENDED), (86_400, ENDED)])
def test_ten_seconds_later_it_is_a_spent_token(acme: Cast, passed: float, expected: tuple[int, str, bool]) -> None:
    token = log_in()
    refresh(token)
    age(acme, passed)
    assert outcome(refresh(token)) == expected
    assert is_open(acme) == [(expected == SECOND,)]


def test_the_ten_seconds_begin_when_it_was_spent_and_not_when_it_was_shared(acme: Cast) -> None:
    token = log_in()
    refresh(token)
    age(acme, 6)
    assert outcome(refresh(token)) == SECOND
    age(acme, 6)
    assert outcome(refresh(token)) == ENDED


def test_a_token_that_was_spent_before_the_last_one_ends_the_session(acme: Cast) -> None:
    token = log_in()
    following = cookie_of(refresh(token))
    assert [outcome(refresh(each)) for each in (following, following, token, following)] == [
        FIRST,
        SECOND,
        ENDED,
        ENDED,
    ]
    recorded = rows("SELECT actor_label FROM audit_logs WHERE action = 'session.refresh_reused'", acme)
    assert recorded == [("alice@acme.example",)]


@pytest.mark.parametrize("elsewhere", [{"agent": PHONE}, {"agent": ""}, {"X_Forwarded_For": "203.0.113.9"}])
def test_a_thief_with_the_spent_cookie_from_elsewhere_ends_the_session(
    acme: Cast, elsewhere: dict[str, str], settings: Any
) -> None:
    from ipaddress import ip_network  # noqa: PLC0415

    settings.WORKIX = settings.WORKIX.model_copy(update={"trusted_proxies": (ip_network("127.0.0.0/8"),)})
    token = log_in()
    following = refresh(token)
    assert outcome(refresh(token, **elsewhere)) == ENDED
    assert Api(following.body["access"]).get("me/").body["code"] == "session_revoked"
    assert outcome(refresh(cookie_of(following))) == ENDED


def test_who_moves_from_one_network_to_another_goes_on(acme: Cast) -> None:
    """The client that spends a token counts, and not the one that logged in."""
    token = log_in()
    assert [outcome(refresh(token, PHONE)), outcome(refresh(token, PHONE))] == [FIRST, SECOND]


def test_token_mode_forgives_nothing(acme: Cast) -> None:
    token = log_in(cookie=False)
    following = in_body(token).body["refresh"]
    assert [outcome(in_body(each)) for each in (token, following)] == [ENDED, ENDED]


def test_a_token_of_one_mode_is_not_taken_in_the_other(acme: Cast) -> None:
    """Out of the cookie, in a body: somebody took it there."""
    assert outcome(in_body(log_in())) == ENDED
    assert outcome(refresh(log_in(cookie=False))) == ENDED
    assert is_open(acme) == [(False,)] * 2


def test_a_spent_cookie_in_a_body_is_not_forgiven_within_ten_seconds(acme: Cast) -> None:
    token = log_in()
    assert [outcome(refresh(token)), outcome(in_body(token))] == [FIRST, ENDED]


@pytest.mark.parametrize("in_its_cookie", [True, False])
def test_a_session_of_an_older_release_goes_on_in_the_mode_it_comes_in(acme: Cast, in_its_cookie: bool) -> None:
    token = log_in(cookie=in_its_cookie)
    rows("UPDATE sessions SET in_cookie = NULL", acme)
    come = refresh if in_its_cookie else in_body
    assert [outcome(come(token)), outcome(come(token))] == [FIRST, SECOND if in_its_cookie else ENDED]
    assert rows("SELECT in_cookie FROM sessions", acme) == [(in_its_cookie,)]


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        ("UPDATE sessions SET ended_at = now()", ENDED),
        ("UPDATE sessions SET expires_at = now()", ENDED),
        ("UPDATE users SET is_active = false WHERE email = 'alice@acme.example'", ENDED),
        ("UPDATE users SET deleted_at = now() WHERE email = 'alice@acme.example'", ENDED),
        ("DELETE FROM sessions", ENDED),
    ],
)
def test_the_second_tab_opens_no_session_that_is_over(acme: Cast, ending: str, expected: tuple[int, str, bool]) -> None:
    token = log_in()
    refresh(token)
    rows(ending, acme)
    assert outcome(refresh(token)) == expected


def test_operators_have_both_modes_too(database: None) -> None:
    hire_otto()
    token = log_in(email=OTTO)
    assert [outcome(refresh(token)), outcome(refresh(token)), outcome(refresh("x" * 86))] == [
        FIRST,
        SECOND,
        (401, "token_not_valid", False),
    ]


def test_the_second_tab_costs_as_many_statements_as_the_first(acme: Cast) -> None:
    token = log_in()
    refresh(token)
    first = cookie_of(refresh(log_in()))
    sent = [statements_of(lambda: refresh(first)) for _ in range(2)]
    assert [len(each) for each in sent] == [3, 3]
    assert [each for each in sent[1] if each.startswith("UPDATE")] == [
        each for each in sent[0] if each.startswith("UPDATE")
    ]


def test_the_client_that_spent_a_token_stands_nowhere_in_plain_text(acme: Cast) -> None:
    refresh(log_in())
    ((by, spent),) = rows("SELECT spent_by, spent_hash FROM sessions", acme)
    assert ([len(each) for each in (by, spent)], "127.0.0.1" in by + spent) == ([64, 64], False)
