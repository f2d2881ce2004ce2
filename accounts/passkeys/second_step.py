"""A passkey as the second step of a log-in, after the password (second factor)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from accounts.login import attempts
from accounts.login.second_step.completion import Waiting, open_waiting, waiting_log_in
from accounts.login.sessions import LoggedIn
from accounts.passkeys.assertions import proven
from accounts.passkeys.challenges import Ceremony, PasskeyNotValid, Purpose
from accounts.passkeys.log_in import PasskeyRefused
from accounts.passkeys.options import request_options
from accounts.passkeys.own_passkeys import passkeys_of
from accounts.passkeys.relying_party import RelyingParty, relying_party
from accounts.passkeys.webauthn import Assertion
from accounts.second_factors.challenges import API, use_up
from workix.observability import metrics


def second_step_options(challenge: str, *, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Return the options for whoever knew the password that this challenge of a log-in is for.

    :raises ChallengeNotValid: when it is over.
    """
    with waiting_log_in(challenge, API, enrols=False, now=now) as waiting:
        return options_of(waiting, relying_party(request))


@metrics.outcome_counted(metrics.LOGINS)
def complete(challenge: str, sent: Assertion, *, request: HttpRequest, now: datetime) -> LoggedIn:
    """Open the session that a right password and this signature are for.

    :raises ChallengeNotValid: when the log-in's challenge is over.
    :raises PasskeyRefused: when the signature is not right; the log-in goes on waiting.
    :raises TooMany: after too many failures from this client.
    """
    with waiting_log_in(challenge, API, enrols=False, now=now) as waiting:
        answer(waiting, sent, relying_party(request), now=now)
        return open_waiting(waiting, request=request, now=now)


def options_of(waiting: Waiting, rp: RelyingParty) -> dict[str, Any]:
    """Return the options of a log-in that waits."""
    return request_options(_second_step(waiting, rp), passkeys_of(waiting.user, rp.id))


def answer(waiting: Waiting, sent: Assertion, rp: RelyingParty, *, now: datetime) -> None:
    """Use up the challenge of a log-in together with the signature that answers it.

    :raises ChallengeNotValid: and the other refusals of `complete`.
    """
    try:
        with proven(sent, _second_step(waiting, rp), of=waiting.user, now=now):
            use_up(waiting.challenge, now=now)
    except PasskeyNotValid as error:
        raise PasskeyRefused from error
    attempts.client_was_right()


def _second_step(waiting: Waiting, rp: RelyingParty) -> Ceremony:
    return Ceremony(Purpose.SECOND_STEP, rp, str(waiting.challenge.id))
