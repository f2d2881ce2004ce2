"""Approvals: what a supervised agent proposes, who sees it, approves or refuses it, and what is done then, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from agents.proposals.ending import expire
from quotas.throttling import requests
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON
from tests.integration.agents.proposals import DAVE, is_there, path_of, proposed, removal, second_admin, supervised

pytestmark = pytest.mark.requirement("N6")


def test_what_the_policy_names_is_proposed_seen_approved_and_done_as_the_agent(acme: Cast, alice: Api) -> None:
    robin = supervised(acme)
    answer = removal(robin, acme, Workix_Trace="run-7/step-3")
    assert (answer.status, answer.body["status"], answer.body["why"]) == (
        202,
        "pending",
        [{"rule": "Deletions", "changes": 1}],
    )
    (change,) = answer.body["changes"]
    assert (change["action"], change["resource_label"], is_there(acme, "bob@acme.example")) == (
        "user.deleted",
        "bob@acme.example",
        True,
    )
    where = answer.headers["Location"]
    assert alice.get(where).body == robin.get(where).body == alice.get("proposals/?status=pending").body["results"][0]
    done = alice.post(f"{where}approval/", {"word": "Bob left."}, Workix_Trace="of-alice")
    assert (done.status, done.body["status"], done.body["answer_status"], done.body["word"]) == (
        200,
        "executed",
        204,
        "Bob left.",
    )
    assert not is_there(acme, "bob@acme.example")
    asked = "SELECT actor_label, request_id, reason, run_id, step_id FROM audit_logs WHERE action = 'user.deleted'"
    said = REASON["Workix_Reason"], "run-7", "step-3"
    assert rows(asked, acme) == [("Robin", f"proposal:{done.body['id']}", *said)]
    approved = "SELECT actor_label, changes ->> 'word', run_id FROM audit_logs WHERE action = 'proposal.approved'"
    assert rows(approved, acme) == [("alice@acme.example", "Bob left.", "of-alice")]


def test_what_no_rule_names_is_done_and_what_is_refused_is_refused(acme: Cast) -> None:
    robin = supervised(acme)
    assert robin.patch(f"users/{acme.people['bob'].id}/", {"first_name": "Rob"}, **REASON).status == 200
    assert outcome(removal(robin, acme, "alice")) == (403, "permission_denied")
    assert outcome(supervised(acme, "users:read").post("users/", DAVE, **REASON)) == (403, "permission_denied")
    assert rows("SELECT count(*) FROM proposals", acme) == [(0,)]
    assert rows("SELECT first_name FROM users WHERE email = 'bob@acme.example'", acme) == [("Rob",)]


def test_a_refused_proposal_is_never_done(acme: Cast, alice: Api) -> None:
    robin = supervised(acme)
    where = path_of(proposed(robin, acme))
    assert alice.post(f"{where}refusal/", {"word": "Bob stays."}).body["status"] == "refused"
    assert (robin.get(where).body["status"], robin.get(where).body["word"]) == ("refused", "Bob stays.")
    for act in ("approval", "refusal"):
        assert outcome(alice.post(f"{where}{act}/", {})) == (409, "proposal_decided")
    assert is_there(acme, "bob@acme.example")


@pytest.mark.parametrize("act", ["approval", "refusal"])
def test_a_word_that_looks_like_a_secret_is_not_kept_and_nothing_is_decided(acme: Cast, alice: Api, act: str) -> None:
    where = path_of(proposed(supervised(acme), acme))
    refused = alice.post(f"{where}{act}/", {"word": "He has password=hunter2 now."})
    assert (refused.status, refused.body["errors"][0]["field"]) == (400, "word")
    assert (alice.get(where).body["status"], is_there(acme, "bob@acme.example")) == ("pending", True)


def test_what_was_changed_meanwhile_makes_it_stale(acme: Cast, alice: Api) -> None:
    where = path_of(proposed(supervised(acme), acme))
    alice.patch(f"users/{acme.people['bob'].id}/", {"first_name": "Rob"})
    stale = alice.post(f"{where}approval/", {})
    assert outcome(stale) == (409, "proposal_stale")
    assert stale.body["changed"][0]["what"] == "user bob@acme.example: user.updated"
    assert alice.get(where).body["status"] == "stale"
    assert outcome(alice.post(f"{where}approval/", {})) == (409, "proposal_decided")
    assert is_there(acme, "bob@acme.example")


def test_what_would_change_something_else_now_is_stale(acme: Cast, alice: Api) -> None:
    robin = supervised(acme)
    where = robin.post("users/", DAVE, **REASON).headers["Location"]
    assert alice.post("users/", DAVE).status == 201
    stale = alice.post(f"{where}approval/", {})
    assert (outcome(stale), "refused now" in stale.body["detail"]) == ((409, "proposal_stale"), True)


def test_ids_that_are_made_anew_make_nothing_stale(acme: Cast, alice: Api) -> None:
    made = supervised(acme).post("roles/", {"name": "Readers", "permissions": ["users:read"]}, **REASON)
    assert (made.status, made.body["why"][0]["rule"]) == (202, "Own roles")
    done = alice.post(f"{made.headers['Location']}approval/", {})
    assert (done.body["status"], done.body["answer_status"]) == ("executed", 201)
    assert rows("SELECT name FROM roles", acme) == [("Readers",)]


def test_an_agent_whose_budget_was_spent_meanwhile_does_nothing(acme: Cast, alice: Api) -> None:
    where = path_of(proposed(supervised(acme, budget_units=10), acme))
    rows("UPDATE agents SET spent_units = 10", acme)
    stale = alice.post(f"{where}approval/", {})
    assert (outcome(stale), "budget" in stale.body["detail"]) == ((409, "proposal_stale"), True)
    assert is_there(acme, "bob@acme.example")


def test_after_three_days_it_is_over(acme: Cast, alice: Api) -> None:
    robin = supervised(acme)
    where = path_of(proposed(robin, acme))
    rows("UPDATE proposals SET expires_at = now()", acme)
    assert alice.get(where).body["status"] == "expired"
    found = {status: alice.get(f"proposals/?status={status}").body["results"] for status in ("expired", "pending")}
    assert [len(each) for each in found.values()] == [1, 0]
    assert outcome(alice.get("proposals/?status=over%00")) == (400, "validation_error")
    assert outcome(alice.post(f"{where}approval/", {})) == (409, "proposal_expired")
    assert path_of(proposed(robin, acme)) != where


def test_each_step_of_a_proposal_says_who_took_it(acme: Cast, alice: Api) -> None:
    """Nothing is written as a session of the database, which the trail can't name and an alert would tell of."""
    robin = supervised(acme)
    approved, over = (proposed(robin, acme, name) for name in ("bob", "vera"))
    assert alice.post(f"{path_of(approved)}approval/", {}).body["status"] == "executed"
    rows("UPDATE proposals SET expires_at = now() WHERE id = %(id)s", acme, id=over)
    begun = rows("SELECT max(created_at) FROM audit_logs", acme)[0][0]
    with use_tenant(acme.organization):
        assert expire(now=timezone.now()) == 1
    of_proposals = "SELECT count(*) FROM audit_logs WHERE resource_type = 'proposal' AND is_verified IS NOT TRUE"
    assert rows(f"{of_proposals} AND created_at <> %(begun)s", acme, begun=begun) == [(0,)]


