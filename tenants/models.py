"""Organization, Domain, and the other models of `public` about them."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q, Value

from tenants.isolation.evidence.models import IsolationProof  # noqa: F401  # a model of this app, for Django to find
from tenants.plans import LIMITS, Plan
from tenants.slugs import SANDBOX_PREFIX, schema_of
from workix.config.origins import LONGEST_ORIGIN, MOST_ORIGINS
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, SingleLineField, SoftDeletion, uuid7
from workix.web.networks import LONGEST_NETWORK, MOST_NETWORKS


class Status(models.TextChoices):
    PENDING = "pending", "Waiting for confirmation"
    ACTIVE = "active", "Active"
    SUSPENDED = "suspended", "Suspended"


#: A list as workix.config.origins writes it: nothing that any other header, or another origin, could be made of.
_ORIGINS = rf"^(https?://[][a-z0-9.:-]+( https?://[][a-z0-9.:-]+){{0,{MOST_ORIGINS - 1}}})?$"
#: How long a sandbox lasts at most.
LONGEST_SANDBOX = timedelta(hours=24)
_NETWORKS = rf"^([0-9a-f.:]+/[0-9]+( [0-9a-f.:]+/[0-9]+){{0,{MOST_NETWORKS - 1}}})?$"


class Organization(Record, SoftDeletion):
    """The customer. Its data lives in the schema `schema_name`, reached by the role of the same name."""

    name = ordinary(SingleLineField(max_length=255))
    slug = ordinary(models.SlugField(max_length=100, unique=True, db_index=False))
    plan = ordinary(models.CharField(max_length=20, choices=Plan.choices, default=Plan.FREE))
    status = ordinary(models.CharField(max_length=20, choices=Status.choices, default=Status.PENDING))
    max_users = ordinary(models.PositiveIntegerField(default=LIMITS[Plan.FREE].users))
    max_pipelines = ordinary(models.PositiveIntegerField(default=LIMITS[Plan.FREE].pipelines))
    max_executions_per_month = ordinary(models.PositiveIntegerField(default=LIMITS[Plan.FREE].executions))
    schema_name = ordinary(models.CharField(max_length=63, unique=True, db_index=False, editable=False))
    credential_version = ordinary(models.PositiveIntegerField(default=1, editable=False))
    removal_due_at = ordinary(models.DateTimeField(null=True, editable=False))
    #: Whose pages may call the API on this organization's own host (CORS), separated by blanks.
    allowed_origins = ordinary(
        models.CharField(
            max_length=MOST_ORIGINS * (LONGEST_ORIGIN + 1), default="", db_default="", blank=True, editable=False
        )
    )
    #: From where its people and keys are let in (CIDR), separated by blanks; nothing is everywhere.
    allowed_networks = ordinary(
        models.CharField(
            max_length=MOST_NETWORKS * (LONGEST_NETWORK + 1), default="", db_default="", blank=True, editable=False
        )
    )
    #: Whether its people may switch to and from other organizations that allow it. See Note [Switching] in the accounts app.
    allows_switching = ordinary(models.BooleanField(default=False, db_default=False, editable=False))
    #: From how much of a limit on its admins are warned; 100 is at the limit only.
    quota_warning_percent = ordinary(models.PositiveSmallIntegerField(default=80, db_default=80, editable=False))
    #: When a sandbox ends; null is no sandbox. See Note [Sandboxes] in tenants/sandboxes/opening.py.
    sandbox_expires_at = ordinary(models.DateTimeField(null=True, editable=False))
    is_active = ordinary(
        models.GeneratedField(
            expression=models.Case(
                models.When(Q(status=Status.ACTIVE) & Q(deleted_at__isnull=True), then=Value(True)),
                default=Value(False),
            ),
            output_field=models.BooleanField(),
            db_persist=True,
        )
    )

    class Meta:
        db_table = "organizations"
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(plan__in=Plan.values), name="organization_has_a_known_plan"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="organization_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(allowed_origins__regex=_ORIGINS), name="organization_allows_known_origins"
            ),
            models.CheckConstraint(
                condition=Q(allowed_networks__regex=_NETWORKS), name="organization_allows_known_networks"
            ),
            models.CheckConstraint(
                condition=Q(quota_warning_percent__range=(1, 100)), name="organization_is_warned_at_a_percentage"
            ),
            models.CheckConstraint(
                condition=Q(sandbox_expires_at__isnull=True)
                | Q(
                    slug__startswith=SANDBOX_PREFIX,
                    plan=Plan.FREE,
                    sandbox_expires_at__lte=F("created_at") + Value(LONGEST_SANDBOX),
                ),
                name="sandbox_is_free_and_ends_within_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=("sandbox_expires_at",),
                condition=Q(sandbox_expires_at__isnull=False),
                name="sandboxes_by_their_end",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sandbox(self) -> bool:
        """Whether it ends by itself. See Note [Sandboxes] in tenants/sandboxes/opening.py."""
        return self.sandbox_expires_at is not None

    def limits(self) -> dict[str, int]:
        """What the organization is entitled to, by resource."""
        return {
            "users": self.max_users,
            "pipelines": self.max_pipelines,
            "executions": self.max_executions_per_month,
        }

    def get_primary_domain(self) -> Domain | None:
        """Find the host people know it by. Asked by that name in code written for django-tenants."""
        return self.domains.filter(is_primary=True).first()

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.schema_name:
            self.schema_name = schema_of(self.id)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class Domain(Record):
    """A host name that leads to an organization."""

    organization: models.ForeignKey[Organization, Organization] = ordinary(
        models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="domains")
    )
    host = ordinary(models.CharField(max_length=253, unique=True, db_index=False))
    is_primary = ordinary(models.BooleanField(default=True))

    class Meta:
        db_table = "domains"
        ordering = ("host",)
        constraints = [
            models.CheckConstraint(condition=Q(host=models.functions.Lower(F("host"))), name="host_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.host

    @property
    def domain(self) -> str:
        """The host, by the name django-tenants has for it."""
        return self.host

    @property
    def tenant(self) -> Organization:
        """The organization, by the name django-tenants has for it."""
        return self.organization


class EmailIndexEntry(models.Model):
    """Says that somebody with this address (a keyed hash, never the address) may log in to an organization."""

    id = ordinary(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    address_hash = personal(models.CharField(max_length=64))
    organization_id = ordinary(models.UUIDField())

    class Meta:
        db_table = "email_index"
        constraints = [
            models.UniqueConstraint(fields=("address_hash", "organization_id"), name="address_once_per_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.address_hash[:8]}… at {self.organization_id}"


class SignedCallKey(models.Model):
    """The key that signed calls are checked with, in its two padded forms (HMAC). One row, which the owner alone can read."""

    id = ordinary(models.PositiveSmallIntegerField(primary_key=True, default=1))
    inner_key = secret(models.BinaryField())
    outer_key = secret(models.BinaryField())

    class Meta:
        db_table = "signed_call_key"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_signed_call_key")]

    def __str__(self) -> str:
        return "the key of signed calls"


class KnownJob(models.Model):
    """A job that an organization's own role may enqueue, with its queue. Written by the owner alone."""

    id = ordinary(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    name = ordinary(models.CharField(max_length=128))
    queue = ordinary(models.CharField(max_length=64))

    class Meta:
        db_table = "known_jobs"
        constraints = [models.UniqueConstraint(fields=("name", "queue"), name="known_job_once")]

    def __str__(self) -> str:
        return f"{self.name} in {self.queue}"


class AuditArrival(models.Model):
    """An entry of an organization's trail that waits for its place in the Merkle tree. Noted by the trail's trigger."""

    entry_id = ordinary(models.UUIDField(primary_key=True))
    organization_id = ordinary(models.UUIDField())
    noted_at = ordinary(models.DateTimeField(db_default=models.Func(function="clock_timestamp")))

    class Meta:
        db_table = "audit_arrivals"
        indexes = [models.Index(fields=("organization_id", "noted_at"), name="arrivals_in_turn")]

    def __str__(self) -> str:
        return f"entry {self.entry_id} of {self.organization_id}"


class CheckpointPublication(models.Model):
    """How far a trail is signed, and how far WORKIX_CHECKPOINT_WEBHOOK took its checkpoints. Both are numbers of entries."""

    organization_id = ordinary(models.UUIDField(primary_key=True))
    published = ordinary(models.BigIntegerField())
    signed = ordinary(models.BigIntegerField())
    #: When the oldest of those that wait was signed.
    waiting_since = ordinary(models.DateTimeField())
    #: In a row.
    failures = ordinary(models.PositiveIntegerField(default=0, db_default=0))
    next_attempt_at = ordinary(models.DateTimeField(null=True))

    class Meta:
        db_table = "checkpoint_publications"
        indexes = [
            models.Index(
                fields=("waiting_since",), condition=Q(signed__gt=models.F("published")), name="publications_that_wait"
            )
        ]

    def __str__(self) -> str:
        return f"{self.published} of {self.signed} entries of {self.organization_id}"


class SchemaTemplate(models.Model):
    """The newest snapshot of an empty tenant schema. One row."""

    id = ordinary(models.PositiveSmallIntegerField(primary_key=True, default=1))
    fingerprint = ordinary(models.CharField(max_length=64))
    script = ordinary(models.TextField())
    taken_at = ordinary(models.DateTimeField(auto_now=True))

    class Meta:
        db_table = "schema_template"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_schema_template")]

    def __str__(self) -> str:
        return self.fingerprint


class FailedRollOut(models.Model):
    """An organization whose schema the last roll-out that looked at it could not bring up. Written by the owner alone."""

    organization_id = ordinary(models.UUIDField(primary_key=True))
    failed_at = ordinary(models.DateTimeField())

    class Meta:
        db_table = "failed_roll_outs"

    def __str__(self) -> str:
        return f"roll-out to {self.organization_id}"
