"""A passkey as the second factor that a log-in makes somebody enrol, whose organization requires one, and who has none."""

# Note [A passkey at a log-in]
# Who enrols has proved their password alone. So the challenge that is signed is of that one log-in, and of this purpose: one
# that was given to a session, or to another log-in of the same person, adds nothing. Their row is locked before it is said that
# they have no factor, so whoever else has the password adds none beside one that came meanwhile. The log-in is used up with it.

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from accounts.login import attempts
from accounts.login.second_step.completion import Waiting, open_waiting, waiting_log_in
from accounts.login.sessions import LoggedIn
from accounts.passkeys.challenges import Ceremony, PasskeyNotValid, Purpose
from accounts.passkeys.log_in import PasskeyRefused
from accounts.passkeys.options import creation_options
from accounts.passkeys.registration import New, judge, keep
from accounts.passkeys.relying_party import RelyingParty, relying_party
from accounts.second_factors.challenges import API, ChallengeNotValid, use_up
from accounts.second_factors.enrolment import AlreadyEnrolled, require_none
from workix.observability import metrics


def enrolment_options(challenge: str, *, request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Return the options of a passkey for whoever knew the password that this challenge of a log-in is for.

    :raises ChallengeNotValid: when it is over, good for something else, or they have a factor by now.
    """
    with waiting_log_in(challenge, API, enrols=True, now=now) as waiting:
        return options_of(waiting, relying_party(request))


@metrics.outcome_counted(metrics.LOGINS)
def complete_by_passkey(challenge: str, new: New, *, request: HttpRequest, now: datetime) -> tuple[LoggedIn, list[str]]:
    """Add a first passkey, and open the session; return the recovery codes, too.

    :raises ChallengeNotValid: as `enrolment_options` does, and when another used it up.
    :raises PasskeyRefused: when it was not made for these options; the log-in goes on waiting.
    :raises TooMany: after too many failures from this client.
    """
    with waiting_log_in(challenge, API, enrols=True, now=now) as waiting:
        codes = enrol(waiting, new, relying_party(request), now=now)
        return open_waiting(waiting, request=request, now=now), codes


def options_of(waiting: Waiting, rp: RelyingParty) -> dict[str, Any]:
    """Return the options for a log-in that waits; there is nothing that its person has already."""
    return creation_options(_enrolment(waiting, rp), waiting.user, ())


def enrol(waiting: Waiting, new: New, rp: RelyingParty, *, now: datetime) -> list[str]:
    """Add a passkey, and use up the log-in it is of, in one transaction. See Note [A passkey at a log-in].

    :raises ChallengeNotValid: and the other refusals of `complete_by_passkey`.
    """
    attempts.count_client(now=now)
    try:
        with attempts.given_back_if_unavailable(attempts.client_was_right):
            made = judge(new, _enrolment(waiting, rp), now=now)
            with transaction.atomic():
                use_up(waiting.challenge, now=now)
                require_none(waiting.user)
                added = keep(waiting.user, new, made)
    except PasskeyNotValid as error:
        raise PasskeyRefused from error
    except AlreadyEnrolled as error:
        raise ChallengeNotValid from error
    attempts.client_was_right()
    return added.recovery_codes


def _enrolment(waiting: Waiting, rp: RelyingParty) -> Ceremony:
    return Ceremony(Purpose.ENROL, rp, str(waiting.challenge.id))
