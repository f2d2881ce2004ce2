"""Methods of a second factor: which somebody has (`methods_of`), and whether what they sent is one of it (`use_up`)."""

# Bulk write: one conditional UPDATE decides who of two uses a code.

# Note [Methods]
# Whoever asks for a second factor asks here, and knows of no kind: log-in, step-up, pages and API. A method says whether somebody
# has it, and uses up what they sent, inside the caller's transaction: a code is good once, and it is used up together with what
# it opens. A passkey sends no code, and is asked for by options of its own: accounts/passkeys/second_step.py judges it.

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Passkey, SecondFactor, User
from accounts.models.second_factor import Kind, has_one
from accounts.second_factors import recovery_codes, totp
from accounts.second_factors.notices import tell
from audit.registry import record_about
from workix.core.errors import Invalid


class WrongCode(Invalid):
    """It never says why: of another time, used before, of another person and made up are the same answer."""

    detail = "This code is not right, or was used before. Wait for the next one."

    def __init__(self) -> None:
        super().__init__(field="code", problem="wrong_code")


@dataclass(frozen=True, slots=True)
class Method:
    """See Note [Methods]."""

    name: str
    is_had_by: Callable[[User], bool]
    uses_up: Callable[[User, str, datetime], bool] | None


def methods_of(user: User) -> list[str]:
    """Name what somebody may send as their second factor."""
    return [method.name for method in METHODS if method.is_had_by(user)]


def use_up(user: User, code: str, *, now: datetime) -> str:
    """Use up what somebody sent, and name the method it was of.

    :raises WrongCode: when it is of none they have.
    """
    for method in METHODS:
        if method.uses_up is not None and method.uses_up(user, code, now):
            return method.name
    raise WrongCode


def _has_totp(user: User) -> bool:
    return SecondFactor.objects.filter(user=user, kind=Kind.TOTP, confirmed_at__isnull=False).exists()


def _use_totp(user: User, code: str, now: datetime) -> bool:
    found = SecondFactor.objects.select_related("user").filter(user=user, kind=Kind.TOTP, confirmed_at__isnull=False)
    factor = found.first()
    step = totp.find_step(factor, code, now=now) if factor else None
    if factor is None or step is None:
        return False
    unused = SecondFactor.objects.filter(id=factor.id, confirmed_at__isnull=False, last_step__lt=step)
    return unused.update(last_step=step, last_used_at=now) == 1


def _use_recovery_code(user: User, code: str, now: datetime) -> bool:
    if not has_one(user) or not recovery_codes.use_up(user, code):
        return False
    left_now = {"left": recovery_codes.left(user)}
    record_about(user, "recovery_code.used", left_now)
    tell(user, "recovery_code_used")
    return True


METHODS = (
    Method("totp", _has_totp, _use_totp),
    Method("passkey", lambda user: Passkey.objects.filter(user=user).exists(), None),
    Method("recovery_code", lambda user: has_one(user) and recovery_codes.left(user) > 0, _use_recovery_code),
)
