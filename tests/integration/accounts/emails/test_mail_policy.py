"""The mail policy: how often anybody may make us write to an address, and with which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import mail_policy
from accounts.mail_policy import without_links
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast, api_of

VICTIM = "victim@nowhere.example"
LURE = "You won http://evil.example"
A_DAY = mail_policy.FROM_ONE_ORGANIZATION[0]


def mails_to(email: str = VICTIM) -> int:
    return sum(each.to == [email] for each in mail.outbox)


@pytest.mark.fault("B4")
def test_one_organization_mails_an_unproven_address_a_few_times_a_day(
    acme: Cast, globex: Cast, alice: Api, gina: Api, run_jobs: Callable[[], None]
) -> None:
    """However often it adds and removes the address, and in whatever spelling."""
    for number in range(25):
        answer = alice.post("users/", {"email": VICTIM.upper() if number % 2 else VICTIM, "password": PASSWORD})
        run_jobs()
        assert alice.delete(f"users/{answer.body['id']}/").status == 204
    assert mails_to() == A_DAY
    gina.post("users/", {"email": VICTIM, "password": PASSWORD})
    alice.post("users/", {"email": "carol@acme.example", "password": PASSWORD})
    run_jobs()
    assert (mails_to(), mails_to("carol@acme.example")) == (A_DAY + 1, 1)


@pytest.mark.fault("B4")
def test_the_next_day_there_are_more(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    for _ in range(A_DAY + 1):
        answer = alice.post("users/", {"email": VICTIM, "password": PASSWORD})
        run_jobs()
        alice.delete(f"users/{answer.body['id']}/")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        api_of(acme, "alice").post("users/", {"email": VICTIM, "password": PASSWORD})
        run_jobs()
    assert mails_to() == A_DAY + 1


@pytest.mark.fault("B4")
def test_all_organizations_together_mail_an_unproven_address_so_often_a_day(
    database: None, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        mail_policy, "FROM_ALL_ORGANIZATIONS", mail_policy.Limit("mails:unproven", 3, timedelta(days=1))
    )
    for number in range(5):
        body = {"name": "Claim", "slug": f"claim-{number}", "admin": {"email": VICTIM, "password": PASSWORD}}
        assert Api().post("organizations/", body).status == 201
    run_jobs()
    assert mails_to() == 3


def test_mails_that_strangers_cause_use_up_none_of_those_one_asks_for(
    acme: Cast, gina: Api, run_jobs: Callable[[], None]
) -> None:
    for _ in range(A_DAY + 2):
        answer = gina.post("users/", {"email": "alice@acme.example", "password": PASSWORD})
        run_jobs()
        gina.delete(f"users/{answer.body['id']}/")
    mail.outbox = []
    assert Api().post("auth/password-reset/", {"email": "alice@acme.example"}).status == 202
    run_jobs()
    assert [each.subject for each in mail.outbox] == ["Set a new password"]


def test_one_client_asks_for_so_many_mails_an_hour_whatever_the_addresses(
    acme: Cast, run_jobs: Callable[[], None]
) -> None:
    most = mail_policy.ASKED_BY_ONE_CLIENT.most
    for number in range(most + 3):
        answer = Api().post("auth/organizations/", {"email": f"person-{number}@nowhere.example"})
        assert (answer.status, answer.body) == (202, b"")
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(most,)]
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        Api().post("auth/organizations/", {"email": "alice@acme.example"})
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(most + 1,)]


@pytest.mark.fault("A6")
def test_many_addresses_of_one_network_are_one_client(acme: Cast) -> None:
    most = mail_policy.ASKED_BY_ONE_CLIENT.most
    for number in range(most + 3):
        client = Client(headers={"Host": "localhost"}, REMOTE_ADDR=f"2001:db8:0:1::{number + 1:x}")
        body = {"email": f"person-{number}@nowhere.example"}
        assert client.post("/api/v1/auth/organizations/", body, content_type="application/json").status_code == 202
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(most,)]


@pytest.mark.fault("B3")
def test_no_word_of_whoever_signs_up_reaches_the_address_they_give(
    database: None, run_jobs: Callable[[], None]
) -> None:
    admin = {"email": VICTIM, "password": PASSWORD, "first_name": "You won", "last_name": "call 0900 1234"}
    body = {"name": "A prize of 1000", "slug": "you-won-a-prize", "admin": admin}
    assert Api().post("organizations/", body).status == 201
    run_jobs()
    (message,) = mail.outbox
    whole = f"{message.message()}{message.subject}{message.body}{message.alternatives}"  # type: ignore[attr-defined]
    # Shorter ones come up by themselves, in a token, a boundary or a Message-ID.
    assert [word for word in ("You won", "you-won", "prize", "0900 1234", "of 1000") if word in whole] == []


@pytest.mark.fault("B3")
def test_no_word_of_whoever_adds_an_address_reaches_it(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    alice.patch("organization/", {"name": LURE})
    alice.post("users/", {"email": VICTIM, "password": PASSWORD, "first_name": "You won", "last_name": "evil.example"})
    run_jobs()
    (message,) = mail.outbox
    assert ("You won" in str(message.body), "evil" in str(message.body)) == (False, False)


@pytest.mark.fault("B3")
def test_a_name_that_could_be_read_as_a_link_is_in_no_list(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    assert alice.patch("organization/", {"name": LURE}).status == 200
    Api().post("auth/organizations/", {"email": "alice@acme.example"})
    run_jobs()
    (message,) = mail.outbox
    assert str(message.body).splitlines()[4] == "acme:"
    assert "evil" not in str(message.alternatives)  # type: ignore[attr-defined]  # of a mail with HTML


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Acme", "Acme"),
        ("Müller & Söhne GmbH. Berlin", "Müller & Söhne GmbH. Berlin"),
        ("Acme Inc.", "Acme Inc."),
        ("evil.example", ""),
        ("http evil", "http evil"),
        ("https://evil", ""),
        ("mail@evil", ""),
        ("evil。example", ""),
        ("evil．example", ""),
        ("evil｡example", ""),
        ("https：／／evil", ""),
        ("javascript:x", ""),
        ("<b>", ""),
    ],
)
def test_a_name_is_left_out_where_a_mail_program_could_make_a_link_of_it(name: str, shown: str) -> None:
    assert without_links(name) == shown