def test_with_four_eyes_its_owner_does_not_decide(acme: Cast, alice: Api) -> None:
    assert alice.patch("approval-policy/", {"four_eyes": True}).body["four_eyes"] is True
    where = path_of(proposed(supervised(acme), acme))
    for act in ("approval", "refusal"):
        assert outcome(alice.post(f"{where}{act}/", {})) == (403, "own_agent")
    assert second_admin(acme).post(f"{where}approval/", {}).body["status"] == "executed"


def test_neither_an_agent_nor_somebody_without_the_permission_decides(acme: Cast, bob: Api) -> None:
    robin = supervised(acme)
    where = path_of(proposed(robin, acme))
    other = supervised(acme, name="Raven")
    for act in ("approval", "refusal"):
        calls = [each.post(f"{where}{act}/", {}, **REASON) for each in (robin, other, bob)]
        assert [outcome(call) for call in calls] == [(403, "permission_denied")] * 3
    assert [each.get(where).status for each in (other, bob)] == [404, 404]


def test_what_is_secret_in_a_body_is_encrypted_and_goes_with_the_decision(acme: Cast, alice: Api) -> None:
    where = supervised(acme).post("users/", DAVE, **REASON).headers["Location"]
    kept = "SELECT p::text FROM proposals AS p UNION ALL SELECT l::text FROM audit_logs AS l"
    assert not any(DAVE["password"] in text for (text,) in rows(kept, acme))
    ((body,),) = rows("SELECT encrypted_body FROM proposals", acme)
    assert len(body) > 100
    assert alice.post(f"{where}approval/", {}).body["answer_status"] == 201
    assert rows("SELECT encrypted_body FROM proposals", acme) == [("",)]


def test_a_call_that_was_changed_in_the_database_is_not_done(acme: Cast, alice: Api) -> None:
    where = path_of(proposed(supervised(acme), acme))
    rows(
        "UPDATE proposals SET path = replace(path, %(bob)s, %(vera)s)",
        acme,
        **{n: str(acme.people[n].id) for n in ("bob", "vera")},
    )
    refused = alice.post(f"{where}approval/", {})
    assert (outcome(refused), refused.body["detail"]) == ((409, "proposal_stale"), "Its body can't be read any more.")
    assert is_there(acme, "vera@acme.example")


def test_two_approvals_at_once_execute_once(acme: Cast, alice: Api) -> None:
    where = supervised(acme).post("users/", DAVE, **REASON).headers["Location"]
    answers = at_once(lambda _: alice.post(f"{where}approval/", {}), 2)
    assert sorted(each.status for each in answers) == [200, 409]
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'user.created' AND actor_type = 'agent'", acme) == [
        (1,)
    ]


