"""PrivacyExport (with PrivacyExportPart): a person's data in a ZIP archive; Erasure: that it goes; ComplianceReport."""

# Note [An archive in parts]
# An archive may be as large as what a person did in years. It lies in the organization's own schema, where the same data is
# anyway and goes with it, in rows of PART_BYTES: neither the job that builds it nor the response holds more than one of them.
# Parts are swept first, since a sweep asks for no cascade.

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from accounts.models import User
from audit.registry import audited
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, not_audited, swept


class ExportStatus(models.TextChoices):
    PENDING = "pending", "Being built"
    READY = "ready", "Ready"


@swept("expires_at", kept=timedelta(0))
@not_audited("it is bytes of an archive; the export is recorded, and each time somebody takes it")
class PrivacyExportPart(Record):
    """A part of an archive. See Note [An archive in parts]."""

    export: models.ForeignKey[PrivacyExport, PrivacyExport] = ordinary(
        models.ForeignKey("privacy.PrivacyExport", on_delete=models.CASCADE, related_name="parts", db_index=False)
    )
    position = ordinary(models.PositiveIntegerField())
    content = personal(models.BinaryField())
    expires_at = ordinary(models.DateTimeField())

    class Meta:
        db_table = "privacy_export_parts"
        constraints = [models.UniqueConstraint(fields=("export", "position"), name="privacy_export_part_once")]
        indexes = [models.Index(fields=("expires_at",), name="privacy_part_by_expiry")]

    def __str__(self) -> str:
        return f"part {self.position} of {self.export_id}"


@swept("expires_at", kept=timedelta(days=7))
@audited("privacy_export", unrecorded=("updated_at", "link_expires_at"))
class PrivacyExport(Record):
    """What somebody asked for. Only a keyed hash of the token in its link is kept."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.CASCADE, related_name="privacy_exports")
    )
    requested_by: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    )
    status = ordinary(models.CharField(max_length=10, choices=ExportStatus.choices, default=ExportStatus.PENDING.value))
    size = ordinary(models.BigIntegerField(default=0, help_text="Bytes of the archive."))
    link_hash = secret(models.CharField(max_length=64, default=""))
    link_expires_at = ordinary(models.DateTimeField(null=True))
    expires_at = ordinary(models.DateTimeField(help_text="When the archive goes."))

    class Meta:
        db_table = "privacy_exports"
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=("expires_at",), name="privacy_export_by_expiry")]
        constraints = [
            models.UniqueConstraint(
                fields=("user",), condition=Q(status=ExportStatus.PENDING), name="one_pending_export_per_person"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ExportStatus.values), name="privacy_export_is_in_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"Export of {self.user_id}"


class ErasureStatus(models.TextChoices):
    SCHEDULED = "scheduled", "Scheduled"
    RUNNING = "running", "Being done"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Called off"


#: It is not over: no export of the person begins, and no other erasure.
OPEN_ERASURES = (ErasureStatus.SCHEDULED.value, ErasureStatus.RUNNING.value)


@not_audited("that it was scheduled, called off and done is recorded as acts of their own")
class Erasure(Record):
    """Says that a person is erased on a day, or was. It names them by an id that leads to nobody afterwards."""

    user: models.ForeignKey[User, User] = personal(
        models.ForeignKey(User, on_delete=models.PROTECT, related_name="erasures")
    )
    requested_by: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    )
    status = ordinary(
        models.CharField(max_length=10, choices=ErasureStatus.choices, default=ErasureStatus.SCHEDULED.value)
    )
    due_at = ordinary(models.DateTimeField())
    erased_at = ordinary(models.DateTimeField(null=True))
    #: A signed note: see privacy/erasures/certificate.py.
    certificate = ordinary(models.TextField(default=""))

    class Meta:
        db_table = "erasures"
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("user",), condition=Q(status__in=OPEN_ERASURES), name="one_open_erasure_per_person"
            ),
            models.CheckConstraint(condition=Q(status__in=ErasureStatus.values), name="erasure_is_in_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"Erasure of {self.user_id}"


class ReportStatus(models.TextChoices):
    PENDING = "pending", "Being built"
    READY = "ready", "Ready to be taken"


@swept("expires_at", kept=timedelta(0))
@audited("compliance_report", unrecorded=("updated_at", "link_expires_at", "content"))
class ComplianceReport(Record):
    """A compliance report that somebody asked for, with its archive. Only a keyed hash of the token in its link is kept."""

    requested_by: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    )
    begins_at = ordinary(models.DateTimeField(help_text="The beginning of what is reported on."))
    ends_at = ordinary(models.DateTimeField(help_text="Its end."))
    status = ordinary(models.CharField(max_length=10, choices=ReportStatus.choices, default=ReportStatus.PENDING.value))
    size = ordinary(models.BigIntegerField(default=0, help_text="Bytes of the archive."))
    #: A few hundred kilobytes at most: see MOST_ROWS in privacy/compliance/control.py.
    content = personal(models.BinaryField(default=b""))
    link_hash = secret(models.CharField(max_length=64, default=""))
    link_expires_at = ordinary(models.DateTimeField(null=True))
    expires_at = ordinary(models.DateTimeField(help_text="When the report goes."))

    class Meta:
        db_table = "compliance_reports"
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=("expires_at",), name="compliance_report_by_expiry"),
            models.Index(fields=("-created_at", "-id"), name="compliance_report_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("requested_by",), condition=Q(status=ReportStatus.PENDING), name="one_pending_report_per_person"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReportStatus.values), name="compliance_report_is_in_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"Report on {self.begins_at:%d %b %Y} to {self.ends_at:%d %b %Y}"
