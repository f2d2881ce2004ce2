"""Guessing passwords: how many guesses are judged, whom that shuts out, and what a log-in tells of an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.members import add
from accounts.signup import FirstAdmin, open_with_admin
from tenants.scope import use_tenant
from tests.acts import at_once, join, rows, statements_of
from tests.browsers import Browser, browser_of
from tests.cast import OTTO, PASSWORD, Answer, Api, Cast, hire_otto
from tests.settings import CheapHasher
from workix.core.permissions import Role

ALICE = "alice@acme.example"
WRONG = "a wrong password, but long enough"
THEIRS = "the attacker's own password"


def log_in(
    password: str = WRONG, *, email: str = ALICE, host: str = "localhost", device: str = "", **more: str
) -> Answer:
    sent = {"X_Device_Token": device} if device else {}
    return Api(host=host).post("auth/login/", {"email": email, "password": password, **more}, **sent)


def from_client(address: str, email: str = ALICE, password: str = WRONG) -> int:
    body = {"email": email, "password": password}
    client = Client(headers={"Host": "localhost"}, REMOTE_ADDR=address)
    return client.post("/api/v1/auth/login/", body, content_type="application/json").status_code


def judged(*casts: Cast) -> int:
    """Count the wrong passwords that were looked at, in the trails of these."""
    refused = "SELECT count(*) FROM audit_logs WHERE action = 'session.refused'"
    return sum(rows(refused, cast)[0][0] for cast in casts)


def actions(cast: Cast) -> dict[str, int]:
    return dict(rows("SELECT action, count(*) FROM audit_logs WHERE action LIKE 'session.%%' GROUP BY 1", cast))


@pytest.mark.fault("A3")
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_right_password_elsewhere_resets_nothing_of_what_was_guessed_here(
    acme: Cast, globex: Cast, confirmed: bool
) -> None:
    """Mallory's organization has Alice's address in it, with a password of Mallory's."""
    if confirmed:
        join(globex, ALICE, password=THEIRS)
    else:
        with use_tenant(globex.organization):
            add(email=ALICE, password=THEIRS, role=Role.USER, now=timezone.now())
    answers: Counter[int] = Counter()
    for _ in range(12):
        answers.update(log_in(organization="acme").status for _ in range(9))
        log_in(THEIRS, organization="globex")
    assert answers.total() == 108
    assert (answers[401] <= 10, judged(acme), answers[429]) == (True, answers[401], 108 - answers[401])


@pytest.mark.fault("A3")
def test_a_device_that_is_known_elsewhere_is_a_stranger_here(acme: Cast, globex: Cast) -> None:
    join(globex, ALICE, password=THEIRS)
    device = log_in(THEIRS, organization="globex").body["device"]
    answers = Counter(log_in(organization="acme", device=device).status for _ in range(30))
    assert answers == {401: 10, 429: 20}


@pytest.mark.fault("A3")
def test_only_a_completed_log_in_begins_the_count_anew(acme: Cast) -> None:
    rows("UPDATE users SET email_confirmed_at = NULL WHERE email = %(email)s", acme, email=ALICE)
    for _ in range(5):
        assert (log_in().status, log_in(PASSWORD).status) == (401, 403)
    assert log_in(PASSWORD).status == 429


