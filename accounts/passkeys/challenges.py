"""WebAuthn challenges: what a passkey signs, made for one purpose, host, realm and asker; good for five minutes, once."""

# Note [Challenges without a row]
# Whoever asks for a challenge may be anybody, and must not fill a table. So it is a signed token of ours (HMAC), whose signature
# says what it is for: registering, enrolling at a log-in, logging in, a second step or step-up; at which host; in which
# organization; and of whom: the person and their session, or the log-in that waits. Asked for something else it is not one.
# The time is in its id.
# Once a passkey has signed it, its id is written down in the transaction of what it opens: of any number that come with it at
# once, the primary key lets one through. These rows outlive the challenge, and then go.

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import SpentPasskeyChallenge
from accounts.passkeys.relying_party import RelyingParty
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from workix.core.errors import Invalid
from workix.core.models import uuid7

LIFETIME = timedelta(minutes=5)


class PasskeyNotValid(Invalid):
    """It never says why: unknown, expired, used before, of another place and wrongly signed are the same answer."""

    detail = "This passkey was not accepted. Ask for new options, and sign those."

    def __init__(self) -> None:
        super().__init__(field="credential", problem="passkey_not_valid")


class Purpose(StrEnum):
    """What a challenge is for."""

    REGISTER = "register"
    ENROL = "enrol"
    LOG_IN = "log-in"
    SECOND_STEP = "second-step"
    STEP_UP = "step-up"


@dataclass(frozen=True, slots=True)
class Ceremony:
    """One purpose, at one relying party, for one asker, who is nobody yet at a log-in."""

    purpose: Purpose
    rp: RelyingParty
    asker: str = ""


def make(ceremony: Ceremony) -> str:
    """Make a challenge: 64 bytes, as 86 URL-safe characters."""
    return signed_tokens.write(_signed_for(ceremony), Subject(ceremony.rp.organization_id, uuid7()))


def read(ceremony: Ceremony, challenge: str, *, now: datetime) -> UUID:
    """Return the id of a challenge of this ceremony.

    :raises PasskeyNotValid: when it is none, or too old.
    """
    subject = signed_tokens.read(_signed_for(ceremony), challenge)
    if subject is None or subject.organization_id != ceremony.rp.organization_id:
        raise PasskeyNotValid
    made_at = datetime.fromtimestamp((subject.row_id.int >> 80) / 1_000, UTC)  # it is a UUIDv7 of ours
    if not made_at <= now + timedelta(seconds=1) or made_at + LIFETIME <= now:
        raise PasskeyNotValid
    return subject.row_id


def spend(challenge_id: UUID) -> None:
    """Use up a challenge, in the transaction of what it opens: of two who try at once, one gets through.

    :raises PasskeyNotValid: for whoever comes second.
    """
    try:
        with transaction.atomic():
            SpentPasskeyChallenge.objects.create(id=challenge_id)
    except IntegrityError as error:
        raise PasskeyNotValid from error


def _signed_for(ceremony: Ceremony) -> str:
    return f"passkey {ceremony.purpose} {ceremony.rp.id} {ceremony.asker}"
