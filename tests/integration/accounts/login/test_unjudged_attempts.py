"""503 and the counters of log-ins: what was not judged, or was right, is given back; a wrong guess stays counted."""

from __future__ import annotations

import pytest

from accounts.login import hashers
from accounts.login.hashers import one_of_few
from tests.acts import refusing, rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.second_factors.phones import answer, challenge_for, give_phone

WHO = {"email": "alice@acme.example", "password": PASSWORD}
WRONG = WHO | {"password": "a wrong password, but long enough"}
FULL = "53100"


def counted() -> list[tuple[str, int]]:
    return rows("SELECT name, count FROM attempts ORDER BY name")


def log_in(who: dict[str, str]) -> tuple[int, str]:
    answer = Api().post("auth/login/", who)
    return answer.status, answer.headers.get("Retry-After", "")


def test_a_full_disk_locks_nobody_out_who_knows_the_password(acme: Cast) -> None:
    with refusing(acme, "sessions", FULL):
        assert [log_in(WHO) for _ in range(2)] == [(503, "1")] * 2
    assert (counted(), log_in(WHO)[0]) == ([], 200)


def test_a_wrong_password_stays_counted_though_it_can_not_be_written_down(acme: Cast) -> None:
    log_in(WRONG)
    before = counted()
    with refusing(acme, "audit_logs", FULL):
        assert [log_in(WRONG) for _ in range(2)] == [(503, "1")] * 2
    assert counted() == [(name, count + 2) for name, count in before] != []


def test_a_password_nobody_looked_at_is_given_back(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashers, "WAIT_SECONDS", 0)
    log_in(WRONG)
    before = counted()
    with one_of_few(), one_of_few():
        assert log_in(WRONG) == (503, "0")
    assert counted() == before != []


def test_a_code_that_could_not_be_used_up_is_given_back(acme: Cast) -> None:
    code, challenge = give_phone(acme).code(), challenge_for()
    before = counted()
    with refusing(acme, "second_factors", FULL):
        assert answer(challenge, code).status == 503
    assert (counted(), answer(challenge, code).status) == (before, 200)


def test_a_password_asked_again_is_given_back(acme: Cast) -> None:
    alice = Api(Api().post("auth/login/", WHO).body["access"])
    with refusing(acme, "sessions", FULL):
        assert alice.post("me/reauthentication/", {"password": PASSWORD}).status == 503
    assert counted() == []