def test_an_agent_that_was_stopped_or_demoted_with_its_owner_does_nothing_more(acme: Cast, alice: Api) -> None:
    robin = supervised(acme)
    where = path_of(proposed(robin, acme))
    rows("UPDATE agents SET stopped_at = now()", acme)
    stopped = alice.post(f"{where}approval/", {})
    assert (outcome(stopped), stopped.body["detail"]) == ((409, "proposal_stale"), "The agent may not act any more.")


def test_an_agent_that_called_too_often_makes_nothing_stale(acme: Cast, alice: Api, settings: Any) -> None:
    where = path_of(proposed(supervised(acme), acme))
    requests.forget_all()
    few = {"rate_limits": True, "requests_of_actor": 1}
    settings.WORKIX = settings.WORKIX.model_copy(update=few)
    assert alice.post(f"{where}approval/", {}).status == 503
    settings.WORKIX = settings.WORKIX.model_copy(update={"rate_limits": False})
    assert alice.post(f"{where}approval/", {}).body["status"] == "executed"


def test_an_approval_that_a_crash_left_is_taken_up_and_done_once(acme: Cast, alice: Api) -> None:
    robin = supervised(acme)
    left, done = (path_of(proposed(robin, acme, name)) for name in ("bob", "vera"))
    executed = alice.post(f"{done}approval/", {}).body
    again = "UPDATE proposals SET status = 'approved', claimed_until = now(), answer_status = NULL"
    rows(f"{again} WHERE id = %(id)s", acme, id=executed["id"])
    rows(f"{again} WHERE id <> %(id)s", acme, id=executed["id"])
    assert alice.post(f"{done}approval/", {}).body["status"] == "executed"
    assert alice.post(f"{left}approval/", {}).body["status"] == "executed"
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'user.deleted'", acme) == [(2,)]


@pytest.mark.parametrize("key", [{}, {"Idempotency_Key": "once"}], ids=["without a key", "with one"])
def test_what_a_crash_left_ends_with_its_time_and_the_same_call_begins_anew(
    acme: Cast, alice: Api, key: dict[str, str]
) -> None:
    robin = supervised(acme)
    left = proposed(robin, acme, **key)
    long_ago = "created_at - interval '73 hours', expires_at = expires_at - interval '73 hours'"
    rows(f"UPDATE proposals SET status = 'approved', claimed_until = expires_at, created_at = {long_ago}", acme)
    assert proposed(robin, acme, **key) == left  # somebody does it at this moment
    rows("UPDATE proposals SET claimed_until = now()", acme)
    assert outcome(alice.post(f"{path_of(left)}approval/", {})) == (409, "proposal_expired")
    assert proposed(robin, acme, **key) != left
    assert alice.get(path_of(left)).body["status"] == "expired"
    assert is_there(acme, "bob@acme.example")


def test_an_approval_that_is_only_tried_tells_of_the_act_and_keeps_nothing(acme: Cast, alice: Api) -> None:
    where = path_of(proposed(supervised(acme), acme))
    tried = alice.post(f"{where}approval/", {}, Workix_Dry_Run="true")
    assert "user.deleted" in [each["action"] for each in tried.body["dry_run"]["changes"]]
    assert (alice.get(where).body["status"], is_there(acme, "bob@acme.example")) == ("pending", True)


def test_the_same_call_again_is_the_same_proposal_and_then_its_answer(acme: Cast, alice: Api) -> None:
    robin = supervised(acme)
    calls = [robin.post("users/", DAVE, Idempotency_Key="once", **REASON) for _ in range(2)]
    assert [call.status for call in calls] == [202, 202]
    assert calls[0].body["id"] == calls[1].body["id"]
    other = robin.post("users/", {**DAVE, "role": "viewer"}, Idempotency_Key="once", **REASON)
    assert outcome(other) == (409, "idempotency_key_reused")
    alice.post(f"{calls[0].headers['Location']}approval/", {})
    answered = robin.post("users/", DAVE, Idempotency_Key="once", **REASON)
    assert (answered.status, answered.headers["Idempotency-Replayed"]) == (201, "true")
    assert proposed(robin, acme) == proposed(robin, acme)


def test_the_same_call_twice_at_once_is_one_proposal(acme: Cast) -> None:
    robin = supervised(acme)
    assert len({each.body["id"] for each in at_once(lambda _: removal(robin, acme), 2)}) == 1


def test_so_many_wait_and_no_more(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agents.proposals.proposing.MOST_OPEN", 1)
    robin = supervised(acme)
    proposed(robin, acme)
    assert outcome(removal(robin, acme, "vera")) == (409, "too_many_proposals")


def test_a_proposal_of_another_organization_is_not_there(acme: Cast, gina: Api) -> None:
    where = path_of(proposed(supervised(acme), acme))
    calls: list[Any] = [gina.get(where), gina.post(f"{where}approval/", {}), gina.post(f"{where}refusal/", {})]
    assert {call.status for call in calls} == {404}
    assert gina.get("proposals/").body["results"] == []
