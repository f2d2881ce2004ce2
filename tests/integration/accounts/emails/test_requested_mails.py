"""POST /auth/password-reset/, /auth/organizations/ and /auth/confirm-email/resend/: one job, one mail, whoever asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts.members import add
from accounts.tasks import LONGEST_WAIT, MOST_RESET_LINKS
from tenants.scope import use_tenant
from tests.acts import join, prove, rows, statements_of
from tests.cast import PASSWORD, Api, Cast
from workix.core.permissions import Role

ALICE = "alice@acme.example"
NOBODY = "nobody@nowhere.example"
NEW = "another horse battery staple"
PATHS = ("auth/password-reset/", "auth/organizations/", "auth/confirm-email/resend/")


def ask(path: str, email: str = ALICE, *, host: str = "localhost", **more: str) -> tuple[int, Any]:
    named = {"organization": "acme"} if "resend" in path else {}
    answer = Api(host=host).post(path, {"email": email, **named, **more})
    return answer.status, answer.body


def open_homes(number: int, email: str = ALICE) -> list[str]:
    """Open so many organizations whose admin proved this address."""
    slugs = [f"branch-{each}" for each in range(number)]
    for slug in slugs:
        body = {"name": f"The {slug}", "slug": slug, "admin": {"email": email, "password": PASSWORD}}
        assert Api().post("organizations/", body).status == 201
    return slugs


def confirm_all() -> None:
    for each in mail.outbox:
        link = re.findall(r"/confirm-email/#(\S+)", str(each.body))[0]
        assert Api().post("auth/confirm-email/", {"token": link}).status == 204
    mail.outbox = []


def last_mail() -> str:
    return str(mail.outbox[-1].body)


@pytest.fixture
def six_homes(acme: Cast, run_jobs: Callable[[], None]) -> list[str]:
    """Five more organizations of Alice's."""
    slugs = open_homes(5)
    run_jobs()
    confirm_all()
    return ["acme", *slugs]


@pytest.mark.fault("A2")
def test_a_reset_is_one_mail_with_a_link_for_each_of_a_few_organizations(
    six_homes: list[str], run_jobs: Callable[[], None]
) -> None:
    assert ask("auth/password-reset/") == (202, b"")
    run_jobs()
    (message,) = mail.outbox
    found = re.findall(r"For the organization (\S+):\nhttp://localhost:8000/reset-password/#(\S+)", str(message.body))
    assert (message.to, [slug for slug, _ in found]) == ([ALICE], six_homes[:MOST_RESET_LINKS])
    assert Api().post("auth/password-reset/confirm/", {"token": found[1][1], "password": NEW}).status == 204
    outcomes = [
        Api().post("auth/login/", {"email": ALICE, "password": NEW, "organization": slug}).status
        for slug in six_homes[:3]
    ]
    assert outcomes == [401, 200, 401]


@pytest.mark.fault("A2")
def test_a_reset_mails_nothing_to_addresses_that_were_only_claimed(acme: Cast, run_jobs: Callable[[], None]) -> None:
    open_homes(3, "rosa@nowhere.example")
    with use_tenant(acme.organization):
        add(email="rosa@nowhere.example", password=PASSWORD, role=Role.USER, now=timezone.now())
    run_jobs()
    mail.outbox = []
    for path in ("auth/password-reset/", "auth/organizations/"):
        assert ask(path, "rosa@nowhere.example") == (202, b"")
    run_jobs()
    assert mail.outbox == []


@pytest.mark.parametrize(("host", "named"), [("branch-4.localhost", {}), ("localhost", {"organization": "branch-4"})])
def test_who_names_an_organization_gets_its_link_alone(
    six_homes: list[str], run_jobs: Callable[[], None], host: str, named: dict[str, str]
) -> None:
    assert ask("auth/password-reset/", host=host, **named) == (202, b"")
    run_jobs()
    assert re.findall(r"For the organization (\S+):", last_mail()) == ["branch-4"]


def test_an_organization_where_one_is_nobody_mails_nothing(
    acme: Cast, globex: Cast, run_jobs: Callable[[], None]
) -> None:
    for slug in ("globex", "nowhere"):
        assert ask("auth/password-reset/", organization=slug) == (202, b"")
    run_jobs()
    assert mail.outbox == []


