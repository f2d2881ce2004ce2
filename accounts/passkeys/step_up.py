"""A passkey as the proof that step-up (reauthentication) asks for."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.login import attempts
from accounts.login.sessions import authenticated_again
from accounts.models import User
from accounts.passkeys.assertions import proven
from accounts.passkeys.challenges import Ceremony, Purpose
from accounts.passkeys.options import request_options
from accounts.passkeys.own_passkeys import passkeys_of
from accounts.passkeys.relying_party import RelyingParty
from accounts.passkeys.webauthn import Assertion


def step_up_options(user: User, session_id: UUID, rp: RelyingParty) -> dict[str, Any]:
    """Return the options for somebody who proves once more who they are."""
    return request_options(_step_up(user, session_id, rp), passkeys_of(user, rp.id))


def step_up(user: User, session_id: UUID, sent: Assertion, rp: RelyingParty, *, now: datetime) -> None:
    """Renew when this session's person last proved who they are: a passkey is two factors, so no password is asked for.

    :raises PasskeyNotValid: when the signature is not right.
    :raises TooMany: after too many failures from this client.
    :raises SessionRevoked: when the session ended meanwhile.
    """
    with proven(sent, _step_up(user, session_id, rp), of=user, now=now):
        authenticated_again(user, session_id, by_second_factor=True, now=now)
    attempts.client_was_right()


def _step_up(user: User, session_id: UUID, rp: RelyingParty) -> Ceremony:
    return Ceremony(Purpose.STEP_UP, rp, f"{user.id} {session_id}")
