"""Proof of a second factor: a code is judged only after its attempt was counted, exactly, by its person and by the client."""

# Note [Guesses at a second factor]
# Six digits are guessed in a million tries, so what holds is the count: ten in fifteen minutes, of a person, whatever number of
# challenges, sessions, hosts and ways in there is, and whichever device they come from: who once knew a password has
# known devices, so those have no count of their own here. It is another counter than that of passwords: strangers, who fill that
# one, can't fill this one, since nobody comes this far without the password. And a right password gives nothing back: that
# does a completed log-in alone (accounts/login/attempts.py), so who has the password gets ten guesses and not ten a log-in.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.login import attempts
from accounts.models import User
from accounts.second_factors.methods import WrongCode, use_up
from accounts.second_factors.notices import tell
from audit.recording import record
from workix.observability import metrics


@contextmanager
def proven(user: User, code: str, *, now: datetime) -> Iterator[str]:
    """Work in the one transaction in which a code of somebody is used up. See Note [Guesses at a second factor].

    :raises CodesLockedOut: after too many wrong ones, whatever this one is.
    :raises TooMany: after too many from this client.
    :raises WrongCode: when it is not right.
    """
    is_last = attempts.count_code(user, now=now)
    try:
        with attempts.given_back_if_unavailable(partial(attempts.give_back_code, user)), transaction.atomic():
            yield use_up(user, code, now=now)
    except WrongCode:
        _record_refusal(user, is_last=is_last)
        raise
    attempts.code_was_right(user)


def prove(user: User, code: str, *, now: datetime) -> None:
    """Use up a code of somebody, which opens nothing more; the errors are those of `proven`."""
    with proven(user, code, now=now):
        pass


def _record_refusal(user: User, *, is_last: bool) -> None:
    who: dict[str, Any] = {"resource_type": "user", "resource_id": user.id, "resource_label": user.email}
    with transaction.atomic():
        record("second_factor.refused", **who)
        if is_last:
            record("second_factor.locked_out", **who, changes={"minutes": settings.WORKIX.lockout_minutes})
            tell(user, "locked_out")
    if is_last:
        metrics.LOCKOUTS.labels("account").inc()
