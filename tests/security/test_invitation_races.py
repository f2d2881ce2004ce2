"""Invitations under concurrency: one person an invitation, never more people and invitations than seats, and no deadlock."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.invitations import ending
from accounts.invitations.ending import expire
from accounts.login import acceptance
from tenants.scope import use_tenant
from tests.acts import at_once, rows, set_limit
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.integration.accounts.invitations.invited import (
    CAROL,
    accept,
    hire_ada,
    invited,
    make_over,
    seats,
    states,
    told,
)
from tests.races import second

pytestmark = pytest.mark.requirement("S131")
DAVE = "dave@acme.example"


@pytest.fixture
def token(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> str:
    """Carol's link, where her invitation holds the last seat there is."""
    made = invited(alice, run_jobs)
    set_limit(acme, "users", 4)
    return made


def identity_of(cast: Cast, email: str = CAROL) -> str:
    ((found,),) = rows("SELECT id FROM invitations WHERE email = %(email)s AND ended_at IS NULL", cast, email=email)
    return str(found)


def test_of_20_who_accept_one_invitation_at_the_last_seat_one_comes(acme: Cast, token: str) -> None:
    answers = at_once(lambda number: accept(token, first_name=f"Carol {number}"), 20)
    (won,) = [answer for answer in answers if answer.status == 201]
    assert {told(answer) for answer in answers if answer is not won} == {(400, "token_invalid")}
    assert (seats(acme), states(acme)) == ((4, 0, 4), [(CAROL, "accepted")])
    assert rows("SELECT first_name FROM users WHERE email = %(email)s", acme, email=CAROL) == [
        (won.body["user"]["first_name"],)
    ]


def test_beside_20_who_want_the_last_seat_the_one_who_was_invited_gets_it(acme: Cast, alice: Api, token: str) -> None:
    def come(number: int) -> Answer:
        if number == 0:
            return accept(token)
        path, email = ("users/", "invitations/")[number % 2], f"p{number}@acme.example"
        return alice.post(path, {"email": email} | ({"password": PASSWORD} if path == "users/" else {}))

    accepted, *others = at_once(come, 21)
    assert (accepted.status, {told(each) for each in others}) == (201, {(403, "quota_exceeded")})
    assert seats(acme) == (4, 0, 4)


def test_of_20_who_invite_at_once_as_many_succeed_as_there_are_seats(acme: Cast, alice: Api) -> None:
    answers = at_once(lambda number: alice.post("invitations/", {"email": f"p{number}@acme.example"}), 20)
    assert sorted(told(each) for each in answers) == [(201, "")] * 2 + [(403, "quota_exceeded")] * 18
    assert seats(acme) == (3, 2, 5)


def test_of_12_who_invite_one_address_at_once_one_succeeds(acme: Cast, alice: Api) -> None:
    answers = at_once(lambda _: alice.post("invitations/", {"email": CAROL}), 12)
    assert sorted(each.status for each in answers) == [201, *[400] * 11]
    assert seats(acme) == (3, 1, 4)


def test_of_12_who_add_or_invite_one_address_at_once_one_seat_is_taken(acme: Cast, alice: Api) -> None:
    def come(number: int) -> Answer:
        return alice.post("users/", {"email": CAROL} | ({"password": PASSWORD} if number % 2 else {}))

    answers = at_once(come, 12)
    # 503: twelve hash at once, and a process that is slow says after five seconds that it is busy.
    assert {201, 202} & {each.status for each in answers}
    assert {told(each) for each in answers} <= {(201, ""), (202, ""), (400, "validation_error"), (503, "busy")}
    people, waiting, taken = seats(acme)
    assert (people + waiting, taken) == (4, 4)


def test_an_acceptance_and_a_withdrawal_at_once_end_in_one_of_the_two(acme: Cast, alice: Api, token: str) -> None:
    path = f"invitations/{identity_of(acme)}/"
    accepted, withdrawn = at_once(lambda number: alice.delete(path) if number else accept(token), 2)
    assert (told(accepted), told(withdrawn), seats(acme), states(acme)) in (
        ((201, ""), (409, "invitation_ended"), (4, 0, 4), [(CAROL, "accepted")]),
        ((400, "token_invalid"), (204, ""), (3, 0, 3), [(CAROL, "withdrawn")]),
    )


