"""The mail of an invitation: what is in it, how many an address and an organization may cause, and when it can't be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts import emails, mail_policy
from accounts.invitations.tasks import send_invitation
from tenants.scope import use_tenant
from tests.acts import rows, set_limit
from tests.cast import Api, Cast, api_of
from tests.integration.accounts.invitations.invited import CAROL, accept, invite, invited, links, states

A_DAY = mail_policy.FROM_ONE_ORGANIZATION[0]


def whole(message: Any) -> str:
    return f"{message.subject}\n{message.body}\n{message.alternatives}"


def test_it_says_who_invites_and_where_the_link_leads(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    token = invited(alice, run_jobs)
    (message,) = mail.outbox
    ((html, kind),) = message.alternatives  # type: ignore[attr-defined]  # of a mail with HTML
    link = f"http://localhost:8000/accept-invitation/#{token}"
    assert (message.to, message.subject, kind) == ([CAROL], "You are invited", "text/html")
    assert [link in text for text in (str(message.body), html)] == [True, True]
    assert 'an organization that calls itself "Acme" invites you' in str(message.body)
    assert "<b>Acme</b>" in html


@pytest.mark.fault("B3")
@pytest.mark.parametrize("name", ["You won http://evil.example", "evil.example", "<b>evil</b>", "x@evil"])
def test_no_other_word_that_somebody_chose_is_in_it(
    acme: Cast, alice: Api, run_jobs: Callable[[], None], name: str
) -> None:
    assert alice.patch("organization/", {"name": name}).status == 200
    invite(alice, first_name="You won", last_name="evil prize")
    run_jobs()
    (message,) = mail.outbox
    assert [word for word in ("You won", "evil", "prize", "alice", "Alice") if word in whole(message)] == []
    assert "an organization invites you" in str(message.body)


@pytest.mark.fault("B4")
def test_an_address_gets_so_many_a_day_however_it_is_invited(
    acme: Cast, globex: Cast, alice: Api, gina: Api, run_jobs: Callable[[], None]
) -> None:
    set_limit(acme, "users", 50)
    for number in range(A_DAY + 4):
        identity = invite(alice, CAROL.upper() if number % 2 else CAROL)
        for _ in range(4 if number == 0 else 0):  # five jobs at once, and one mail
            alice.post(f"invitations/{identity}/resend/")
        run_jobs()
        assert (alice.get(f"invitations/{identity}/").body["sent_at"] is None) == (number >= A_DAY)
        alice.delete(f"invitations/{identity}/")
    assert len(links()) == A_DAY
    invite(gina)
    invite(alice, "dave@acme.example")
    run_jobs()
    assert (len(links()), len(links("dave@acme.example"))) == (A_DAY + 1, 1)


@pytest.mark.fault("B4")
def test_all_organizations_together_send_an_address_so_many(
    acme: Cast, globex: Cast, alice: Api, gina: Api, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = mail_policy.Limit("mails:unproven", 1, timedelta(days=1))
    monkeypatch.setattr(mail_policy, "FROM_ALL_ORGANIZATIONS", limit)
    invite(alice)
    invite(gina)
    run_jobs()
    assert len(links()) == 1


@pytest.mark.fault("B4")
def test_an_organization_invites_so_many_strangers_a_day_as_twice_its_seats(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    for number in range(14):
        identity = invite(alice, f"p{number}@nowhere.example")
        run_jobs()
        alice.delete(f"invitations/{identity}/")
    assert len(mail.outbox) == 10
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        invite(api_of(acme, "alice"))
        run_jobs()
    assert len(links()) == 1


def test_what_a_mail_server_does_not_take_counts_for_nothing_and_its_link_is_none(
    acme: Cast, alice: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = invite(alice)
    sent: list[str] = []

    def refuse(address: str, token: str, *, name: str) -> None:
        sent.append(token)
        raise SMTPServerDisconnected

    with monkeypatch.context() as patch, use_tenant(acme.organization):
        patch.setattr(emails, "send_invitation", refuse)
        for _ in range(A_DAY + 2):
            with pytest.raises(SMTPServerDisconnected):
                send_invitation.work(invitation_id=identity)
    assert rows("SELECT token_hash, sent_at FROM invitations", acme) == [("", None)]
    assert accept(sent[-1]).status == 400
    with use_tenant(acme.organization):
        send_invitation.work(invitation_id=identity)
    assert accept(links()[0]).status == 201


@pytest.mark.parametrize("ended", ["withdrawn", "over"])
def test_what_ended_before_it_was_sent_is_not_sent(
    acme: Cast, alice: Api, run_jobs: Callable[[], None], ended: str
) -> None:
    identity = invite(alice)
    if ended == "withdrawn":
        alice.delete(f"invitations/{identity}/")
    else:
        rows("UPDATE invitations SET expires_at = now()", acme)
    run_jobs()
    assert (mail.outbox, states(acme)[0][0]) == ([], CAROL)


def test_a_job_that_is_done_twice_sends_one_mail(acme: Cast, alice: Api) -> None:
    identity = invite(alice)
    with use_tenant(acme.organization):
        send_invitation.work(invitation_id=identity)
        send_invitation.work(invitation_id=identity)
    assert len(links()) == 1


def test_no_token_and_no_address_is_in_the_queue(acme: Cast, alice: Api) -> None:
    invite(alice)
    ((arguments,),) = rows("SELECT args::text FROM procrastinate_jobs WHERE task_name = 'accounts.send_invitation'")
    assert (CAROL in arguments, "token" in arguments) == (False, False)
