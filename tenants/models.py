"""Organization, Domain, and the other models of `public` about them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value

from tenants.plans import LIMITS, Plan
from tenants.slugs import schema_of
from workix.core.models import Record, SoftDeletion, uuid7


class Status(models.TextChoices):
    PENDING = "pending", "Waiting for confirmation"
    ACTIVE = "active", "Active"
    SUSPENDED = "suspended", "Suspended"


class Organization(Record, SoftDeletion):
    """The customer. Its data lives in the schema `schema_name`, reached by the role of the same name."""

    name = models.CharField(max_length=255)
    slug = models.SlugField(max_length=100, unique=True, db_index=False)
    plan = models.CharField(max_length=20, choices=Plan.choices, default=Plan.FREE)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PENDING)
    max_users = models.PositiveIntegerField(default=LIMITS[Plan.FREE].users)
    max_pipelines = models.PositiveIntegerField(default=LIMITS[Plan.FREE].pipelines)
    max_executions_per_month = models.PositiveIntegerField(default=LIMITS[Plan.FREE].executions)
    schema_name = models.CharField(max_length=63, unique=True, db_index=False, editable=False)
    credential_version = models.PositiveIntegerField(default=1, editable=False)
    removal_due_at = models.DateTimeField(null=True, editable=False)
    is_active = models.GeneratedField(
        expression=models.Case(
            models.When(Q(status=Status.ACTIVE) & Q(deleted_at__isnull=True), then=Value(True)),
            default=Value(False),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        db_table = "organizations"
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(plan__in=Plan.values), name="organization_has_a_known_plan"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="organization_has_a_known_status"),
        ]

    def __str__(self) -> str:
        return self.name

    def limits(self) -> dict[str, int]:
        """What the organization is entitled to, by resource."""
        return {
            "users": self.max_users,
            "pipelines": self.max_pipelines,
            "executions": self.max_executions_per_month,
        }

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.schema_name:
            self.schema_name = schema_of(self.id)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class Domain(Record):
    """A host name that leads to an organization."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="domains")
    host = models.CharField(max_length=253, unique=True, db_index=False)
    is_primary = models.BooleanField(default=True)

    class Meta:
        db_table = "domains"
        ordering = ("host",)
        constraints = [
            models.CheckConstraint(condition=Q(host=models.functions.Lower(F("host"))), name="host_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.host


class EmailIndexEntry(models.Model):
    """Says that somebody with this address (a keyed hash, never the address) may log in to an organization."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address_hash = models.CharField(max_length=64)
    organization_id = models.UUIDField()

    class Meta:
        db_table = "email_index"
        constraints = [
            models.UniqueConstraint(fields=("address_hash", "organization_id"), name="address_once_per_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]}… at {self.organization_id}"


class SignedCallKey(models.Model):
    """The key that signed calls are checked with, in its two padded forms (HMAC). One row, which the owner alone can read."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    inner_key = models.BinaryField()
    outer_key = models.BinaryField()

    class Meta:
        db_table = "signed_call_key"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_signed_call_key")]

    def __str__(self) -> str:
        return "the key of signed calls"


class SchemaTemplate(models.Model):
    """The newest snapshot of an empty tenant schema. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    fingerprint = models.CharField(max_length=64)
    script = models.TextField()
    taken_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "schema_template"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_schema_template")]

    def __str__(self) -> str:
        return self.fingerprint
