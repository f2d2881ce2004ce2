"""Registering passkeys: begin() gives options, add() keeps what was made for them; a first one comes with recovery codes."""

# Note [A passkey is a second factor]
# From one's first passkey on a password alone opens no session, as with an authenticator app: else whoever learned the password
# would go around it. A passkey may be lost as an app may, so who has no recovery codes gets them with it. It is two factors in
# one: the authenticator, and what it verified its person by. So it logs in by itself.

# Bulk write: the session that made a passkey has proved it.

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import Passkey, Session, User
from accounts.passkeys import challenges, webauthn
from accounts.passkeys.challenges import Ceremony, PasskeyNotValid, Purpose
from accounts.passkeys.options import creation_options
from accounts.passkeys.own_passkeys import passkeys_of
from accounts.passkeys.relying_party import RelyingParty
from accounts.passkeys.webauthn import Attestation, Registration
from accounts.second_factors import recovery_codes
from accounts.second_factors.enrolment import lock
from accounts.second_factors.notices import tell
from workix.core.errors import Conflict

#: Of one person, at all hosts: nobody has so many authenticators.
MOST = 20


class TooManyPasskeys(Conflict):
    code = "too_many_passkeys"
    detail = f"You have {MOST} passkeys. Remove one first."


@dataclass(frozen=True, slots=True)
class Added:
    """A passkey that was added; with the only copy of the recovery codes, where its person had none."""

    passkey: Passkey
    recovery_codes: list[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class New:
    """What somebody wants to add: the credential, and what they and their browser say of it."""

    name: str
    attestation: Attestation
    transports: tuple[str, ...] = ()
    is_discoverable: bool | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What an authenticator made for the options of a challenge, as it was judged."""

    challenge_id: UUID
    rp: RelyingParty
    credential: Registration


def begin(user: User, session_id: UUID, rp: RelyingParty) -> dict[str, object]:
    """Return the options of a new passkey. Nothing is written down. See Note [Challenges without a row]."""
    return creation_options(_ceremony(user, session_id, rp), user, passkeys_of(user, rp.id))


def add(user: User, session_id: UUID, new: New, rp: RelyingParty, *, now: datetime) -> Added:
    """Add what was made for the options of this session. See Note [A passkey is a second factor].

    :raises PasskeyNotValid: when it was not made for them, they are over, or it is somebody's already.
    :raises TooManyPasskeys: when there are MOST.
    """
    made = judge(new, _ceremony(user, session_id, rp), now=now)
    with transaction.atomic():
        lock(user)
        if passkeys_of(user).count() >= MOST:
            raise TooManyPasskeys
        Session.objects.filter(id=session_id, user=user).update(second_factor_at=now)
        return keep(user, new, made)


def judge(new: New, ceremony: Ceremony, *, now: datetime) -> Made:
    """Judge what an authenticator made for the options of a ceremony.

    :raises PasskeyNotValid: when it was not made for them, or they are over.
    """
    challenge_id = challenges.read(ceremony, webauthn.read_challenge(new.attestation.client_data), now=now)
    return Made(challenge_id, ceremony.rp, webauthn.verify_registration(new.attestation, ceremony.rp))


def keep(user: User, new: New, made: Made) -> Added:
    """Keep a passkey that was judged, and use its challenge up, in the transaction that locked whose it is.

    :raises PasskeyNotValid: when its options were used before, or it is somebody's already.
    """
    challenges.spend(made.challenge_id)
    passkey = _write(user, new, made)
    tell(user, "passkey_added")
    return Added(passkey, [] if recovery_codes.left(user) else recovery_codes.renew(user))


def _ceremony(user: User, session_id: UUID, rp: RelyingParty) -> Ceremony:
    return Ceremony(Purpose.REGISTER, rp, f"{user.id} {session_id}")


def _write(user: User, new: New, made: Made) -> Passkey:
    credential = made.credential
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                user=user,
                name=new.name,
                rp_id=made.rp.id,
                credential_id=credential.credential_id,
                public_key=credential.public_key,
                sign_count=credential.sign_count,
                aaguid=credential.aaguid,
                transports=" ".join(new.transports),
                is_discoverable=new.is_discoverable,
                is_backup_eligible=credential.is_backup_eligible,
                is_backed_up=credential.is_backed_up,
            )
    except IntegrityError as error:
        raise PasskeyNotValid from error
