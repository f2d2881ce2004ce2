"""Mail faults (SMTP reply codes, RFC 5321, RFC 3463): whether trying again helps, and who has to be told."""

# Note [Whose fault it is]
# A server that is away or says 4xx will take the mail later: it is tried again. A 5xx about us (the log-in, the sender, what
# we may relay) is for the operator: it is tried again, since somebody will mend it, and an alert says so. A 5xx about the
# recipient will be the same tomorrow: it ends the job, and is an entry in the trail of the organization that wrote, where
# one did. It raises no alert, or anybody could raise it with a wrong address. After RCPT, a code of class X.1 or X.2
# (RFC 3463: the address, the mailbox) speaks of the recipient, and so does an answer without one; any other speaks of us.

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPServerDisconnected
from ssl import SSLError

from django.core.mail import BadHeaderError

from audit.recording import record
from workix.core.current import Current
from workix.observability import metrics

LONGEST_ANSWER = 200
#: The mailbox does not exist, is elsewhere, is full for good; its name is not allowed; the domain takes no mail (RFC 7504).
_OF_THE_RECIPIENT = frozenset({501, 550, 551, 552, 553, 556})
_ENHANCED = re.compile(r"\s*5\.(\d{1,3})\.(\d{1,3})\b")
#: 5.1.7 and 5.1.8 are about the sender's address.
_OF_THE_SENDER = frozenset({"7", "8"})


class MailFault(StrEnum):
    RECIPIENT = "recipient"
    OURS = "ours"
    PASSING = "passing"


@contextmanager
def mail_faults_judged(task: str) -> Iterator[None]:
    """Count how a mail ends; end in peace where the recipient can't be written to. See Note [Whose fault it is]."""
    try:
        yield
    except Exception as error:
        fault = judge(error)
        if fault is None:
            raise
        metrics.MAILS.labels(fault.value).inc()
        if fault is not MailFault.RECIPIENT:
            raise
        if Current.find_organization() is not None:
            record("mail.refused", resource_type="mail", changes={"job": task, **_answer(error)})
    else:
        metrics.MAILS.labels("ok").inc()


def judge(error: Exception) -> MailFault | None:
    """Say whose fault it is that a mail was not taken; None where the error is no mail server's."""
    match error:
        case SMTPRecipientsRefused():
            found = {_of_refusal(code, answer) for code, answer in error.recipients.values()}
            return next(fault for fault in (MailFault.OURS, MailFault.PASSING, MailFault.RECIPIENT) if fault in found)
        case SMTPDataError():
            fault = _of_refusal(error.smtp_code, error.smtp_error)
            return fault if _ENHANCED.match(_text(error.smtp_error)) or fault is MailFault.PASSING else MailFault.OURS
        case SMTPResponseException():
            return MailFault.OURS if error.smtp_code >= 500 else MailFault.PASSING
        case SMTPServerDisconnected():
            return MailFault.PASSING
        case SMTPException() | SSLError():
            return MailFault.OURS
        case OSError():
            return MailFault.PASSING
    return MailFault.RECIPIENT if _is_no_address(error) else None


def _of_refusal(code: int, answer: bytes | str) -> MailFault:
    if code < 500:
        return MailFault.PASSING
    enhanced = _ENHANCED.match(_text(answer))
    if enhanced is None:
        return MailFault.RECIPIENT if code in _OF_THE_RECIPIENT else MailFault.OURS
    subject, detail = enhanced.groups()
    of_recipient = subject == "2" or (subject == "1" and detail not in _OF_THE_SENDER)
    return MailFault.RECIPIENT if of_recipient else MailFault.OURS


def _is_no_address(error: Exception) -> bool:
    """Recognize what Django says of an address or a header that can't be written; it has no class of its own for it."""
    if isinstance(error, BadHeaderError):
        return True
    if isinstance(error, UnicodeError):
        return "idna" in str(error)
    return type(error) is ValueError and str(error).startswith("Invalid address")


def _answer(error: Exception) -> dict[str, str]:
    if isinstance(error, SMTPRecipientsRefused):
        answers = [f"{code} {_text(answer)}" for code, answer in error.recipients.values()]
        return {"to": _short(", ".join(error.recipients)), "answer": _short("; ".join(answers))}
    if isinstance(error, SMTPDataError):
        return {"answer": _short(f"{error.smtp_code} {_text(error.smtp_error)}")}
    return {"answer": _short(str(error))}


def _text(answer: bytes | str) -> str:
    return answer.decode("ascii", "replace") if isinstance(answer, bytes) else answer


def _short(text: str) -> str:
    """Keep one line of what another server said, and not all of it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST_ANSWER]
