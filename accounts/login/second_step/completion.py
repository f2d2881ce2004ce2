"""Completing a log-in: a challenge and a code open the session, or a first factor is enrolled and opens it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import cast

from django.db import transaction
from django.http import HttpRequest

from accounts.login import attempts
from accounts.login.login import find_person, open_for, require_welcome
from accounts.login.second_step.proof import proven
from accounts.login.sessions import LoggedIn
from accounts.models import LoginChallenge, User
from accounts.models.second_factor import has_one
from accounts.realms import Realm, enter
from accounts.second_factors import challenges, enrolment
from accounts.second_factors.challenges import API, ChallengeNotValid, Mode
from accounts.second_factors.enrolment import AlreadyEnrolled, Enrolment
from accounts.second_factors.methods import WrongCode
from workix.core.current import Current
from workix.core.errors import NotAuthenticated
from workix.observability import metrics


class CodeNotRight(NotAuthenticated):
    code = "invalid_code"
    detail = WrongCode.detail


@dataclass(frozen=True, slots=True)
class Waiting:
    """A log-in that waits for its second step, with who it is of, in their realm."""

    realm: Realm
    challenge: LoginChallenge
    user: User


@metrics.outcome_counted(metrics.LOGINS)
def complete(challenge: str, code: str, *, request: HttpRequest, now: datetime) -> LoggedIn:
    """Open the session that a right password and this code are for.

    :raises ChallengeNotValid: when the challenge is over.
    :raises CodeNotRight: when the code is not right; the challenge stays good, and the guess counts.
    :raises CodesLockedOut: after too many of these.
    """
    with waiting_log_in(challenge, API, enrols=False, now=now) as waiting:
        answer(waiting, code, now=now)
        return open_waiting(waiting, request=request, now=now)


@metrics.outcome_counted(metrics.LOGINS)
def complete_by_enrolment(
    challenge: str, code: str, *, request: HttpRequest, now: datetime
) -> tuple[LoggedIn, list[str]]:
    """Turn on the factor that was begun by this challenge, and open the session; return the recovery codes, too.

    :raises ChallengeNotValid: and the other refusals of `complete`.
    :raises NothingToConfirm: when none was begun.
    """
    with waiting_log_in(challenge, API, enrols=True, now=now) as waiting:
        codes = confirm_first(waiting, code, now=now)
        return open_waiting(waiting, request=request, now=now), codes


def begin_enrolment(challenge: str, mode: Mode, *, now: datetime) -> Enrolment:
    """Draw a secret for whoever has to have a factor, and has only proved their password.

    :raises ChallengeNotValid: when the challenge is over, or they have a factor by now.
    """
    with waiting_log_in(challenge, mode, enrols=True, now=now) as waiting:
        try:
            return enrolment.enrol(waiting.user)
        except AlreadyEnrolled as error:
            raise ChallengeNotValid from error


def confirm_first(waiting: Waiting, code: str, *, now: datetime) -> list[str]:
    """Enrol by a challenge, and use it up, in one transaction.

    :raises ChallengeNotValid: when it was used up meanwhile, or they have a factor by now.
    :raises CodeNotRight: when the code is not right.
    """
    attempts.count_code(waiting.user, now=now)
    give_back = partial(attempts.give_back_code, waiting.user)
    try:
        with attempts.given_back_if_unavailable(give_back), transaction.atomic():
            challenges.use_up(waiting.challenge, now=now)
            enrolment.require_none(waiting.user)
            return enrolment.turn_on(waiting.user, code, now=now)
    except WrongCode as error:
        raise CodeNotRight from error
    except AlreadyEnrolled as error:
        raise ChallengeNotValid from error


def answer(waiting: Waiting, code: str, *, now: datetime) -> None:
    """Use up a challenge and the code that answers it, in one transaction: neither is gone without the other.

    :raises ChallengeNotValid: when it was used up meanwhile.
    :raises CodeNotRight: when the code is not right.
    :raises CodesLockedOut: after too many of these.
    """
    try:
        with proven(waiting.user, code, now=now):
            challenges.use_up(waiting.challenge, now=now)
    except WrongCode as error:
        raise CodeNotRight from error


@contextmanager
def waiting_here(challenge: str, *, enrols: bool, now: datetime) -> Iterator[Waiting]:
    """Work with a log-in of a browser, in the realm of its host.

    :raises ChallengeNotValid: when it is over, or of another realm.
    """
    here = Current.find_organization()
    if challenges.realm_of_challenge(challenge) != here:
        raise ChallengeNotValid
    with waiting_log_in(challenge, challenges.PAGES, enrols=enrols, now=now) as waiting:
        yield waiting


@contextmanager
def waiting_log_in(token: str, mode: Mode, *, enrols: bool, now: datetime) -> Iterator[Waiting]:
    """Find who waits, as they are now: what a log-in asks of them it asks again."""
    realm = challenges.realm_of_challenge(token)
    with enter(realm):
        challenge = challenges.find_open(token, mode, enrols=enrols, now=now)
        user = find_person(id=challenge.user_id)
        if user is None or (enrols and has_one(user)):
            raise ChallengeNotValid
        require_welcome(user, now=now)
        with Current.scoped(organization=realm, actor=user.as_actor()):
            yield Waiting(realm, challenge, user)


def open_waiting(waiting: Waiting, *, request: HttpRequest, now: datetime) -> LoggedIn:
    """Open the session of a log-in whose challenge was used up.

    :raises ChallengeNotValid: when its person changed between the two steps.
    """
    try:
        return open_for(
            waiting.realm,
            waiting.user,
            in_cookie=cast(bool, waiting.challenge.in_cookie),
            by_second_factor=True,
            request=request,
            now=now,
        )
    except NotAuthenticated as error:  # they changed between the two steps, and would have to begin again anyway
        raise ChallengeNotValid from error
