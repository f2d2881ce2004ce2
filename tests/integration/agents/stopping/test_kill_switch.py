"""The kill switch: an agent, or all of them, is stopped from the next call on, with what it would still do."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import transaction

from accounts.models import User
from agents.models import Mode
from agents.signals import agent_stopped
from tenants.jobs.agents import dropping
from tenants.jobs.tenant_task import Job, tenant_task
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Api, Cast
from tests.database import superuser
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON
from tests.integration.agents.limits.leashes import Leashed, leashed
from tests.integration.agents.proposals import is_there, proposed
from workix.core.current import Actor, Current

pytestmark = pytest.mark.requirement("N6")

WHY = {"reason": "It went astray."}
JOBS = "SELECT count(*) FROM procrastinate_jobs WHERE args -> 'context' ->> 'agent_id' IS NOT NULL"


@pytest.fixture
def robin(acme: Cast) -> Leashed:
    return leashed(acme, "users:read", "users:write")


def ask(cast: Cast, agent: Leashed, job: Job | None = None) -> None:
    with use_tenant(cast.organization), Current.scoped(actor=Actor("agent", UUID(agent.id), "Robin")):
        (job or idle).enqueue()


done: list[str] = []


@tenant_task("tests.idle", queue="default")
def idle() -> None:
    """Say that it was done."""
    done.append("idle")


stops: list[Callable[[], object]] = []


@tenant_task("tests.long", queue="default")
def long() -> None:
    """Have its agent stopped in the middle."""
    with transaction.atomic():
        User.objects.filter(email="bob@acme.example").update(first_name="Robert")
        done.append("begun")
        with ThreadPoolExecutor(1) as other:
            other.submit(stops.pop()).result()
        User.objects.update(last_name="Done")
        done.append("ended")


def test_stopped_it_is_refused_from_the_next_call_on_and_the_trail_says_why(
    acme: Cast, alice: Api, robin: Leashed
) -> None:
    assert robin.api.get("users/").status == 200
    stopped = alice.post(f"agents/{robin.id}/stop/", WHY)
    assert (stopped.status, stopped.body["stop_reason"]) == (200, "It went astray.")
    assert outcome(robin.api.get("users/")) == (401, "agent_stopped")
    assert outcome(robin.api.post("users/", {}, **REASON)) == (401, "agent_stopped")
    said = "SELECT actor_label, reason FROM audit_logs WHERE action = 'agent.stopped'"
    assert rows(said, acme) == [("alice@acme.example", "It went astray.")]


def test_stopping_again_changes_nothing(alice: Api, robin: Leashed) -> None:
    first = alice.post(f"agents/{robin.id}/stop/", WHY).body
    again = alice.post(f"agents/{robin.id}/stop/", {"reason": "Another one."}).body
    assert (again["stopped_at"], again["stop_reason"]) == (first["stopped_at"], "It went astray.")


def test_a_secret_in_a_reason_is_not_kept_and_a_stop_is_not_late_for_it(acme: Cast, alice: Api, robin: Leashed) -> None:
    pasted = {"reason": "Its key wxa_0a1b2c leaked."}
    for path in (f"agents/{robin.id}/stop/", "agents/stop-all/"):
        assert alice.post(path, pasted).status == 200
    refused = alice.post(f"agents/{robin.id}/restart/", pasted)
    assert (refused.status, refused.body["errors"][0]["field"]) == (400, "reason")
    assert rows("SELECT stop_reason FROM agents", acme) == [("Its key [redacted] leaked.",)]
    assert rows("SELECT count(*) FROM audit_logs AS a WHERE a::text LIKE '%%0a1b2c%%'", acme) == [(0,)]


def test_all_are_stopped_at_once_and_those_of_others_stay(
    acme: Cast, globex: Cast, alice: Api, bob: Api, robin: Leashed
) -> None:
    wren = leashed(globex, "users:read", owner="gina")
    of_bob = leashed(acme, "users:read", owner="bob", mode=Mode.SUPERVISED)
    assert outcome(bob.post("agents/stop-all/", WHY)) == (403, "permission_denied")
    stopped = alice.post("agents/stop-all/", WHY)
    assert (stopped.status, sorted(stopped.body["stopped"])) == (200, sorted([robin.id, of_bob.id]))
    assert [each.api.get("users/").status for each in (robin, of_bob, wren)] == [401, 401, 200]


def test_its_owner_stops_it_and_nobody_else_but_an_admin(acme: Cast, bob: Api, vera: Api, robin: Leashed) -> None:
    of_bob = leashed(acme, "users:read", owner="bob", mode=Mode.SUPERVISED)
    asked = [api.post(f"agents/{robin.id}/stop/", WHY, **REASON) for api in (bob, vera, robin.api)]
    assert [each.status for each in asked] == [404, 403, 403]
    assert bob.post(f"agents/{of_bob.id}/stop/", WHY).status == 200
    assert outcome(bob.post(f"agents/{of_bob.id}/restart/", WHY)) == (403, "permission_denied")


def test_started_again_it_has_a_new_key_and_the_old_one_stays_dead(alice: Api, robin: Leashed) -> None:
    assert outcome(alice.post(f"agents/{robin.id}/restart/", WHY)) == (409, "agent_not_stopped")
    alice.post(f"agents/{robin.id}/stop/", WHY)
    again = alice.post(f"agents/{robin.id}/restart/", {"reason": "Its prompt is mended."})
    assert (again.status, again.body["stopped_at"], again.body["stop_reason"]) == (201, None, "")
    assert [Api(again.body["key"]).get("users/").status, outcome(robin.api.get("users/"))] == [
        200,
        (401, "token_not_valid"),
    ]


def test_its_waiting_jobs_are_dropped_and_nobody_elses(
    acme: Cast, alice: Api, robin: Leashed, run_jobs: Callable[[], None]
) -> None:
    done.clear()
    wren = leashed(acme, "users:read")
    for agent in (robin, wren):
        ask(acme, agent)
    alice.post(f"agents/{robin.id}/stop/", WHY)
    assert rows(JOBS) == [(1,)]
    run_jobs()
    assert done == ["idle"]


def test_a_job_that_was_queued_behind_the_stop_ends_before_it_begins(
    acme: Cast, alice: Api, robin: Leashed, run_jobs: Callable[[], None]
) -> None:
    done.clear()
    alice.post(f"agents/{robin.id}/stop/", WHY)
    ask(acme, robin)
    run_jobs()
    assert (done, rows(JOBS)) == ([], [(0,)])


def test_a_job_at_work_ends_with_its_next_statement_and_is_not_tried_again(
    acme: Cast, alice: Api, robin: Leashed, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    done.clear()
    monkeypatch.setattr(dropping, "ASKED_EVERY", 0)
    stops.append(lambda: alice.post(f"agents/{robin.id}/stop/", WHY))
    ask(acme, robin, long)
    run_jobs()
    assert (done, rows(f"{JOBS} AND status = 'todo'")) == (["begun"], [(0,)])
    assert rows("SELECT first_name FROM users WHERE email = 'bob@acme.example'", acme) == [("Bob",)]


def test_it_waits_for_no_transaction_that_refers_to_the_agent(acme: Cast, alice: Api, robin: Leashed) -> None:
    with superuser() as other:
        other.execute(f"BEGIN; SELECT FROM {acme.organization.schema_name}.agents FOR KEY SHARE")
        assert alice.post(f"agents/{robin.id}/stop/", WHY).status == 200


def test_two_stops_at_once_stop_it_once(acme: Cast, alice: Api, robin: Leashed) -> None:
    assert at_once(lambda _: alice.post(f"agents/{robin.id}/stop/", WHY).status, 2) == [200, 200]
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'agent.stopped'", acme) == [(1,)]


def test_what_a_receiver_can_not_drop_stops_the_stop(alice: Api, robin: Leashed) -> None:
    def fail(**_: object) -> None:
        raise ZeroDivisionError

    agent_stopped.connect(fail)
    try:
        assert alice.post(f"agents/{robin.id}/stop/", WHY).status == 500
    finally:
        agent_stopped.disconnect(fail)
    assert robin.api.get("users/").status == 200


def test_a_dry_run_of_a_stop_stops_nothing(alice: Api, robin: Leashed) -> None:
    assert alice.post(f"agents/{robin.id}/stop/", WHY, Workix_Dry_Run="true").status == 200
    assert robin.api.get("users/").status == 200


@pytest.mark.parametrize("wrong", [{}, {"reason": ""}, {"reason": "a\nb"}, {"reason": "x" * 501}, {"reason": "\x00"}])
def test_a_stop_says_why_in_one_line(alice: Api, robin: Leashed, wrong: dict[str, str]) -> None:
    assert alice.post(f"agents/{robin.id}/stop/", wrong).status == 400


def test_its_open_proposals_are_dropped(acme: Cast, alice: Api) -> None:
    robin = leashed(acme, mode=Mode.SUPERVISED)
    proposal = proposed(robin.api, acme)
    assert alice.post(f"agents/{robin.id}/stop/", WHY).status == 200
    assert rows("SELECT status FROM proposals", acme) == [("dropped",)]
    assert alice.post(f"proposals/{proposal}/approval/", {"word": "Go ahead."}).status == 409
    assert is_there(acme, "bob@acme.example")
