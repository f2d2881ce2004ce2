"""Notices: the mail that tells a person what happened to their second factors."""

from __future__ import annotations

from accounts.models import User
from accounts.tasks import send_operator_second_factor_mail, send_second_factor_mail


def tell(user: User, event: str) -> None:
    """Mail somebody what happened, if the transaction of it commits. `event` is one of SECOND_FACTOR_EVENTS."""
    job = send_operator_second_factor_mail if user.is_operator else send_second_factor_mail
    job.enqueue(user_id=str(user.id), event=event)
