"""Between a dry run and the act others change things: a supervised agent does nothing by that which nobody approved."""

from __future__ import annotations

import pytest

from tests.acts import demote, rows
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON
from tests.integration.agents.proposals import path_of, supervised
from tests.races import second
from workix.core.permissions import Role

pytestmark = pytest.mark.requirement("N6")

BOB = "bob@acme.example"
#: What a call of a supervised agent waits for when it was tried, and when it was approved.
TRIED = "LOCK TABLE approval_policies IN ACCESS EXCLUSIVE MODE"
APPROVED = "SELECT FROM proposals FOR UPDATE"


def bob(cast: Cast) -> tuple[str, str]:
    ((role, first_name),) = rows("SELECT role, first_name FROM users WHERE email = %(email)s", cast, email=BOB)
    return role, first_name


def rename(cast: Cast, name: str) -> None:
    rows("UPDATE users SET first_name = %(name)s WHERE email = %(email)s RETURNING 1", cast, name=name, email=BOB)


def test_giving_a_role_that_somebody_has_gives_it_not_when_it_was_taken_meanwhile(acme: Cast, alice: Api) -> None:
    robin, path = supervised(acme), f"users/{acme.people['bob'].id}/"
    answer = second(
        lambda: robin.patch(path, {"role": "user", "first_name": "Rob"}, **REASON),
        after=TRIED,
        of=acme,
        meanwhile=lambda: demote(acme, BOB, Role.VIEWER),
    )
    assert (answer.status, answer.body["why"]) == (202, [{"rule": "Roles of people", "changes": 1}])
    assert bob(acme) == ("viewer", "Bob")
    assert alice.post(f"{path_of(answer.body['id'])}approval/", {}).body["status"] == "executed"
    assert bob(acme) == ("user", "Rob")


def test_what_no_rule_names_is_done_though_others_change_it_meanwhile(acme: Cast) -> None:
    robin, path = supervised(acme), f"users/{acme.people['bob'].id}/"
    answer = second(
        lambda: robin.patch(path, {"first_name": "Rob"}, **REASON, Idempotency_Key="once"),
        after=TRIED,
        of=acme,
        meanwhile=lambda: demote(acme, BOB, Role.VIEWER),
    )
    assert (answer.status, bob(acme)) == (200, ("viewer", "Rob"))


def test_an_approved_act_that_does_another_thing_at_the_last_moment_is_undone(acme: Cast, alice: Api) -> None:
    robin, path = supervised(acme), f"users/{acme.people['bob'].id}/"
    proposal = path_of(robin.patch(path, {"role": "viewer", "first_name": "Rob"}, **REASON).body["id"])
    stale = second(
        lambda: alice.post(f"{proposal}approval/", {}),
        after=APPROVED,
        of=acme,
        meanwhile=lambda: rename(acme, "Bobby"),
    )
    assert outcome(stale) == (409, "proposal_stale")
    assert stale.body["changed"] == [
        {"what": f"user {BOB}: first_name", "before": ["Bob", "Rob"], "now": ["Bobby", "Rob"]}
    ]
    assert (alice.get(proposal).body["status"], bob(acme)) == ("stale", ("user", "Bobby"))
    assert rows("SELECT count(*) FROM audit_logs WHERE actor_type = 'agent' AND action LIKE 'user.%%'", acme) == [(0,)]
