"""Credentials: setting a password; and the rule that a change of credentials ends every session and every link of an e-mail."""

# Raw SQL: tells the trigger, for one transaction, which session stays (SET LOCAL).
# Bulk write: a better hash takes the place of the one that was compared, and of no newer one.

# Note [What ends with a credential]
# Whoever changes what somebody logs in with, or what they may do, means it for every device and every link that is out
# there, the thief's among them. So a trigger on the table of people sees to it (accounts/sql/end_access.sql), whatever path
# the row takes: a capability, a form, a command, a bulk write, raw SQL. A change of password, address, role, activity,
# removal or organization ends all sessions of the person and uses up all their open links, of every purpose.
#
# Two things are excepted, and both are said here. Who changes their own password goes on in the session they do it in. And
# a password that is only hashed anew, at log-in, is the same password.
#
# Who logs in while a password changes must not slip through. A log-in touches the row of the person, and only if the
# credentials are still those that were compared; then it writes its session (accounts/login/sessions.py). So one of the
# two waits for the other: the log-in finds them changed, or the trigger finds its session.

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from accounts.passwords import hash_password, history
from accounts.tokens.mailbox_proofs import is_password_proven, of_password

_EVERY_SESSION = "all"


def set_password(
    user: User, hashed: str, *, kept_session: UUID | None = None, is_proven: bool = False, now: datetime
) -> None:
    """Give somebody another password, of which this is the hash. See Note [What ends with a credential].

    `is_proven` says that whoever chose it reads their mailbox: see Note [Whose password it is]. An admin who chooses it does not.
    """
    user.password, user.password_changed_at = hashed, now
    user.mailbox_proof = of_password(user) if is_proven else ""
    with transaction.atomic():
        history.remember(user)
        _keep(str(kept_session or ""))
        user.save(update_fields=["password", "password_changed_at", "mailbox_proof", "updated_at"])
        _keep("")


def hash_anew(user: User, password: str, *, now: datetime) -> None:
    """Keep the password somebody just gave as new ones are kept. Nothing ends, and a newer password stays."""
    before, is_proven = user.password, is_password_proven(user)
    user.password = hash_password(password)
    user.mailbox_proof = of_password(user) if is_proven else ""
    with transaction.atomic():
        _keep(_EVERY_SESSION)
        same = User.objects.filter(id=user.id, password=before)
        if not same.update(password=user.password, mailbox_proof=user.mailbox_proof, updated_at=now):
            user.password = before
        _keep("")


def _keep(session: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET LOCAL workix.kept_session = '{session}'"
        )  # SET takes no parameter; it is a UUID or a word of ours
