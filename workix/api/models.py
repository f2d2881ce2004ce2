"""IdempotencyKey: the stored response to a call with an `Idempotency-Key`, should it come again."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from workix.core.classification import ordinary, personal
from workix.core.models import not_audited, swept

KEPT_FOR = timedelta(hours=24)


@swept("created_at", kept=KEPT_FOR)
@not_audited("it stores a response; the act itself is in the trail")
class IdempotencyKey(models.Model):
    """A key that was used within the last day, with its response. `status` is empty while the call runs."""

    id = ordinary(models.CharField(max_length=64, primary_key=True, help_text="Keyed hash of the actor and the key."))
    fingerprint = ordinary(models.CharField(max_length=64))
    status = ordinary(models.PositiveSmallIntegerField(null=True))
    headers = ordinary(models.JSONField())
    body = personal(models.TextField())
    created_at = ordinary(models.DateTimeField())

    class Meta:
        db_table = "idempotency_keys"
        indexes = [models.Index(fields=("created_at",), name="idempotency_key_by_time")]

    def __str__(self) -> str:
        return self.id
