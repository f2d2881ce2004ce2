"""Challenges: LoginChallenge, a log-in that waits for its second step, and SpentPasskeyChallenge, what a passkey signed."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from accounts.models.user import User
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, not_audited, swept


@swept("expires_at", kept=timedelta(days=7))
@not_audited("it opens nothing by itself; the log-in that it becomes is recorded")
class LoginChallenge(Record):
    """A log-in whose password was right. Only a keyed hash of its token is kept."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="login_challenges")
    )
    token_hash = secret(models.CharField(max_length=64))
    #: As the session will be: cookie mode, token mode, or null for a browser's.
    in_cookie = ordinary(models.BooleanField(null=True))
    #: Its person has no factor and has to have one: with the password they may enrol one, and do nothing else.
    enrols = ordinary(models.BooleanField(default=False, db_default=False))
    expires_at = ordinary(models.DateTimeField())
    used_at = ordinary(models.DateTimeField(null=True))

    class Meta:
        db_table = "login_challenges"
        constraints = [models.UniqueConstraint(fields=("token_hash",), name="login_challenge_once")]
        indexes = [models.Index(fields=("expires_at",), name="login_challenge_by_expiry")]


@swept("created_at", kept=timedelta(days=1))
@not_audited("it opens nothing; what it was signed for is recorded")
class SpentPasskeyChallenge(Record):
    """A challenge that was signed, by its id: it is good no more. See Note [Challenges without a row]."""

    class Meta:
        db_table = "spent_passkey_challenges"
        indexes = [models.Index(fields=("created_at",), name="spent_challenge_by_time")]
