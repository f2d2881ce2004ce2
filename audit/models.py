"""Entry: one append-only line of the trail. Answer: what a call was told, should it come again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func

from audit.registry import not_audited


@not_audited("it is the trail")
class Entry(models.Model):
    """Who did what to which thing. Written by `record()` and by the trigger, never by `save()`.

    The columns with a database default are out of reach of the tenant role: nobody back-dates an entry, chooses
    its id, hides the session's role, or passes a line of their own off as one that the database witnessed.
    """

    id = models.UUIDField(primary_key=True, db_default=Func(function="gen_random_uuid"))
    organization_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    actor_type = models.CharField(max_length=20)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=255, db_default="")
    action = models.CharField(max_length=50)
    resource_type = models.CharField(max_length=50)
    resource_id = models.CharField(max_length=255, db_default="")
    changes = models.JSONField(db_default=models.Value({}, output_field=models.JSONField()))
    reason = models.CharField(max_length=500, db_default="")
    ip_address = models.CharField(max_length=45, db_default="")
    user_agent = models.CharField(max_length=500, db_default="")
    request_id = models.CharField(max_length=100, db_default="")
    database_role = models.CharField(
        max_length=63, db_default=Func(template="(SESSION_USER)::varchar", output_field=models.CharField())
    )
    witnessed = models.BooleanField(
        db_default=Func(template="(pg_trigger_depth() > 0)", output_field=models.BooleanField())
    )
    created_at = models.DateTimeField(db_default=Func(function="clock_timestamp"))

    class Meta:
        db_table = "audit_logs"
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=("-created_at", "-id"), name="audit_by_time"),
            models.Index(fields=("resource_type", "resource_id", "-created_at"), name="audit_by_resource"),
            models.Index(fields=("actor_id", "-created_at"), name="audit_by_actor"),
            models.Index(fields=("request_id",), name="audit_by_request"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.resource_type} {self.resource_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("The trail only grows, through audit.recording.record().")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The trail only grows.")


@not_audited("an answer is what an act was told, and the act is in the trail")
class Answer(models.Model):
    """What a call with an `Idempotency-Key` was answered, for a day. `status` is empty while it runs."""

    id = models.CharField(max_length=64, primary_key=True, help_text="Keyed hash of the actor and the key.")
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField()
    body = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "answers"
        indexes = [models.Index(fields=("created_at",), name="answer_by_time")]

    def __str__(self) -> str:
        return self.id
