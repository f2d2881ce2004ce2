"""POST /me/password/, /auth/password-reset/ and /auth/password-reset/confirm/."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from unicodedata import normalize

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.utils import timezone

from tests.acts import rows
from tests.browsers import Browser
from tests.cast import PASSWORD, Api, Cast

NEW = "another horse battery staple"


def can_log_in(password: str) -> bool:
    return Api().post("auth/login/", {"email": "alice@acme.example", "password": password}).status == 200


def test_changing_a_password_ends_every_other_session(acme: Cast, alice: Api) -> None:
    elsewhere = Api(Api().post("auth/login/", {"email": "alice@acme.example", "password": PASSWORD}).body["access"])
    assert alice.post("me/password/", {"current_password": PASSWORD, "password": NEW}).status == 204
    assert (alice.get("me/").status, elsewhere.get("me/").status) == (200, 401)
    assert (can_log_in(PASSWORD), can_log_in(NEW)) == (False, True)


def test_the_current_password_must_be_right(alice: Api) -> None:
    answer = alice.post("me/password/", {"current_password": "not it at all", "password": NEW})
    assert (answer.status, answer.body["errors"]) == (
        400,
        [{"field": "current_password", "code": "wrong_password", "detail": "This is not your password."}],
    )


def test_guessing_the_current_password_comes_to_an_end(alice: Api) -> None:
    for _ in range(10):
        alice.post("me/password/", {"current_password": "not it at all", "password": NEW})
    answer = alice.post("me/password/", {"current_password": PASSWORD, "password": NEW})
    assert (answer.status, answer.body["code"]) == (429, "locked_out")


@pytest.mark.requirement("S15")
@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_length"),
        ("x" * 129, "max_length"),
        ("", "blank"),
        ("acme-alice-acme-alice", "password_too_common"),
        ("\u0000" * 20, "null_characters_not_allowed"),
    ],
)
def test_a_new_password_must_be_good_enough(alice: Api, password: str, code: str) -> None:
    answer = alice.post("me/password/", {"current_password": PASSWORD, "password": password})
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, code)


@pytest.fixture
def token(acme: Cast, run_jobs: Callable[[], None]) -> str:
    """Ask for a reset as Alice, and take the token from her mail."""
    assert Api().post("auth/password-reset/", {"email": "Alice@Acme.example"}).status == 202
    run_jobs()
    found = re.search(r"/reset-password/#([\w-]+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def reset(token: str, password: str = NEW) -> tuple[int, str]:
    answer = Api().post("auth/password-reset/confirm/", {"token": token, "password": password})
    return answer.status, answer.body and answer.body["code"]


def test_an_email_token_sets_a_password_once_and_ends_every_session(token: str, alice: Api) -> None:
    assert reset(token)[0] == 204
    assert alice.get("me/").body["code"] == "session_revoked"
    assert (can_log_in(PASSWORD), can_log_in(NEW)) == (False, True)
    assert reset(token, "yet another horse battery") == (400, "token_invalid")


def test_a_reset_ends_a_lockout(token: str) -> None:
    for _ in range(10):
        can_log_in("not it at all, no")
    assert not can_log_in(PASSWORD)
    assert reset(token)[0] == 204
    assert can_log_in(NEW)


def test_who_reset_the_password_gets_in_although_strangers_guess_on(token: str) -> None:
    answer = Api().post("auth/password-reset/confirm/", {"token": token, "password": NEW})
    for _ in range(10):
        can_log_in("not it at all, no")
    assert not can_log_in(NEW)
    device = answer.headers["X-Device-Token"]
    body = {"email": "alice@acme.example", "password": NEW}
    assert Api().post("auth/login/", body, X_Device_Token=device).status == 200
    assert answer.cookies["workix-device"].value == device


def test_a_password_that_is_refused_leaves_the_link_good(token: str) -> None:
    assert reset(token, "short") == (400, "validation_error")
    assert reset(token)[0] == 204


@pytest.mark.fault("E6")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_password_is_the_same_however_a_keyboard_sends_it(acme: Cast, alice: Api, form: str) -> None:
    new = "Grüße vom Café Überall"
    body = {"current_password": PASSWORD, "password": normalize(form, new)}
    assert alice.post("me/password/", body).status == 204
    assert [can_log_in(normalize(each, new)) for each in ("NFC", "NFD")] == [True, True]
    browser = Browser(acme.host)
    assert browser.log_in("alice@acme.example", normalize("NFD", new)).status == 302


@pytest.mark.fault("E6")
def test_a_password_of_accents_without_end_is_refused_at_once(anonymous: Api) -> None:
    hostile = {"email": "alice@acme.example", "password": "a" + "\u0316\u0301" * 100_000}
    answer = anonymous.post("auth/login/", hostile)
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, "max_length")


@pytest.mark.fault("B7")
def test_a_reset_knows_whose_password_it_sets(acme: Cast, token: str) -> None:
    rows("UPDATE users SET first_name = 'Wilhelmina' WHERE email = 'alice@acme.example'", acme)
    assert reset(token, "Wilhelmina wilhelmina") == (400, "validation_error")
    assert reset(token)[0] == 204


@pytest.mark.fault("B7")
def test_a_reset_knows_nobody_elses_words(acme: Cast, run_jobs: Callable[[], None]) -> None:
    """Bob is not the first person there is: what is Alice's name may be a part of his password, and his own may not."""
    rows("UPDATE users SET first_name = 'Wilhelmina' WHERE email = 'alice@acme.example'", acme)
    rows("UPDATE users SET first_name = 'Maximilian' WHERE email = 'bob@acme.example'", acme)
    Api().post("auth/password-reset/", {"email": "bob@acme.example"})
    run_jobs()
    found = re.search(r"/reset-password/#([\w-]+)", str(mail.outbox[-1].body))
    assert found is not None
    assert reset(found[1], "Maximilian maximilian") == (400, "validation_error")
    assert reset(found[1], "Wilhelmina wilhelmina")[0] == 204


def test_a_link_expires(token: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert reset(token) == (400, "token_expired")


def test_asking_is_answered_the_same_for_anybody_and_mails_at_most_so_often(
    acme: Cast, run_jobs: Callable[[], None]
) -> None:
    assert Api().post("auth/password-reset/", {"email": "nobody@nowhere.example"}).status == 202
    for _ in range(8):
        assert Api().post("auth/password-reset/", {"email": "alice@acme.example"}).status == 202
    run_jobs()
    assert {each.to[0] for each in mail.outbox} == {"alice@acme.example"}
    assert len(mail.outbox) == 4


@pytest.mark.requirement("S81")
@pytest.mark.parametrize("hasher", ["scrypt", "bcrypt_sha256"])
def test_an_older_hash_is_accepted_and_upgraded_at_log_in(acme: Cast, hasher: str) -> None:
    encoded = make_password(PASSWORD, hasher=hasher)
    rows("UPDATE users SET password_hash = %(encoded)s WHERE email = 'alice@acme.example'", acme, encoded=encoded)
    assert can_log_in(PASSWORD)
    kept = rows("SELECT split_part(password_hash, '$', 1) FROM users WHERE email = 'alice@acme.example'", acme)
    assert kept == [("argon2",)]
    assert can_log_in(PASSWORD)
