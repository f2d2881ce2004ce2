"""Challenges: the token between a right password and a completed log-in, of five minutes, for one person, good once."""

# Bulk write: one conditional UPDATE decides who of two uses a challenge.

# Note [Challenges]
# It says that a password was right, and opens nothing else: it is a signed token of its own purpose, so no bearer, no refresh
# token and no link of a mail. Its row knows the person, the mode of the session to come and, where somebody has to have a
# factor and has none, that it is good for enrolling one. What ends sessions ends it, too: another password, address or role,
# deactivation, removal (accounts/sql/end_access.sql). A wrong code leaves it as it is, since guesses are counted by person.

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from accounts.models import LoginChallenge
from accounts.realms import Realm, realm_of
from accounts.second_factors.methods import methods_of
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from workix.core.current import Current
from workix.core.errors import NotAuthenticated
from workix.core.models import uuid7

PURPOSE = "second-factor"
LIFETIME = timedelta(minutes=5)


class ChallengeNotValid(NotAuthenticated):
    """It never says why: expired, used, altered, of another organization and overtaken are the same answer."""

    code = "challenge_not_valid"
    detail = "This log-in was not completed in time, or was completed before. Log in again with your password."


class SecondFactorRequired(NotAuthenticated):
    """The password was right."""

    code = "second_factor_required"
    detail = "The password is right. Complete the log-in with your second factor: POST /api/v1/auth/second-factor/."
    enrolment = (
        "The password is right, and your organization requires a second factor. Enrol an authenticator app: "
        "POST /api/v1/auth/second-factor/enrolment/; or a passkey: POST /api/v1/auth/second-factor/enrolment/passkey/options/."
    )
    extensions: ClassVar[Any] = {
        "second_factor": {
            "type": "object",
            "properties": {
                "challenge": {"type": "string"},
                "methods": {"type": "array", "items": {"type": "string"}},
                "enrolment": {"type": "boolean"},
                "expires_in": {"type": "integer"},
            },
        }
    }

    def __init__(self, token: str, methods: list[str], *, enrols: bool) -> None:
        self.token, self.methods, self.enrols = token, methods, enrols
        told = {
            "challenge": token,
            "methods": methods,
            "enrolment": enrols,
            "expires_in": int(LIFETIME.total_seconds()),
        }
        super().__init__(self.enrolment if enrols else "", second_factor=told)


@dataclass(frozen=True, slots=True)
class Mode:
    """Whose log-in it is: a browser's in the dashboard, or a client's of the API."""

    in_browser: bool


PAGES, API = Mode(in_browser=True), Mode(in_browser=False)


def require_second_factor(user: Any, *, in_cookie: bool | None, now: datetime) -> None:
    """Let somebody whose password was right go on, where that is enough. `user` was looked up for a log-in.

    :raises SecondFactorRequired: where it is not, with a challenge.
    """
    required_from: datetime | None = user.second_factor_required_from
    enrols = not user.has_second_factor and required_from is not None and required_from <= now
    if not user.has_second_factor and not enrols:
        return
    subject = Subject(user.organization_id, uuid7())
    token = signed_tokens.write(PURPOSE, subject)
    LoginChallenge.objects.create(
        id=subject.row_id,
        user=user,
        token_hash=signed_tokens.hash_of(PURPOSE, token),
        in_cookie=in_cookie,
        enrols=enrols,
        expires_at=now + LIFETIME,
    )
    raise SecondFactorRequired(token, [] if enrols else methods_of(user), enrols=enrols)


def realm_of_challenge(token: str) -> Realm:
    """Return where a challenge is of, which on an organization's host is that organization.

    :raises ChallengeNotValid: when we never wrote it, it is of another place, or the place is gone.
    """
    subject, here = signed_tokens.read(PURPOSE, token), Current.find_organization()
    if subject is None or (here is not None and here.id != subject.organization_id):
        raise ChallengeNotValid
    try:
        return realm_of(subject.organization_id)
    except LookupError as error:
        raise ChallengeNotValid from error


def find_open(token: str, mode: Mode, *, enrols: bool, now: datetime) -> LoginChallenge:
    """Return what a challenge is about, in the realm that is entered.

    :raises ChallengeNotValid: when it is over, used, of the other mode, or good for something else.
    """
    found = LoginChallenge.objects.filter(
        token_hash=signed_tokens.hash_of(PURPOSE, token),
        in_cookie__isnull=mode.in_browser,
        enrols=enrols,
        used_at__isnull=True,
        expires_at__gt=now,
    ).first()
    if found is None:
        raise ChallengeNotValid
    return found


def use_up(challenge: LoginChallenge, *, now: datetime) -> None:
    """Use up a challenge: of two who try at once, one gets through.

    :raises ChallengeNotValid: for whoever comes second, or after what ended it.
    """
    if not LoginChallenge.objects.filter(id=challenge.id, used_at__isnull=True).update(used_at=now):
        raise ChallengeNotValid
