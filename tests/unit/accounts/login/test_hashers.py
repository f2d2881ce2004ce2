"""accounts.login.hashers: the parameters, and how many hashes a process works out at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from accounts.login import hashers
from accounts.login.hashers import Argon2Hasher, Busy, one_of_few
from tests.acts import at_once
from workix.settings import PASSWORD_HASHERS

PASSWORD = "correct horse battery"  # noqa: S105  # protects nothing


@pytest.mark.fault("A7")
def test_a_hash_costs_what_owasp_says() -> None:
    assert PASSWORD_HASHERS[0] == "accounts.login.hashers.Argon2Hasher"
    encoded = Argon2Hasher().encode(PASSWORD, "salt" * 4)
    assert encoded.split("$")[:4] == ["argon2", "argon2id", "v=19", "m=47104,t=1,p=1"]
    assert Argon2Hasher().verify(PASSWORD, encoded)


@pytest.mark.fault("A7")
def test_a_hash_of_an_earlier_release_is_good_and_must_be_replaced() -> None:
    encoded = Argon2PasswordHasher().encode(PASSWORD, "salt" * 4)
    assert "m=102400,t=2,p=8" in encoded
    assert (Argon2Hasher().verify(PASSWORD, encoded), Argon2Hasher().must_update(encoded)) == (True, True)
    assert not Argon2Hasher().must_update(Argon2Hasher().encode(PASSWORD, Argon2Hasher().salt()))


class Cheapest(Argon2Hasher):
    memory_cost = 8


@pytest.mark.fault("A7")
@pytest.mark.parametrize(
    "work",
    [
        lambda: Cheapest().encode(PASSWORD, "salt" * 4),
        lambda: Cheapest().verify(PASSWORD, Argon2PasswordHasher().encode(PASSWORD, "salt" * 4)),
    ],
    ids=["encode", "verify"],
)
def test_no_more_are_worked_out_at_once_than_the_setting_says(
    work: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashers, "WAIT_SECONDS", 0)
    with one_of_few(), one_of_few():
        with pytest.raises(Busy) as caught:
            work()
        assert (caught.value.status, caught.value.code, caught.value.headers) == (503, "busy", {"Retry-After": "0"})
    assert work()


@pytest.mark.fault("A7")
def test_whoever_waits_gets_a_place_when_one_is_free() -> None:
    inside, most = 0, 0
    lock = threading.Lock()

    def enter(_: int) -> None:
        nonlocal inside, most
        with one_of_few():
            with lock:
                inside += 1
                most = max(most, inside)
            with lock:
                inside -= 1

    at_once(enter, 12)
    assert (inside, most <= 2) == (0, True)


def test_a_failure_gives_its_place_back() -> None:
    for _ in range(4):
        with pytest.raises(ZeroDivisionError), one_of_few():
            raise ZeroDivisionError
    with one_of_few():
        pass