def test_an_acceptance_and_a_new_link_at_once_end_in_one_of_the_two(acme: Cast, alice: Api, token: str) -> None:
    path = f"invitations/{identity_of(acme)}/resend/"
    accepted, resent = at_once(lambda number: alice.post(path) if number else accept(token), 2)
    assert (told(accepted), told(resent), seats(acme)) in (
        ((201, ""), (409, "invitation_ended"), (4, 0, 4)),
        ((400, "token_invalid"), (200, ""), (3, 1, 4)),
    )


ENDS = {
    "accepted": "status = 'accepted', ended_at = now()",
    "withdrawn": "status = 'withdrawn', ended_at = now()",
    "expired": "status = 'expired', ended_at = now(), expires_at = now() - interval '1 second'",
    "over": "expires_at = now() - interval '1 second'",
    "sent again": "token_hash = ''",
}


@pytest.mark.parametrize("how", ENDS)
def test_who_accepts_waits_for_whoever_ends_it_and_finds_it_ended(acme: Cast, token: str, how: str) -> None:
    ended = f"UPDATE invitations SET {ENDS[how]}"
    refused = second(lambda: accept(token), after=ended, of=acme)
    code = "token_expired" if how in ("expired", "over") else "token_invalid"
    assert told(refused) == (400, code)
    assert rows("SELECT count(*) FROM users WHERE email = %(email)s", acme, email=CAROL) == [(0,)]


@pytest.mark.parametrize("act", ["withdraw", "resend"])
def test_who_withdraws_or_resends_waits_for_whoever_accepts(acme: Cast, alice: Api, token: str, act: str) -> None:
    path = f"invitations/{identity_of(acme)}/"
    acts = {"withdraw": lambda: alice.delete(path), "resend": lambda: alice.post(f"{path}resend/")}
    assert told(second(acts[act], after=f"UPDATE invitations SET {ENDS['accepted']}", of=acme)) == (
        409,
        "invitation_ended",
    )


def test_what_is_over_is_ended_once_and_waits_for_whoever_sends_it_again(acme: Cast, alice: Api, token: str) -> None:
    def sweep() -> None:
        with use_tenant(acme.organization):
            expire(now=timezone.now())

    make_over(acme)
    second(sweep, after="UPDATE invitations SET expires_at = now() + interval '7 days'", of=acme)
    assert (states(acme), seats(acme)) == ([(CAROL, "pending")], (3, 1, 4))
    make_over(acme)
    at_once(lambda _: sweep(), 6)
    assert (states(acme), seats(acme)) == ([(CAROL, "expired")], (3, 0, 3))
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'invitation.expired'", acme) == [(1,)]


@pytest.mark.parametrize("role", ["admin", "user"])
def test_who_accepts_waits_for_whoever_demotes_the_sender(acme: Cast, run_jobs: Callable[[], None], role: str) -> None:
    _, ada = hire_ada(acme)
    token = invited(ada, run_jobs, role=role)
    demoted = "UPDATE users SET role = 'user' WHERE email = 'ada@acme.example'"
    assert told(second(lambda: accept(token), after=demoted, of=acme)) == (400, "token_invalid")
    assert states(acme) == [(CAROL, "pending")]


def test_who_invites_waits_for_whoever_demotes_them(acme: Cast) -> None:
    _, ada = hire_ada(acme)
    demoted = "UPDATE users SET role = 'user' WHERE email = 'ada@acme.example'"
    refused = second(lambda: ada.post("invitations/", {"email": CAROL, "role": "admin"}), after=demoted, of=acme)
    assert (told(refused), states(acme)) == ((403, "permission_denied"), [])


