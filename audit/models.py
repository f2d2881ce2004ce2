"""LogEntry: one append-only entry of the audit trail (the table audit_logs); the Merkle tree over it has models of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func

from audit import registry
from audit.search.words import WORDS
from audit.transparency.models import Checkpoint, Leaf, Pruning, Subtree
from workix.core.classification import ordinary, personal, secret
from workix.core.models import not_audited
from workix.core.triggers import Trigger, declare

if TYPE_CHECKING:
    _AbstractLogEntry = models.Model
    _LogEntryManager = models.Manager["LogEntry"]
else:  # the library brings no types
    _AbstractLogEntry, _LogEntryManager = AbstractLogEntry, LogEntryManager

__all__ = ["Checkpoint", "Leaf", "LogEntry", "Pruning", "Subtree"]

ONLY_GROWS = "The trail only grows, through audit.recording.record() and the audit trigger."


# Note [django-auditlog's log entry]
# What is written for its AbstractLogEntry reads ours: columns of its own that we have under another name are properties,
# what has no meaning here is None, and its manager finds the entries of a thing. Nothing is written through it.


class Trail(_LogEntryManager):
    """Entries of the trail, and of one thing in it."""

    def log_create(self, instance: models.Model, force_log: bool = False, **kwargs: Any) -> LogEntry:
        """Refuse: the audit trigger writes the entry of each change."""
        raise TypeError(ONLY_GROWS)

    def log_m2m_changes(self, *args: Any, **kwargs: Any) -> LogEntry:
        """Refuse: the audit trigger writes the entry of each row of a relation."""
        raise TypeError(ONLY_GROWS)

    def get_for_object(self, instance: models.Model) -> models.QuerySet[LogEntry]:
        return self.get_for_model(type(instance)).filter(resource_id=str(instance.pk))

    def get_for_objects(self, queryset: models.QuerySet[Any]) -> models.QuerySet[LogEntry]:
        keys = [str(key) for key in queryset.values_list("pk", flat=True)]
        return self.get_for_model(queryset.model).filter(resource_id__in=keys)

    def get_for_model(self, model: type[models.Model]) -> models.QuerySet[LogEntry]:
        return self.filter(resource_type=registry.AUDITED[model].resource)


@not_audited("it is the trail")
class LogEntry(_AbstractLogEntry):
    """Who did what to which thing. Written by `record()` and by the trigger, never by `save()`.

    See Note [django-auditlog's log entry].

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
    #: What whoever acted calls the run and the step it was done in; see Note [Entries of a run] in audit/context.py.
    run_id = ordinary(models.CharField(max_length=64, db_default=""))
    step_id = ordinary(models.CharField(max_length=64, db_default=""))
    #: The person for whom an agent acted.
    on_behalf_of = personal(models.UUIDField(null=True))
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

    object_id = serialized_data = changes_text = actor = remote_port = actor_email = additional_data = None

    objects = Trail()

    class Meta:
        db_table = "audit_logs"
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=("-created_at", "-id"), name="audit_by_time"),
            models.Index(fields=("action", "-created_at"), name="audit_by_action"),
            models.Index(fields=("resource_type", "-created_at"), name="audit_by_type"),
            models.Index(fields=("resource_type", "action", "-created_at"), name="audit_by_type_and_action"),
            models.Index(fields=("resource_id", "-created_at"), name="audit_by_resource"),
            models.Index(fields=("actor_id", "-created_at"), name="audit_by_actor"),
            models.Index(fields=("request_id",), name="audit_by_request"),
            models.Index(fields=("run_id", "created_at"), name="audit_by_run", condition=~models.Q(run_id="")),
            models.Index(
                fields=("on_behalf_of", "-created_at"),
                name="audit_by_owner",
                condition=models.Q(on_behalf_of__isnull=False),
            ),
            GinIndex(WORDS, name="audit_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.resource_type} {self.resource_id}"

    @property
    def object_pk(self) -> str:
        return self.resource_id

    @property
    def object_repr(self) -> str:
        return self.resource_label

    @property
    def timestamp(self) -> datetime:
        return self.created_at

    @property
    def cid(self) -> str:
        return self.request_id

    @property
    def remote_addr(self) -> str:
        return self.ip_address

    @property
    def content_type(self) -> ContentType | None:
        """Name the model of the thing, where there is one; it comes from the registry, so there is no query."""
        model = registry.model_of(self.resource_type)
        return (
            None if model is None else ContentType(app_label=model._meta.app_label, model=str(model._meta.model_name))
        )

    @property
    def changes_dict(self) -> dict[str, list[str]]:
        """Map what was changed to before and after, as texts: by field, where the model still has it, else by column."""
        model = registry.model_of(self.resource_type)
        fields = {field.column: field.name for field in model._meta.concrete_fields} if model else {}
        pairs = {name: each for name, each in (self.changes or {}).items() if isinstance(each, list) and len(each) == 2}
        return {fields.get(name, name): [str(value) for value in pair] for name, pair in pairs.items()}

    @property
    def changes_display_dict(self) -> dict[str, list[str]]:
        """Map the label of each changed field to before and after, in words for people: choices by their labels."""
        if registry.model_of(self.resource_type) is None:
            return self.changes_dict
        shown: dict[str, list[str]] = AbstractLogEntry.changes_display_dict.fget(self)
        return shown

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError(ONLY_GROWS)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(ONLY_GROWS)


# Each entry of an organization is noted for the sequencer (audit/sql/audit_arrivals.sql), those that were there before, too.
declare(
    LogEntry,
    Trigger("note_arrivals", events="INSERT", each="STATEMENT", then="note_existing_entries", in_public=False),
)
# Only what is added by hand: inside the audit trigger, who acts was verified once for all rows.
declare(LogEntry, Trigger("set_event_actor", events="INSERT", timing="BEFORE", when="pg_trigger_depth() = 0"))
