"""POST /auth/confirm-email/ and /auth/confirm-email/resend/."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from accounts import mail_policy
from accounts.models import Purpose
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from tenants.models import Status
from tests.acts import at_once, rows, set_status
from tests.cast import PASSWORD, Answer, Api, Cast
from workix.core.models import uuid7

#: The one a sign-up mails by itself, and those that may be asked for.
MOST_IN_AN_HOUR = 1 + mail_policy.ASKED_FOR_ONE_ADDRESS[0]
IDA = "ida@initech.example"


@pytest.fixture
def opened(anonymous: Api) -> None:
    """Initech, which waits for Ida's confirmation."""
    body = {"name": "Initech", "slug": "initech", "admin": {"email": IDA, "password": PASSWORD, "first_name": "Ida"}}
    assert anonymous.post("organizations/", body).status == 201


@pytest.fixture
def token(opened: None, run_jobs: Callable[[], None]) -> str:
    run_jobs()
    return email_tokens()[0]


def email_tokens() -> list[str]:
    return [re.findall(r"/confirm-email/#(\S+)", str(each.body))[0] for each in mail.outbox]


def confirm(token: object) -> Answer:
    return Api().post("auth/confirm-email/", {"token": token})


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body["code"] if answer.body else ""


def log_in(organization: str = "initech") -> int:
    return Api().post("auth/login/", {"email": IDA, "password": PASSWORD, "organization": organization}).status


def ask_again(email: str = IDA, organization: str = "initech") -> Answer:
    return Api().post("auth/confirm-email/resend/", {"email": email, "organization": organization})


@pytest.mark.requirement("S10")
def test_the_mail_goes_to_the_first_admin_and_holds_one_link(token: str) -> None:
    (message,) = mail.outbox
    assert (message.to, message.subject, message.from_email) == (
        [IDA],
        "Confirm your e-mail address",
        "Workix <no-reply@localhost>",
    )
    assert str(message.body).splitlines()[0] == "Hello,"
    (alternative,) = message.alternatives  # type: ignore[attr-defined]  # of a mail with HTML
    assert (alternative[1], token in alternative[0]) == ("text/html", True)


@pytest.mark.requirement("S10")
def test_the_link_opens_the_organization(token: str) -> None:
    assert log_in() == 403
    answer = confirm(token)
    assert (answer.status, answer.body) == (204, b"")
    assert log_in() == 200
    assert rows("SELECT status, is_active FROM organizations WHERE slug = 'initech'") == [("active", True)]


@pytest.mark.requirement("S10")
def test_a_link_works_once(token: str) -> None:
    assert confirm(token).status == 204
    assert outcome(confirm(token)) == (400, "token_invalid")


@pytest.mark.requirement("S131")
def test_of_twelve_who_use_one_link_at_once_exactly_one_gets_through(token: str) -> None:
    answers = at_once(lambda _: outcome(confirm(token)), 12)
    assert sorted(answers) == [(204, ""), *[(400, "token_invalid")] * 11]


@pytest.mark.requirement("S10")
def test_a_link_expires_after_a_day(token: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        assert outcome(confirm(token)) == (400, "token_expired")
    with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=59)):
        assert confirm(token).status == 204


def test_a_second_link_of_somebody_who_has_confirmed_is_refused(token: str, run_jobs: Callable[[], None]) -> None:
    ask_again()
    run_jobs()
    first, second = email_tokens()
    assert confirm(second).status == 204
    assert outcome(confirm(first)) == (409, "already_confirmed")


def test_what_we_never_sent_is_no_link(token: str, acme: Cast) -> None:
    for organization in (acme.organization.id, uuid7(), None):
        forged = signed_tokens.write(Purpose.CONFIRM_EMAIL, Subject(organization, uuid7()))
        assert outcome(confirm(forged)) == (400, "token_invalid")
    subject = signed_tokens.read(Purpose.CONFIRM_EMAIL, token)
    assert subject is not None
    for purpose in (Purpose.CONFIRM_EMAIL, Purpose.RESET_PASSWORD):
        assert outcome(confirm(signed_tokens.write(purpose, subject))) == (400, "token_invalid")
    assert confirm(token).status == 204