@pytest.mark.parametrize("way", ["users/", "invitations/"])
def test_who_takes_a_seat_waits_for_the_counter_and_then_looks_for_the_address(
    acme: Cast, alice: Api, way: str
) -> None:
    """No constraint spans both tables: who writes second finds what the first one wrote. See Note [The seat of an invitation]."""
    person = (
        "INSERT INTO users (id, created_at, updated_at, email, password_hash, first_name, last_name, role, is_active)"
        " VALUES (gen_random_uuid(), now(), now(), 'carol@acme.example', '', '', '', 'user', true)"
    )
    invitation = (
        "INSERT INTO invitations (id, created_at, updated_at, email, first_name, last_name, role, status, token_hash,"
        " expires_at) VALUES (gen_random_uuid(), now(), now(), 'carol@acme.example', '', '', 'user', 'pending', '',"
        " now() + interval '1 day')"
    )
    body = {"email": CAROL} | ({"password": PASSWORD} if way == "users/" else {})
    answer = second(lambda: alice.post(way, body), after=invitation if way == "users/" else person, of=acme)
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, "unique")
    people, waiting, taken = seats(acme)
    assert (people + waiting, taken) == (4, 4)


class Crash(RuntimeError):
    """The process ends here."""


@pytest.mark.parametrize("between", ["admit", "email_index", "record"])
def test_a_crash_between_two_statements_leaves_the_invitation_as_it_was(
    acme: Cast, token: str, between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the invitation ended, after the person was written, or before the last entry of the trail."""

    def crash(*_: Any, **__: Any) -> None:
        connection.close()
        raise Crash

    where = {
        "admit": (acceptance, "admit"),
        "email_index": (acceptance.email_index, "add"),
        "record": (ending, "record"),
    }
    with monkeypatch.context() as patch:
        patch.setattr(*where[between], crash)
        assert accept(token).status == 500
    assert (seats(acme), states(acme)) == ((3, 1, 4), [(CAROL, "pending")])
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'invitation.accepted'", acme) == [(0,)]
    assert (accept(token).status, seats(acme)) == (201, (4, 0, 4))


@pytest.mark.slow
def test_whatever_200_do_at_once_with_invitations_the_counter_is_exact_and_nobody_waits_for_ever(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    """Invite, add, accept, resend, withdraw, expire, remove, demote: in any order, at a limit of nine."""
    set_limit(acme, "users", 9)
    hire_ada(acme)
    tokens = [invited(alice, run_jobs, f"p{number}@acme.example") for number in range(4)]
    answers = [
        answer
        for each in at_once(lambda n: _act_at_random(acme, alice, tokens, random.Random(n)), 8)
        for answer in each
    ]
    people, waiting, taken = seats(acme)
    assert (people + waiting == taken, taken <= 9) == (True, True)
    assert {200, 201, 204} <= {each.status for each in answers} <= {200, 201, 202, 204, 400, 403, 404, 409}, [
        each.body for each in answers if each.status >= 500
    ]
    both = "SELECT email FROM users WHERE deleted_at IS NULL INTERSECT SELECT email FROM invitations WHERE ended_at IS NULL"
    assert rows(both, acme) == []


def _act_at_random(cast: Cast, alice: Api, tokens: list[str], chance: random.Random) -> list[Answer]:
    def some(table: str) -> str:
        found = rows(f"SELECT id FROM {table} WHERE email LIKE 'p%%' ORDER BY random() LIMIT 1", cast)
        return str(found[0][0]) if found else "01a00000-0000-7000-8000-000000000000"

    def over() -> Answer:
        rows(
            "UPDATE invitations SET expires_at = now() WHERE id = (SELECT id FROM invitations WHERE ended_at IS NULL"
            " ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED)",
            cast,
        )
        return alice.get("invitations/")

    acts: list[Callable[[], Answer]] = [
        lambda: alice.post("invitations/", {"email": f"p{chance.randint(0, 9)}@acme.example"}),
        lambda: alice.post("users/", {"email": f"p{chance.randint(0, 9)}@acme.example", "password": PASSWORD}),
        lambda: accept(chance.choice(tokens)),
        lambda: alice.post(f"invitations/{some('invitations')}/resend/"),
        lambda: alice.delete(f"invitations/{some('invitations')}/"),
        lambda: alice.delete(f"users/{some('users')}/"),
        lambda: alice.patch(f"users/{some('users')}/", {"role": chance.choice(["user", "admin", "viewer"])}),
        over,
    ]
    return [chance.choice(acts)() for _ in range(25)]
