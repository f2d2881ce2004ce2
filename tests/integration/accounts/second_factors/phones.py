"""Who has an authenticator app: what tests of second factors share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pyotp
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.realms import Realm, enter
from accounts.second_factors import enrolment
from tests.acts import rows
from tests.cast import PASSWORD, Answer, Api, Cast

ALICE = "alice@acme.example"
WRONG_CODE = (401, "invalid_code")
OVER = (401, "challenge_not_valid")
LOCKED = (429, "locked_out")


@dataclass(frozen=True)
class Phone:
    """An authenticator app with one secret, and the recovery codes beside it."""

    secret: str
    recovery_codes: list[str] = field(default_factory=list)

    def code(self, steps: int = 0) -> str:
        """Show the code of now, or of so many steps of 30 seconds later."""
        return pyotp.TOTP(self.secret).at(timezone.now(), counter_offset=steps)

    def wrong(self) -> str:
        """Show six digits that are right at no time near now."""
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(code for code in map("{:06}".format, range(10)) if code not in near)


def phone_of(user: User, realm: Realm) -> Phone:
    """Let somebody have a second factor, no code of which was used."""
    with enter(realm):
        secret = enrolment.enrol(user).secret
        with transaction.atomic():
            codes = enrolment.turn_on(user, Phone(secret).code(), now=timezone.now())
        user.second_factors.update(last_step=0)
    return Phone(secret, codes)


def give_phone(cast: Cast, name: str = "alice") -> Phone:
    return phone_of(cast.people[name], cast.organization)


def as_if_unused(cast: Cast) -> None:
    """Let time pass: every code may be used again."""
    rows("UPDATE second_factors SET last_step = 0", cast)


def log_in(email: str = ALICE, password: str = PASSWORD, *, host: str = "localhost", **more: Any) -> Answer:
    return Api(host=host).post("auth/login/", {"email": email, "password": password, **more})


def challenge_for(email: str = ALICE, **more: Any) -> str:
    """Give the right password, and get as far as that goes."""
    answer = log_in(email, **more)
    assert outcome(answer) == (401, "second_factor_required")
    return str(answer.body["second_factor"]["challenge"])


def answer(challenge: Any, code: Any, *, host: str = "localhost") -> Answer:
    return Api(host=host).post("auth/second-factor/", {"challenge": challenge, "code": code})


def outcome(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "") if isinstance(answer.body, dict) else ""


def actions(cast: Cast, like: str) -> list[str]:
    """List what the trail has of this kind, in the order it happened."""
    asked = "SELECT action FROM audit_logs WHERE action LIKE %(like)s ORDER BY created_at, id"
    return [action for (action,) in rows(asked, cast, like=like)]


def let_log_in_age(cast: Cast, by: timedelta) -> None:
    """Move back when everybody last proved who they are."""
    rows("UPDATE sessions SET authenticated_at = authenticated_at - %(by)s", cast, by=by)


def require_from(cast: Cast, shift: timedelta) -> None:
    """Let the organization require a second factor from a moment on, behind everybody's back."""
    rows(
        "INSERT INTO security_policies (organization_id, updated_at, second_factor_required_from)"
        " VALUES (%(id)s, now(), now() + %(shift)s)"
        " ON CONFLICT (organization_id) DO UPDATE SET second_factor_required_from = excluded.second_factor_required_from",
        cast,
        id=cast.organization.id,
        shift=shift,
    )
