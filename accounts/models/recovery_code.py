"""RecoveryCode: stands in for a second factor that was lost."""

from __future__ import annotations

from django.db import models

from accounts.models.user import User
from workix.core.classification import personal, secret
from workix.core.models import Record, not_audited, not_imported


@not_imported("it lets somebody in; no hash of it leaves the platform")
@not_audited("that there are new ones, and that one is used up, are recorded as acts of their own")
class RecoveryCode(Record):
    """A code that stands in for a factor, once: using it up is deleting its row. Only a keyed hash is kept."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    )
    code_hash = secret(models.CharField(max_length=64))

    class Meta:
        db_table = "recovery_codes"
        constraints = [models.UniqueConstraint(fields=("code_hash",), name="recovery_code_once")]