@pytest.mark.fault("A3")
def test_200_guesses_at_once_over_organizations_spellings_and_ways_in_are_judged_at_most_ten_times(
    acme: Cast, globex: Cast
) -> None:
    initech = Cast(open_with_admin(name="I", slug="initech", admin=FirstAdmin(ALICE, make_password(PASSWORD))))
    join(globex, ALICE)
    alice = Api(log_in(PASSWORD, organization="acme").body["access"])
    casts = (acme, globex, initech)

    def guess(number: int) -> None:
        cast = casts[number % 3]
        email = (ALICE, " Alice@ACME.example ")[number // 3 % 2]
        ways: list[Callable[[], object]] = [
            lambda: log_in(email=email, organization=cast.organization.slug),
            lambda: log_in(email=email, host=cast.host),
            lambda: Browser(cast.host).log_in(email, WRONG),
            lambda: alice.post("me/password/", {"current_password": WRONG, "password": "x" * 20}),
            lambda: alice.post("organization/deletion/", {"password": WRONG}),
        ]
        ways[number // 6 % 5]()

    at_once(guess, 200)
    assert 0 < judged(*casts) <= 10  # who waits too long for a hash (503) was counted, and is not judged
    locked = [log_in(PASSWORD, host=cast.host).status for cast in casts]
    assert locked == [429, 429, 429]


def test_a_log_in_from_a_known_device_gets_in_while_strangers_guess(acme: Cast, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"lockout_client_failures": 20})
    device = log_in(PASSWORD).body["device"]
    browser = browser_of(acme, "alice")
    answers: Counter[int] = Counter()
    for number in range(200):
        answers[log_in().status] += 1
        if number % 20 == 19:
            assert log_in(PASSWORD, device=device).status == 200
            browser.post("/admin/logout/")
            assert browser.log_in(ALICE).goes_to == "/admin/", "the device cookie is kept"
    assert answers == {401: 10, 429: 190}
    assert log_in(PASSWORD).status == 429, "whoever comes without it waits"


def test_a_known_device_has_a_limit_too_and_a_right_password_resets_it(acme: Cast) -> None:
    device, other = log_in(PASSWORD).body["device"], log_in(PASSWORD).body["device"]
    assert [log_in(device=device).status for _ in range(9)] == [401] * 9
    assert log_in(PASSWORD, device=device).status == 200
    assert [log_in(device=device).status for _ in range(11)] == [401] * 10 + [429]
    assert (log_in(PASSWORD, device=device).status, log_in(PASSWORD, device=other).status) == (429, 200)
    assert log_in(PASSWORD).status == 200, "strangers' count was left alone"


def test_all_known_devices_of_a_person_have_a_limit_together(acme: Cast, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"lockout_failures": 1})
    devices = [log_in(PASSWORD).body["device"] for _ in range(12)]
    assert [log_in(device=each).status for each in devices] == [401] * 10 + [429] * 2


@pytest.mark.parametrize("change", ["", "x", "A" * 86, "é" * 86, "x" * 4_000])
def test_what_is_no_device_token_makes_a_stranger(acme: Cast, change: str) -> None:
    token = change or log_in(PASSWORD, email="bob@acme.example").body["device"]
    assert [from_device(token) for _ in range(11)] == [401] * 10 + [429]


def from_device(token: str) -> int:
    client = Client(headers={"Host": "localhost", "X-Device-Token": token})
    body = {"email": ALICE, "password": WRONG}
    return client.post("/api/v1/auth/login/", body, content_type="application/json").status_code


def test_a_device_cookie_is_kept_long_and_no_script_reads_it(acme: Cast) -> None:
    answer = Api().post("auth/login/", {"email": ALICE, "password": PASSWORD, "cookie": True})
    cookie = answer.cookies["workix-device"]
    assert answer.body["device"] is None
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (True, "Lax", 15_552_000, "/")
    assert browser_of(acme, "alice").client.cookies["workix-device"]["httponly"]


@pytest.mark.fault("A6")
def test_a_client_that_tries_many_addresses_is_limited(acme: Cast) -> None:
    answers = Counter(from_client("192.0.2.7", f"p{number}@acme.example") for number in range(110))
    assert answers == {401: 100, 429: 10}
    assert from_client("192.0.2.7", password=PASSWORD) == 429
    assert from_client("192.0.2.8", password=PASSWORD) == 200


@pytest.mark.fault("A6")
def test_what_a_client_can_freely_change_makes_no_other_client(acme: Cast, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"lockout_client_failures": 5})
    answers = [from_client(f"2001:db8:1:2:{number:x}::{number:x}", f"p{number}@acme.example") for number in range(8)]
    assert answers == [401] * 5 + [429] * 3
    assert from_client("2001:db8:1:3::1", password=PASSWORD) == 200


@pytest.mark.fault("A6")
def test_log_ins_that_are_completed_do_not_use_up_what_a_client_has(acme: Cast, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"lockout_client_failures": 3})
    assert [from_client("192.0.2.7", password=PASSWORD) for _ in range(6)] == [200] * 6
    assert [from_client("192.0.2.7") for _ in range(4)] == [401] * 3 + [429]


