"""Mail faults: which answers of a mail server are for good, which are about us, which will pass."""

from __future__ import annotations

import smtplib
import ssl

import pytest
from django.core.mail import BadHeaderError, EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from tenants.jobs.mail_faults import MailFault, judge


def refused(*answers: tuple[int, bytes]) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({f"{n}@a.example": answer for n, answer in enumerate(answers)})


@pytest.mark.fault("B6")
@pytest.mark.parametrize(
    "error",
    [
        refused((550, b"no such user")),
        refused((550, b"5.1.1 no such user")),
        refused((551, b"not here")),
        refused((553, b"5.1.3 bad address")),
        refused((553, b"mailbox name not allowed")),
        refused((552, b"5.2.2 full")),
        refused((554, b"5.1.10 null MX")),
        refused((556, b"takes no mail")),
        refused((550, b"one"), (553, b"two")),
        smtplib.SMTPDataError(550, b"5.1.1 no such user"),
        smtplib.SMTPDataError(552, b"5.2.3 too long for this mailbox"),
        BadHeaderError("two lines"),
        ValueError('Invalid address "a"'),
        UnicodeError("encoding with 'idna' codec failed (UnicodeError: label empty or too long)"),
    ],
    ids=repr,
)
def test_what_is_wrong_with_the_recipient_stays_wrong(error: Exception) -> None:
    assert judge(error) is MailFault.RECIPIENT


@pytest.mark.fault("B6")
@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPAuthenticationError(535, b"5.7.8 bad password"),
        smtplib.SMTPAuthenticationError(534, b"use another mechanism"),
        smtplib.SMTPSenderRefused(550, b"5.1.8 who are you", "we@a.example"),
        smtplib.SMTPSenderRefused(553, b"not your address", "we@a.example"),
        smtplib.SMTPConnectError(554, b"go away"),
        smtplib.SMTPHeloError(501, b"bad name"),
        smtplib.SMTPDataError(554, b"looks like spam"),
        smtplib.SMTPDataError(554, b"5.7.1 looks like spam"),
        smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server."),
        smtplib.SMTPException("No suitable authentication method found."),
        ssl.SSLCertVerificationError(1, "certificate verify failed"),
        refused((554, b"5.7.1 relay access denied")),
        refused((550, b"5.7.1 relaying denied")),
        refused((550, b"5.1.8 sender's domain does not exist")),
        refused((530, b"authentication required")),
        refused((503, b"sender first")),
        refused((550, b"5.1.1 no such user"), (554, b"5.7.1 relay access denied")),
    ],
    ids=repr,
)
def test_what_is_wrong_with_us_is_for_the_operator(error: Exception) -> None:
    assert judge(error) is MailFault.OURS


@pytest.mark.fault("B6")
@pytest.mark.parametrize(
    "error",
    [
        refused((451, b"4.7.1 greylisted")),
        refused((450, b"busy")),
        refused((550, b"5.1.1 no such user"), (451, b"later")),
        smtplib.SMTPAuthenticationError(454, b"4.7.0 later"),
        smtplib.SMTPSenderRefused(452, b"4.3.1 disk full", "we@a.example"),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPConnectError(421, b"not now"),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        ConnectionRefusedError(111, "Connection refused"),
        TimeoutError("timed out"),
    ],
    ids=repr,
)
def test_what_passes_is_tried_again(error: Exception) -> None:
    assert judge(error) is MailFault.PASSING


@pytest.mark.parametrize("error", [ZeroDivisionError(), ValueError("a bug"), KeyError("x"), UnicodeError("a bug")])
def test_a_bug_is_no_mail_servers_fault(error: Exception) -> None:
    assert judge(error) is None


@pytest.mark.fault("B6")
@pytest.mark.parametrize("address", ["a@b@c.example, d", f"a@{'x' * 70}.example\u00fc", "a\nb@c.example"])
def test_what_django_says_of_an_address_is_understood(address: str) -> None:
    """Over the real backend, which takes the address apart before it asks the server anything."""
    backend = EmailBackend()
    backend.connection = smtplib.SMTP()
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # which one, is what is tested
        backend.send_messages([EmailMessage("s", "b", "we@a.example", [address])])
    assert judge(caught.value) is MailFault.RECIPIENT
