"""Mails that a server refuses: for good, because of us, or for now, answered by a mail server over a socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core import mail
from django.core.mail import get_connection
from pytest_django import Settings

from tenants.jobs.platform_task import platform_task
from tenants.jobs.tenant_task import tenant_task
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.mail_server import MailServer
from tests.metrics import Change


@tenant_task("tests.write", queue="mails")
def write(to: str) -> None:
    mail.send_mail("s", "b", "we@workix.example", [to])


@platform_task("tests.write_for_a_visitor", queue="mails")
def write_for_a_visitor(to: str) -> None:
    mail.send_mail("s", "b", "we@workix.example", [to])


JOBS = "SELECT status::text, attempts FROM procrastinate_jobs"
ENTRIES = "SELECT actor_type, resource_type, changes FROM audit_logs WHERE action = 'mail.refused'"


@pytest.fixture
def answering(settings: Settings) -> Callable[..., Any]:
    @contextmanager
    def with_server(**answers: str) -> Iterator[MailServer]:
        with MailServer(answers) as server:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = server.address
            yield server

    return with_server


def deliver(acme: Cast, run_jobs: Callable[[], None], outcome: str) -> tuple[float, list[Any], list[Any]]:
    with use_tenant(acme.organization):
        write.enqueue(to="bob@globex.example")
    with Change("workix_mails_total", outcome=outcome) as mails:
        run_jobs()
    return mails.by, rows(JOBS), rows(ENTRIES, acme)


def test_a_mail_that_is_taken_is_counted(
    acme: Cast, run_jobs: Callable[[], None], answering: Callable[..., Any]
) -> None:
    with answering() as server:
        assert deliver(acme, run_jobs, "ok") == (1, [], [])
    assert server.taken == 1


@pytest.mark.fault("B6")
def test_a_recipient_who_is_not_there_ends_it_and_the_sender_is_told(
    acme: Cast, globex: Cast, run_jobs: Callable[[], None], answering: Callable[..., Any]
) -> None:
    with (
        answering(RCPT="550 5.1.1 No such user"),
        Change("workix_jobs_total", task="tests.write", outcome="failed") as no,
    ):
        told = {"job": "tests.write", "to": "bob@globex.example", "answer": "550 5.1.1 No such user"}
        assert deliver(acme, run_jobs, "recipient") == (1, [], [("system", "mail", told)])
    assert (no.by, rows(ENTRIES, globex)) == (0, [])


@pytest.mark.fault("B6")
@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("RCPT", "451 4.7.1 Greylisted", "passing"),
        ("DATA", "421 Shutting down", "passing"),
        ("MAIL", "553 5.7.1 Not your address", "ours"),
        ("RCPT", "554 5.7.1 Relay access denied", "ours"),
    ],
)
def test_what_passes_and_what_is_about_us_is_tried_again(
    acme: Cast, run_jobs: Callable[[], None], answering: Callable[..., Any], command: str, answer: str, outcome: str
) -> None:
    with answering(**{command: answer}):
        assert deliver(acme, run_jobs, outcome) == (1, [("todo", 1)], [])


@pytest.mark.fault("B6")
def test_a_server_that_is_away_is_asked_again(
    acme: Cast, run_jobs: Callable[[], None], answering: Callable[..., Any]
) -> None:
    with answering() as server:
        server.close()
        assert get_connection().port == server.address[1]
        assert deliver(acme, run_jobs, "passing") == (1, [("todo", 1)], [])


@pytest.mark.fault("B6")
def test_a_mail_that_no_organization_wrote_ends_as_quietly(
    acme: Cast, run_jobs: Callable[[], None], answering: Callable[..., Any]
) -> None:
    write_for_a_visitor.enqueue(to="bob@globex.example")
    with answering(RCPT="550 5.1.1 No such user"), Change("workix_mails_total", outcome="recipient") as mails:
        run_jobs()
    in_public = "SELECT count(*) FROM audit_logs WHERE action = 'mail.refused'"
    assert (mails.by, rows(JOBS), rows(ENTRIES, acme), rows(in_public)) == (1, [], [], [(0,)])
