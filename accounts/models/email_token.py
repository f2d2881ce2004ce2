"""EmailToken: a single-use token in a link that was sent by e-mail."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from accounts.models.user import User
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, not_audited, swept


class Purpose(models.TextChoices):
    CONFIRM_EMAIL = "confirm_email", "Confirm an address"
    RESET_PASSWORD = "reset_password", "Reset a password"


@swept("expires_at", kept=timedelta(days=7))
@not_audited("a link says nothing until it is used, and that is recorded")
class EmailToken(Record):
    """Only a keyed hash is kept: the link itself is in the mail and nowhere else."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="email_tokens")
    )
    purpose = ordinary(models.CharField(max_length=20, choices=Purpose.choices))
    token_hash = secret(models.CharField(max_length=64))
    #: See Note [Whose password it is] in accounts/tokens/mailbox_proofs.py.
    mailbox_proof = secret(models.CharField(max_length=64, default="", db_default=""))
    expires_at = ordinary(models.DateTimeField())
    used_at = ordinary(models.DateTimeField(null=True))

    class Meta:
        db_table = "email_tokens"
        constraints = [models.UniqueConstraint(fields=("token_hash",), name="email_token_once")]
        indexes = [models.Index(fields=("expires_at",), name="email_token_by_expiry")]
