"""LogEntry: one append-only entry of the audit trail (the table audit_logs)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Func

from workix.core.classification import ordinary, personal, secret
from workix.core.models import not_audited
from workix.core.triggers import Trigger, declare


@not_audited("it is the trail")
class LogEntry(models.Model):
    """Who did what to which thing. Written by `record()` and by the trigger, never by `save()`.

    The columns with a database default are out of reach of the tenant role: nobody back-dates an entry, chooses
    its id, hides the session's role, or passes an entry of their own off as one that the trigger wrote.
    """

    id = ordinary(models.UUIDField(primary_key=True, db_default=Func(function="gen_random_uuid")))
    organization_id = ordinary(models.UUIDField(null=True))
    user_id = personal(models.UUIDField(null=True))
    actor_type = ordinary(models.CharField(max_length=20))
    actor_id = personal(models.UUIDField(null=True))
    actor_label = personal(models.CharField(max_length=255, db_default=""))
    action = ordinary(models.CharField(max_length=50))
    resource_type = ordinary(models.CharField(max_length=50))
    resource_id = ordinary(models.CharField(max_length=255, db_default=""))
    #: What the thing was called at that time.
    resource_label = personal(models.CharField(max_length=255, db_default=""))
    changes = personal(models.JSONField(db_default=models.Value({}, output_field=models.JSONField())))
    reason = personal(models.CharField(max_length=500, db_default=""))
    ip_address = personal(models.CharField(max_length=45, db_default=""))
    user_agent = personal(models.CharField(max_length=500, db_default=""))
    request_id = ordinary(models.CharField(max_length=100, db_default=""))
    database_role = ordinary(
        models.CharField(
            max_length=63, db_default=Func(template="(SESSION_USER)::varchar", output_field=models.CharField())
        )
    )
    #: Who wrote the entry: the trigger, which saw the row change, the application, with `record()`, or the database alone,
    #: for somebody who went past the application.
    source = ordinary(
        models.CharField(
            max_length=20,
            db_default=Func(
                template="(CASE WHEN pg_trigger_depth() > 0 THEN 'trigger' ELSE 'application' END)",
                output_field=models.CharField(),
            ),
        )
    )
    created_at = ordinary(models.DateTimeField(db_default=Func(function="clock_timestamp")))
    #: Whether the application signed who acts; None in entries from before it did. What is not verified names nobody.
    is_verified = ordinary(models.BooleanField(null=True))
    #: Makes a digest of this entry tell nothing of what is in it. None in entries from before there was one.
    salt = secret(models.UUIDField(null=True, db_default=Func(function="gen_random_uuid")))

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


# Only what is added by hand: inside the audit trigger, who acts was verified once for all rows.
declare(LogEntry, Trigger("stamp_audit_event", events="INSERT", timing="BEFORE", when="pg_trigger_depth() = 0"))
