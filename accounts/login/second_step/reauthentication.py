"""Step-up (reauthentication): the person of a session proves once more who they are, by password and second factor."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from accounts.login import attempts
from accounts.login.lockout import judge_own_password
from accounts.login.second_step.proof import proven
from accounts.login.sessions import authenticated_again
from accounts.models import User
from accounts.passwords.single_sign_on_only import require_password_for_step_up
from accounts.second_factors.methods import methods_of
from workix.core.errors import Invalid


def reauthenticate(user: User, session_id: UUID, *, password: str, code: str = "", now: datetime) -> None:
    """Renew when this session's person last proved who they are. See Note [Step-up].

    A right password gives back what was counted only once the code was right, too: it is a log-in, and as complete as one.

    :raises ProviderStepUpRequired: where their organization takes no passwords, whatever this one is.
    :raises LockedOut: after too many wrong passwords or codes.
    :raises TooMany: after too many from this client.
    :raises Invalid: when either is wrong, or the code is missing.
    :raises SessionRevoked: when the session ended meanwhile.
    """
    require_password_for_step_up(user)
    attempt = judge_own_password(user, password, field="password", now=now)
    with attempts.given_back_if_unavailable(partial(attempts.give_back, attempt)):
        if methods_of(user):
            if not code:
                raise Invalid("Send a code of your second factor, too.", field="code", problem="required")
            with proven(user, code, now=now):
                authenticated_again(user, session_id, by_second_factor=True, now=now)
        else:
            with transaction.atomic():
                authenticated_again(user, session_id, now=now)
    attempts.succeeded(user, now=now)
