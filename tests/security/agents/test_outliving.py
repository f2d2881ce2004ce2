"""Attacks that outlive a stop: an agent's key in the wrong hands, a way back in, a proposal of a moment too late."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.http import HttpRequest
from django.utils import timezone

from accounts.authentication.api_key import KeyNotValid
from agents.authentication import AgentStopped
from agents.models import Agent, Mode
from agents.proposals.calls import read
from agents.proposals.proposing import propose
from agents.stopping.owners import REASON as REASON_OF_OWNER
from agents.stopping.tasks import end_pending
from tenants.scope import use_tenant
from tests.acts import join, rows, set_limit
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.accounts.roles.composed import with_role
from tests.integration.agents.leashed import REASON
from tests.integration.agents.limits.leashes import leashed
from tests.integration.agents.proposals import path_of, proposed, supervised
from workix.core.errors import ProblemError

pytestmark = pytest.mark.requirement("N6", "S48")

WHY = {"reason": "It went astray."}
SENT = "SELECT email, status FROM invitations ORDER BY email"
HELD = "SELECT actor_type, actor_id::text, outcome FROM quota_reservations ORDER BY created_at"
ASKED = "SELECT args ->> 'agent_id' FROM procrastinate_jobs WHERE task_name = %(task)s"


def test_who_holds_less_gets_no_key_of_an_agent_by_starting_it_again(acme: Cast, alice: Api) -> None:
    """Whoever manages agents may stop any; the key that a new start shows acts with its owner's rights."""
    manager, _ = with_role(acme, alice, "bob", "agents:manage")
    robin = leashed(acme)
    assert manager.post(f"agents/{robin.id}/stop/", WHY).status == 200
    for act in (f"agents/{robin.id}/restart/", f"agents/{robin.id}/rotation/"):
        body = WHY if "restart" in act else {"overlap_hours": 0}
        assert outcome(manager.post(act, body)) == (403, "permission_denied")
    assert rows("SELECT stopped_at IS NULL FROM agents", acme) == [(False,)]


@pytest.mark.parametrize("end", ["stop", "removal"])
def test_who_it_invited_can_not_come_any_more_but_for_those_a_person_asked_again(
    acme: Cast, alice: Api, end: str
) -> None:
    set_limit(acme, "users", 50)
    robin, wren = leashed(acme), leashed(acme)
    for agent, email in ((robin, "eve@acme.example"), (robin, "fay@acme.example"), (wren, "gil@acme.example")):
        assert agent.api.post("invitations/", {"email": email}, **REASON).status == 201
    ((fay,),) = rows("SELECT id FROM invitations WHERE email = 'fay@acme.example'", acme)
    assert alice.post(f"invitations/{fay}/resend/").status < 300
    ended = alice.post(f"agents/{robin.id}/stop/", WHY) if end == "stop" else alice.delete(f"agents/{robin.id}/")
    assert (ended.status < 300, rows(ASKED, task=end_pending.name)) == (True, [(robin.id,)])
    with use_tenant(acme.organization):
        end_pending.work(agent_id=robin.id)
    assert rows(SENT, acme) == [
        ("eve@acme.example", "withdrawn"),
        ("fay@acme.example", "pending"),
        ("gil@acme.example", "pending"),
    ]


def test_what_it_proposed_waits_no_longer_when_it_is_removed(acme: Cast, alice: Api) -> None:
    proposal = proposed(supervised(acme), acme)
    ((agent,),) = rows("SELECT id FROM agents", acme)
    assert alice.delete(f"agents/{agent}/").status == 204
    assert alice.get(path_of(proposal)).body["status"] == "dropped"
    assert outcome(alice.post(f"{path_of(proposal)}approval/", {})) == (409, "proposal_decided")


def test_units_that_it_reserved_are_free_again(acme: Cast, alice: Api) -> None:
    robin, wren = (leashed(acme, "quotas:consume") for _ in range(2))
    for agent in (robin, robin, wren):
        held = agent.api.post("quotas/executions/reservations/", {"amount": 2, "ttl": 86_400}, **REASON)
        assert held.status == 201, held.body
    alice.post(f"agents/{robin.id}/stop/", WHY)
    with use_tenant(acme.organization):
        for _ in range(2):
            end_pending.work(agent_id=robin.id)
    assert rows(HELD) == [("agent", robin.id, "released")] * 2 + [("agent", wren.id, "")]
    assert alice.get("quotas/executions/").body["reserved"] == 2


def test_it_does_not_come_back_with_its_owner(acme: Cast, alice: Api) -> None:
    """Somebody who was removed and comes again is the same person, by their address, and nothing they had comes with them."""
    of_bob = leashed(acme, "users:read", owner="bob", mode=Mode.SUPERVISED)
    assert alice.delete(f"users/{acme.people['bob'].id}/").status == 204
    assert join(acme, "bob@acme.example").id == acme.people["bob"].id
    assert outcome(of_bob.api.get("users/")) == (401, "agent_stopped")
    assert rows("SELECT stop_reason FROM agents", acme) == [(REASON_OF_OWNER,)]


@pytest.mark.parametrize(("ended", "refusal"), [("stopped_at", AgentStopped), ("deleted_at", KeyNotValid)])
def test_a_call_that_was_let_in_before_the_stop_leaves_no_proposal_behind_it(
    acme: Cast, ended: str, refusal: type[ProblemError]
) -> None:
    """It would wait until the agent is started again."""
    robin = leashed(acme, mode=Mode.SUPERVISED)
    with use_tenant(acme.organization):
        let_in = Agent.objects.get(id=UUID(robin.id))
        call = read(asked(), let_in)
        Agent.objects.update(**{ended: timezone.now()})
        with pytest.raises(refusal):
            propose(let_in, call, changes=[], why=[], now=timezone.now())
    assert rows("SELECT count(*) FROM proposals", acme) == [(0,)]


def asked() -> HttpRequest:
    request = HttpRequest()
    request.method, request.path_info, request._body = "DELETE", "/api/v1/users/", b""  # noqa: SLF001  # as Django keeps it
    return request
