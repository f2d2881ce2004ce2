"""Many at once: limits hold exactly, tokens are good once, guesses are counted before they are judged."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.acts import at_once, rows
from tests.cast import PASSWORD, Api, Cast

ALICE = "alice@acme.example"


@pytest.mark.requirement("S131")
def test_64_who_add_people_at_once_fill_exactly_the_seats_there_are(acme: Cast, alice: Api) -> None:
    def add(number: int) -> tuple[int, str]:
        answer = alice.post("users/", {"email": f"p{number}@acme.example", "password": PASSWORD})
        return answer.status, answer.body.get("code", "")

    answers = at_once(add, 64)
    assert {answer: answers.count(answer) for answer in set(answers)} == {(201, ""): 2, (403, "quota_exceeded"): 62}
    assert rows("SELECT count(*) FROM users WHERE deleted_at IS NULL", acme) == [(5,)]


@pytest.mark.requirement("S72")
def test_16_who_come_with_one_refresh_token_get_at_most_one_pair(acme: Cast) -> None:
    refresh = Api().post("auth/login/", {"email": ALICE, "password": PASSWORD}).body["refresh"]
    answers = at_once(lambda _: Api().post("auth/refresh/", {"refresh": refresh}), 16)
    pairs = [answer.body for answer in answers if answer.status == 200]
    assert (len(pairs) <= 1, {answer.status for answer in answers} <= {200, 401}) == (True, True)
    assert [Api(pair["access"]).get("me/").status for pair in pairs] == [401] * len(pairs), "reuse ended the session"


@pytest.mark.requirement("S16")
def test_40_wrong_passwords_at_once_and_the_right_one_last_is_refused(acme: Cast) -> None:
    def guess(password: str) -> tuple[int, str]:
        answer = Api().post("auth/login/", {"email": ALICE, "password": password})
        return answer.status, answer.body.get("code", "")

    guesses = at_once(lambda number: guess(f"wrong horse battery {number}"), 40)
    assert {each: guesses.count(each) for each in set(guesses)} == {
        (401, "invalid_credentials"): 10,
        (429, "locked_out"): 30,
    }
    assert guess(PASSWORD) == (429, "locked_out")
    recorded = rows(
        "SELECT action, count(*) FROM audit_logs WHERE action LIKE 'session.%%' GROUP BY 1 ORDER BY 1", acme
    )
    assert recorded == [("session.locked_out", 1), ("session.refused", 10)]


@pytest.mark.requirement("S16")
def test_a_lockout_says_how_long_and_ends(acme: Cast) -> None:
    for _ in range(10):
        Api().post("auth/login/", {"email": ALICE, "password": "wrong horse battery"})
    answer = Api().post("auth/login/", {"email": ALICE, "password": PASSWORD})
    assert (answer.status, 1 <= int(answer.headers["Retry-After"]) <= 900) == (429, True)
    rows("UPDATE attempts SET since = since - interval '15 minutes'")
    assert Api().post("auth/login/", {"email": ALICE, "password": PASSWORD}).status == 200
    assert rows("SELECT count(*) FROM attempts WHERE name <> 'lock-out mail'") == [(0,)], (
        "the right password starts the count anew"
    )


def test_sign_ups_from_one_address_are_limited(database: None, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"sign_ups_per_hour": 2})

    def open_one(slug: str) -> tuple[int, str]:
        admin = {"email": f"a@{slug}.example", "password": PASSWORD}
        answer = Api().post("organizations/", {"name": slug, "slug": slug, "admin": admin})
        return answer.status, answer.headers["RateLimit"].partition(";t=3")[0]

    assert open_one("one") == (201, '"sign-up";r=1')
    assert open_one("two")[0] == 201
    assert open_one("three") == (429, '"sign-up";r=0')
