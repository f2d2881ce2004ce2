"""Resetting somebody's second factors: by an admin, by an operator with a reason, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.members import remove
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.accounts.second_factors.phones import (
    OVER,
    answer,
    challenge_for,
    give_phone,
    log_in,
    outcome,
)

BOB = "bob@acme.example"
LEFT = "SELECT (SELECT count(*) FROM second_factors), (SELECT count(*) FROM recovery_codes)"


def path(cast: Cast, name: str = "bob") -> str:
    return f"users/{cast.people[name].id}/second-factors/"


def test_an_admin_resets_them_and_the_person_is_told(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    phone = give_phone(acme, "bob")
    run_jobs()  # by itself: a worker has several in hand, and sends them in any order
    bob = Api(answer(challenge_for(BOB), phone.code()).body["access"])
    assert alice.delete(path(acme)).status == 204
    assert (rows(LEFT, acme), outcome(bob.get("me/")), log_in(BOB).status) == ([(0, 0)], (401, "session_revoked"), 200)
    told = "SELECT actor_label, resource_label FROM audit_logs WHERE action = 'second_factor.reset'"
    assert rows(told, acme) == [("alice@acme.example", BOB)]
    run_jobs()
    assert [(message.to, message.subject) for message in mail.outbox][-1:] == [
        ([BOB], "Your second factors were reset")
    ]


def test_who_has_none_is_told_nothing(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    assert alice.delete(path(acme)).status == 204
    run_jobs()
    assert mail.outbox == []


def test_nobody_else_does(acme: Cast, bob: Api, vera: Api, gina: Api) -> None:
    give_phone(acme, "bob")
    assert [api.delete(path(acme)).status for api in (bob, vera, gina)] == [403, 403, 404]
    assert rows(LEFT, acme) == [(1, 10)]


def test_an_operator_does_with_a_reason_that_stands_in_the_trail(acme: Cast) -> None:
    give_phone(acme)
    said = StringIO()
    call_command("reset_second_factors", "acme", " Alice@acme.example", "--reason", "Lost her phone", stdout=said)
    assert (said.getvalue(), rows(LEFT, acme)) == ("alice@acme.example has no second factor any more.\n", [(0, 0)])
    told = "SELECT resource_label, reason FROM audit_logs WHERE action = 'second_factor.reset'"
    assert rows(told, acme) == [("alice@acme.example", "Lost her phone")]


@pytest.mark.parametrize(
    ("slug", "address", "reason"),
    [("acme", "nobody@acme.example", "x y z"), ("nowhere", BOB, "x y z"), ("acme", BOB, " ")],
)
def test_an_operator_is_told_what_is_wrong(acme: Cast, slug: str, address: str, reason: str) -> None:
    give_phone(acme, "bob")
    with pytest.raises(CommandError):
        call_command("reset_second_factors", slug, address, "--reason", reason)
    assert rows(LEFT, acme) == [(1, 10)]


def test_who_is_removed_takes_their_factors_along(acme: Cast) -> None:
    """Who comes back is the same person, and nothing they had comes with them."""
    phone = give_phone(acme, "bob")
    challenge = challenge_for(BOB)
    with use_tenant(acme.organization):
        remove(acme.people["bob"].id, now=timezone.now())
    assert (rows(LEFT, acme), outcome(answer(challenge, phone.code()))) == ([(0, 0)], OVER)
