"""FormerPassword: the hash of a password somebody had before (password history), where their organization keeps any."""

from __future__ import annotations

from django.db import models

from accounts.models.user import User
from workix.core.classification import personal, secret
from workix.core.models import Record, not_audited, not_imported


@not_imported("no hash of a password leaves the platform")
@not_audited("a change of password is recorded itself")
class FormerPassword(Record):
    """No more a person than the policy says, and none once the person is removed: see accounts/passwords/history.py."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="former_passwords")
    )
    password = secret(models.CharField(max_length=255, db_column="password_hash"))

    class Meta:
        db_table = "former_passwords"
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"Former password of {self.user_id}"