@pytest.mark.fault("A8")
@pytest.mark.parametrize("path", PATHS)
def test_asking_is_the_same_work_for_nobody_one_and_six_organizations(
    acme: Cast, six_homes: list[str], path: str
) -> None:
    with use_tenant(acme.organization):
        add(email="rosa@nowhere.example", password=PASSWORD, role=Role.USER, now=timezone.now())
    addresses = (NOBODY, "bob@acme.example", ALICE, "rosa@nowhere.example")
    ask(path)  # what a process knows of Acme afterwards, it knows for everybody
    rows("DELETE FROM procrastinate_jobs")
    work = [statements_of(lambda email=email: ask(path, email)) for email in addresses]  # type: ignore[misc]
    assert work == [work[0]] * len(addresses)
    jobs = rows("SELECT task_name, queue_name, length(args::text) FROM procrastinate_jobs")
    assert jobs == [jobs[0]] * len(addresses)


@pytest.mark.fault("A8")
@pytest.mark.parametrize("path", PATHS)
def test_who_reads_the_queue_learns_no_address(acme: Cast, path: str) -> None:
    for _ in range(2):
        ask(path)
    first, second = (str(arguments) for (arguments,) in rows("SELECT args FROM procrastinate_jobs"))
    assert ("alice" in first, first == second) == (False, False)


def test_a_request_that_waited_for_days_is_forgotten(acme: Cast, run_jobs: Callable[[], None]) -> None:
    ask("auth/password-reset/")
    with time_machine.travel(timezone.now() + LONGEST_WAIT + timedelta(minutes=1)):
        run_jobs()
    assert (mail.outbox, rows("SELECT 1 FROM procrastinate_jobs WHERE status <> 'succeeded'")) == ([], [])


@pytest.mark.parametrize("email", [ALICE, " ALICE@acme.example", NOBODY, "gina@globex.example"])
def test_asking_for_ones_organizations_is_answered_the_same_for_any_address(
    acme: Cast, globex: Cast, email: str
) -> None:
    assert ask("auth/organizations/", email) == (202, b"")
    assert ask("auth/organizations/", email, host="acme.localhost") == (202, b"")


def test_the_list_names_each_organization_and_where_to_log_in(
    acme: Cast, globex: Cast, run_jobs: Callable[[], None]
) -> None:
    join(globex, ALICE)
    for email in (ALICE, NOBODY):
        ask("auth/organizations/", email)
    run_jobs()
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([ALICE], "Your organizations")
    assert str(message.body).splitlines()[3:10] == [
        "",
        "acme (Acme):",
        "http://acme.localhost:8000/admin/",
        "",
        "globex (Globex):",
        "http://globex.localhost:8000/admin/",
        "",
    ]


def test_whoever_may_not_log_in_there_any_more_finds_it_in_no_list(
    acme: Cast, globex: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    join(globex, "bob@acme.example")
    assert alice.delete(f"users/{acme.people['bob'].id}/").status == 204
    ask("auth/organizations/", "bob@acme.example")
    run_jobs()
    assert re.findall(r"^(\S+) \(", last_mail(), re.MULTILINE) == ["globex"]


def test_the_platforms_host_wants_to_know_what_a_confirmation_is_for(acme: Cast) -> None:
    answer = Api().post("auth/confirm-email/resend/", {"email": ALICE})
    found = [(each["field"], each["code"]) for each in answer.body["errors"]]
    assert (answer.status, found) == (400, [("organization", "required")])


def test_an_organizations_own_host_sends_another_confirmation(acme: Cast, run_jobs: Callable[[], None]) -> None:
    with use_tenant(acme.organization):
        rosa = add(email="rosa@nowhere.example", password=PASSWORD, role=Role.USER, now=timezone.now())
    rows("DELETE FROM procrastinate_jobs")
    sent = {"email": rosa.email}
    assert Api(host="acme.localhost").post("auth/confirm-email/resend/", sent).status == 202
    run_jobs()
    assert [each.to for each in mail.outbox] == [[rosa.email]]
    with use_tenant(acme.organization):
        prove(rosa)
    assert Api(host="acme.localhost").post("auth/confirm-email/resend/", sent).status == 202
    run_jobs()
    assert len(mail.outbox) == 1
