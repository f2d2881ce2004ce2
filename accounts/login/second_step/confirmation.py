"""Confirming an enrolment: the first code of an authenticator app turns it on, and the session that sent it has proved it."""

# Bulk write: one column of the session that asks.

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from accounts.login import attempts
from accounts.models import Session, User
from accounts.second_factors.enrolment import turn_on


def confirm(user: User, code: str, *, session_id: UUID, now: datetime) -> list[str]:
    """Turn on what was begun, by its first code; return recovery codes. Of two who confirm at once one gets them.

    :raises CodesLockedOut: after too many wrong codes; guesses are counted as those at a factor.
    :raises AlreadyEnrolled: and the other refusals of `turn_on`.
    """
    attempts.count_code(user, now=now)
    with attempts.given_back_if_unavailable(partial(attempts.give_back_code, user)), transaction.atomic():
        Session.objects.filter(id=session_id, user=user).update(second_factor_at=now)
        return turn_on(user, code, now=now)
