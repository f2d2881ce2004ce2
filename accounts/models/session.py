"""Session: one log-in of one person; its tokens are good as long as it is."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from accounts.models.user import User
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, not_audited, swept


@swept("expires_at", kept=timedelta(days=30))
@not_audited("log-ins and log-outs are recorded as acts of their own")
class Session(Record):
    """A log-in. A token is good only while its session is: ending the session ends them all at once."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    )
    refresh_hash = secret(
        models.CharField(max_length=64, help_text="Keyed hash of the one refresh token that is good now.")
    )
    #: What `accounts/login/refresh.py` judges a spent token by. See Note [Two tabs] there.
    in_cookie = ordinary(
        models.BooleanField(
            null=True, help_text="Cookie mode, or token mode. Null: it has no refresh token, or is older."
        )
    )
    spent_hash = secret(
        models.CharField(
            max_length=64, default="", db_default="", help_text="Keyed hash of the one that was spent last."
        )
    )
    spent_by = secret(
        models.CharField(max_length=64, default="", db_default="", help_text="Keyed hash of the client that spent it.")
    )
    spent_at = ordinary(models.DateTimeField(null=True))
    #: See Note [Whose password it is] in accounts/tokens/mailbox_proofs.py.
    mailbox_proof = secret(models.CharField(max_length=64, default="", db_default=""))
    #: When they last proved who they are: see Note [Step-up]. Null: it is older than this column, and it was at its beginning.
    authenticated_at = ordinary(models.DateTimeField(null=True))
    #: When they last proved it by a second factor, too. Null: by the password alone.
    second_factor_at = ordinary(models.DateTimeField(null=True))
    expires_at = ordinary(models.DateTimeField())
    ended_at = ordinary(models.DateTimeField(null=True))
    ip_address = personal(models.CharField(max_length=45, default=""))
    user_agent = personal(models.CharField(max_length=500, default=""))
    last_seen_at = personal(models.DateTimeField())

    class Meta:
        db_table = "sessions"
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=("expires_at",), name="session_by_expiry")]

    def __str__(self) -> str:
        return f"Session of {self.user_id}"