def test_another_spelling_of_the_same_bytes_is_not_the_link(token: str) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = token[:-1] + alphabet[alphabet.index(token[-1]) ^ 1]
    assert signed_tokens.read(Purpose.CONFIRM_EMAIL, twin) == signed_tokens.read(Purpose.CONFIRM_EMAIL, token)
    assert outcome(confirm(twin)) == (400, "token_invalid")


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    ("garbage", "code"),
    [
        ("x", "token_invalid"),
        ("a" * 86, "token_invalid"),
        ("ümlaut", "token_invalid"),
        ("", "validation_error"),
        ("a" * 201, "validation_error"),
        ("a\x00b", "validation_error"),
        (None, "validation_error"),
        ([], "validation_error"),
        ({}, "validation_error"),
    ],
)
def test_garbage_is_no_link(anonymous: Api, garbage: object, code: str) -> None:
    assert outcome(confirm(garbage)) == (400, code)


def test_a_confirmation_does_not_lift_a_suspension(token: str, acme: Cast) -> None:
    rows("UPDATE organizations SET status = 'suspended' WHERE slug = 'initech'")
    assert confirm(token).status == 204
    assert (log_in(), rows("SELECT status FROM organizations WHERE slug = 'initech'")) == (403, [("suspended",)])


def test_a_link_of_somebody_who_was_removed_is_void(token: str) -> None:
    ((schema,),) = rows("SELECT schema_name FROM organizations WHERE slug = 'initech'")
    rows(f"UPDATE {schema}.users SET deleted_at = now()")
    assert outcome(confirm(token)) == (400, "token_invalid")


@pytest.mark.requirement("S10")
@pytest.mark.parametrize("email", [IDA, "alice@acme.example", "nobody@nowhere.example"])
def test_asking_again_is_answered_the_same_for_any_address(opened: None, acme: Cast, email: str) -> None:
    answer = ask_again(email)
    assert (answer.status, answer.body) == (202, b"")


def test_only_who_waits_gets_another_mail(opened: None, acme: Cast, run_jobs: Callable[[], None]) -> None:
    for email in (IDA.upper(), "alice@acme.example", "nobody@nowhere.example"):
        ask_again(email)
    run_jobs()
    assert [each.to for each in mail.outbox] == [[IDA], [IDA]]


@pytest.mark.requirement("S10")
def test_nobody_gets_more_than_five_mails_an_hour(opened: None, run_jobs: Callable[[], None]) -> None:
    """Neither when the jobs wait while somebody asks and asks, nor when they are done at once."""
    for _ in range(MOST_IN_AN_HOUR * 2):
        assert ask_again().status == 202
    run_jobs()
    assert len(mail.outbox) == MOST_IN_AN_HOUR
    ask_again()
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        ask_again()
        run_jobs()
    assert len(mail.outbox) == MOST_IN_AN_HOUR + 1


def test_a_job_for_somebody_who_has_confirmed_meanwhile_mails_nothing(token: str, run_jobs: Callable[[], None]) -> None:
    ask_again()
    assert confirm(token).status == 204
    run_jobs()
    assert len(mail.outbox) == 1


@pytest.mark.requirement("S85")
def test_the_confirmation_is_recorded_as_its_persons(token: str) -> None:
    confirm(token)
    access = Api().post("auth/login/", {"email": IDA, "password": PASSWORD}).body["access"]
    (entry,) = Api(access).get("audit-logs/").body["results"][1:2]
    assert (entry["action"], entry["actor"]["type"], entry["actor"]["label"]) == ("user.email_confirmed", "person", IDA)


def test_the_queue_never_holds_a_link(token: str, opened: None) -> None:
    ask_again()
    ((arguments,),) = rows("SELECT args FROM procrastinate_jobs")
    assert sorted(arguments) == ["address", "context", "organization_id"]
    assert IDA not in str(arguments)


def test_a_restored_organization_needs_no_new_link(acme: Cast) -> None:
    set_status(acme, Status.SUSPENDED)
    set_status(acme, Status.ACTIVE)
    assert Api().post("auth/login/", {"email": "alice@acme.example", "password": PASSWORD}).status == 200
