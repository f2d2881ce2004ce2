"""Jobs of proposals: mails to those who may decide, the end of those nobody decided, and newer keys."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import override_settings

from accounts.members import person_removed
from agents.models import Proposal
from agents.proposals.bodies import body_of
from agents.proposals.ending import drop_of
from agents.proposals.notices import send_proposal
from agents.tasks import end_proposals
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON
from tests.integration.agents.proposals import DAVE, path_of, proposed, second_admin, supervised
from workix import settings
from workix.config.secrets import Secret

pytestmark = pytest.mark.requirement("N6")

MAILS = "SELECT args ->> 'user_id' FROM procrastinate_jobs WHERE task_name = %(task)s"
STATES = "SELECT status, encrypted_body = '' FROM proposals"


def test_whoever_may_decide_is_written_to_once_and_with_four_eyes_not_its_owner(acme: Cast, alice: Api) -> None:
    second_admin(acme)
    robin = supervised(acme)
    for _ in range(2):
        proposed(robin, acme)
    deciding = rows("SELECT id::text FROM users WHERE role = 'admin'", acme)
    assert (len(deciding), rows(MAILS, task=send_proposal.name)) == (2, deciding)
    alice.patch("approval-policy/", {"four_eyes": True})
    proposed(robin, acme, "vera")
    assert len(rows(MAILS, task=send_proposal.name)) == 3


def test_a_mail_says_who_asks_and_links_to_nowhere_else(acme: Cast, alice: Api) -> None:
    where = path_of(proposed(supervised(acme, name="Robin https://evil.example/"), acme))
    told = {"user_id": str(acme.people["alice"].id), "proposal_id": where.split("/")[1]}
    with use_tenant(acme.organization):
        mail.outbox.clear()
        send_proposal.work(**told)
        (sent,) = mail.outbox
        assert ("evil.example" in str(sent.body), "acme.localhost" in str(sent.body), sent.to) == (
            False,
            True,
            ["alice@acme.example"],
        )
        alice.post(f"{where}refusal/", {})
        send_proposal.work(**told)
    assert len(mail.outbox) == 1


def test_whoever_may_not_decide_any_more_is_not_written_to(acme: Cast, alice: Api) -> None:
    second_admin(acme)
    where = path_of(proposed(supervised(acme), acme))
    ((ada,),) = rows("SELECT id::text FROM users WHERE email = 'ada@acme.example'", acme)
    assert alice.patch(f"users/{ada}/", {"role": "viewer"}).status == 200
    mail.outbox.clear()
    with use_tenant(acme.organization):
        send_proposal.work(user_id=ada, proposal_id=where.split("/")[1])
    assert mail.outbox == []


def test_at_night_what_is_over_is_noted_and_the_rest_is_under_the_newest_key(acme: Cast) -> None:
    robin = supervised(acme)
    proposed(robin, acme)
    rows("UPDATE proposals SET expires_at = now()", acme)
    robin.post("users/", DAVE, **REASON)
    newer = settings.WORKIX.model_copy(
        update={"encryption_keys": Secret("a-newer-key-of-at-least-thirty-two-characters")}
    )
    before = rows("SELECT encrypted_body FROM proposals WHERE method = 'POST'", acme)
    with override_settings(WORKIX=newer), use_tenant(acme.organization):
        end_proposals.work()
        assert DAVE["email"].encode() in body_of(Proposal.objects.get(method="POST"))
    assert rows(STATES, acme) == [("expired", True), ("pending", False)]
    assert rows("SELECT encrypted_body FROM proposals WHERE method = 'POST'", acme) != before


def test_what_waits_of_a_stopped_agent_is_dropped(acme: Cast) -> None:
    proposed(supervised(acme), acme)
    ((agent_id,),) = rows("SELECT id FROM agents", acme)
    with use_tenant(acme.organization):
        assert (drop_of([agent_id]), drop_of([agent_id])) == (1, 0)
    assert rows(STATES, acme) == [("dropped", True)]


def test_what_a_crash_left_of_a_stopped_agent_is_dropped_or_was_done(acme: Cast, alice: Api) -> None:
    robin = supervised(acme)
    left, done = (path_of(proposed(robin, acme, name)) for name in ("bob", "vera"))
    assert alice.post(f"{done}approval/", {}).body["status"] == "executed"
    rows("UPDATE proposals SET status = 'approved', claimed_until = now()", acme)
    ((agent,),) = rows("SELECT id FROM agents", acme)
    assert alice.post(f"agents/{agent}/stop/", {"reason": "It misbehaves."}).status == 200
    assert alice.post(f"agents/{agent}/restart/", {"reason": "It was mended."}).status == 201
    assert [alice.get(where).body["status"] for where in (left, done)] == ["dropped", "executed"]
    assert outcome(alice.post(f"{left}approval/", {})) == (409, "proposal_decided")


def test_what_is_done_while_its_agent_is_stopped_says_what_became_of_it(acme: Cast, alice: Api) -> None:
    where = path_of(proposed(supervised(acme), acme))

    def stop(**_: object) -> None:  # in the middle of the act
        rows("UPDATE proposals SET status = 'dropped', encrypted_body = '' WHERE status = 'approved'", acme)

    person_removed.connect(stop)
    try:
        done = alice.post(f"{where}approval/", {})
    finally:
        person_removed.disconnect(stop)
    assert (done.body["status"], done.body["answer_status"]) == ("executed", 204)
