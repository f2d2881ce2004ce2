"""IdempotencyKey: the stored response to a call with an `Idempotency-Key`, should it come again."""

from __future__ import annotations

from django.db import models

from workix.core.models import not_audited


@not_audited("it stores a response; the act itself is in the trail")
class IdempotencyKey(models.Model):
    """A key that was used within the last day, with its response. `status` is empty while the call runs."""

    id = models.CharField(max_length=64, primary_key=True, help_text="Keyed hash of the actor and the key.")
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField()
    body = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_keys"
        indexes = [models.Index(fields=("created_at",), name="idempotency_key_by_time")]

    def __str__(self) -> str:
        return self.id
