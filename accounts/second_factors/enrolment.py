"""Enrolling a second factor: enrol() gives a TOTP secret, turn_on() turns it on and gives recovery codes; remove()."""

# Note [Enrolling]
# A secret turns into a factor when a code of it came: before that nobody is asked for one, since nobody may have scanned it. Who
# begins again replaces what they began. Whatever changes somebody's factors locks their row first, so it happens one by one.

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Passkey, RecoveryCode, SecondFactor, User
from accounts.models.second_factor import Kind, has_one
from accounts.second_factors import recovery_codes, totp
from accounts.second_factors.methods import WrongCode
from accounts.second_factors.notices import tell
from workix.core.current import Current
from workix.core.errors import Conflict, NotFound


class AlreadyEnrolled(Conflict):
    code = "second_factor_exists"
    detail = "You have an authenticator app. Remove it first to enrol another one."


class NothingToConfirm(Conflict):
    code = "nothing_to_confirm"
    detail = "Begin first: ask for a secret, and add it to your authenticator app."


class NoSecondFactor(Conflict):
    code = "no_second_factor"
    detail = "Recovery codes stand in for a second factor, and you have none. Enrol one first."


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A factor that waits for its first code, with the only copy of its secret."""

    id: UUID
    secret: str = field(repr=False)
    uri: str = field(repr=False)


def factors_of(user: User) -> QuerySet[SecondFactor]:
    """List somebody's factors."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False)


def lock(user: User) -> None:
    """Lock somebody's row, in a transaction, before their factors change. See Note [Enrolling]."""
    User.with_removed.select_for_update(no_key=True).get(id=user.id)


def enrol(user: User) -> Enrolment:
    """Draw a secret for an authenticator app. See Note [Enrolling].

    :raises AlreadyEnrolled: when there is one.
    """
    secret = totp.make_secret()
    with transaction.atomic():
        if _locked(user).exists():
            raise AlreadyEnrolled
        SecondFactor.objects.filter(user=user, kind=Kind.TOTP).delete()
        factor = SecondFactor(user=user)
        totp.keep_secret(factor, secret)
        factor.save(force_insert=True)
    organization = Current.find_organization()
    issuer = f"{organization.name} (Workix)" if organization else f"Workix {settings.WORKIX.host}"
    return Enrolment(factor.id, secret, totp.uri_of(secret, account=user.email, issuer=issuer.replace(":", " ")))


def turn_on(user: User, code: str, *, now: datetime) -> list[str]:
    """Turn on what was begun, by its first code, in the transaction of whoever counted the attempt; return recovery codes.

    :raises AlreadyEnrolled: when it is on.
    :raises NothingToConfirm: when nothing was begun.
    :raises WrongCode: when the code is not right.
    """
    if _locked(user).exists():
        raise AlreadyEnrolled
    factor = SecondFactor.objects.select_related("user").filter(user=user, kind=Kind.TOTP).first()
    if factor is None:
        raise NothingToConfirm
    step = totp.find_step(factor, code, now=now)
    if step is None:
        raise WrongCode
    factor.confirmed_at, factor.last_step, factor.last_used_at = now, step, now
    factor.save(update_fields=["confirmed_at", "last_step", "last_used_at", "updated_at"])
    tell(user, "added")
    return recovery_codes.renew(user)


def require_none(user: User) -> None:
    """Make sure, in a transaction, that somebody who enrols by their password alone has no factor yet, of whatever kind.

    :raises AlreadyEnrolled: when they have one by now.
    """
    _locked(user)
    if has_one(user):
        raise AlreadyEnrolled


def renew_recovery_codes(user: User) -> list[str]:
    """Give somebody new codes; the old ones are dead.

    :raises NoSecondFactor: when there is nothing they would stand in for.
    """
    with transaction.atomic():
        _locked(user)
        if not has_one(user):
            raise NoSecondFactor
        tell(user, "recovery_codes_renewed")
        return recovery_codes.renew(user)


def remove(user: User, factor_id: UUID) -> None:
    """Take one of somebody's factors away; with the last one go the codes that stand in for it.

    :raises NotFound: when it is not theirs.
    """
    with transaction.atomic():
        factor = _locked(user).filter(id=factor_id).first()
        if factor is None:
            raise NotFound
        factor.delete()
        recovery_codes.drop_if_alone(user)
        tell(user, "removed")


def forget(user: User) -> bool:
    """Take all factors and codes of somebody away whose row is locked; say whether there was one."""
    had_one = has_one(user)
    Passkey.objects.filter(user=user).delete()
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    return had_one


def _locked(user: User) -> QuerySet[SecondFactor]:
    """Lock somebody, and list their factors as they are now."""
    lock(user)
    return factors_of(user)