@pytest.mark.fault("A9")
def test_a_lock_is_recorded_when_it_is_there(acme: Cast) -> None:
    for _ in range(9):
        log_in()
    assert log_in(PASSWORD).status == 200
    assert actions(acme) == {"session.refused": 9, "session.started": 1}
    for _ in range(12):
        log_in()
    assert actions(acme) == {"session.refused": 19, "session.started": 1, "session.locked_out": 1}


def test_the_person_is_told_once_by_mail(acme: Cast, run_jobs: Callable[[], None]) -> None:
    for _ in range(12):
        log_in()
    rows("UPDATE attempts SET count = 9, parts = '{}' WHERE name = 'log-in'")
    log_in()
    assert actions(acme)["session.locked_out"] == 2
    run_jobs()
    ((message,),) = [mail.outbox]
    assert (message.to, message.subject) == ([ALICE], "Somebody could not log in as you")
    assert "too many log-ins as you at localhost failed, so for 15 minutes" in message.body


def test_who_never_confirmed_the_address_is_sent_nothing(acme: Cast, run_jobs: Callable[[], None]) -> None:
    rows("UPDATE users SET email_confirmed_at = NULL WHERE email = %(email)s", acme, email=ALICE)
    for _ in range(11):
        log_in()
    run_jobs()
    assert mail.outbox == []


class CountingHasher(CheapHasher):
    """Counts what it works out."""

    worked_out = 0

    def verify(self, password: str, encoded: str) -> bool:
        CountingHasher.worked_out += 1
        return super().verify(password, encoded)

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.worked_out += 1
        return super().encode(password, salt)


@pytest.fixture
def hashes(settings: Settings) -> Callable[[Callable[[], object]], int]:
    """Count the hashes of a call."""
    settings.PASSWORD_HASHERS = ["tests.security.test_guessing.CountingHasher"]

    def count(call: Callable[[], object]) -> int:
        before = CountingHasher.worked_out
        call()
        return CountingHasher.worked_out - before

    return count


@pytest.mark.fault("A1")
@pytest.mark.fault("H4")
@pytest.mark.parametrize("organizations", [0, 1, 5, 15])
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_a_log_in_is_the_same_work_and_answer_for_any_address(
    acme: Cast, hashes: Callable[[Callable[[], object]], int], organizations: int, is_confirmed: bool
) -> None:
    email = "someone@nowhere.example"
    for number in range(organizations):
        opened = open_with_admin(name="X", slug=f"slug-{number}", admin=FirstAdmin(email, make_password(PASSWORD)))
        if is_confirmed:
            rows("UPDATE users SET email_confirmed_at = now()", Cast(opened))
    log_in(email=email), log_in(email="nobody@nowhere.example")
    asked: list[Answer] = []
    assert hashes(lambda: asked.append(log_in(email=email))) == 1
    (answer,), unknown = asked, log_in(email="nobody@nowhere.example")
    assert {**answer.body, "request_id": ""} == {**unknown.body, "request_id": ""}
    of_nobody = statements_of(lambda: log_in(email="nobody@nowhere.example"))
    assert len(statements_of(lambda: log_in(email=email))) == len(of_nobody)


@pytest.mark.fault("A1")
def test_a_log_in_takes_nine_statements_at_most_and_reads_the_person_once(acme: Cast) -> None:
    log_in(PASSWORD)
    statements = statements_of(lambda: log_in(PASSWORD))
    assert len(statements) <= 9
    assert len([each for each in statements if 'FROM "users"' in each and "organizations" not in each]) == 1


def test_an_operator_is_at_home_on_the_platform(acme: Cast) -> None:
    hire_otto()
    assert log_in(PASSWORD, email=OTTO).body["organization"] is None
    join(acme, OTTO, password=THEIRS)
    assert log_in(PASSWORD, email=OTTO).body["organization"] is None
    assert log_in(THEIRS, email=OTTO).status == 401
    assert log_in(THEIRS, email=OTTO, organization="acme").body["organization"]["slug"] == "acme"
    assert log_in(PASSWORD, email=OTTO, organization="nowhere").status == 401
