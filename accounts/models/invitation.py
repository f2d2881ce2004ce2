"""Invitation: an address that may become a person of the organization, until it is accepted, withdrawn or over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models.user import ROLES, User
from audit.registry import audited
from quotas.counted import counted
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, SingleLineField, swept
from workix.core.permissions import Role


class Status(models.TextChoices):
    PENDING = "pending", "Pending"
    ACCEPTED = "accepted", "Accepted"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


STATUSES = Status.choices
_PENDING = Q(status=Status.PENDING)
_ENDED = Q(status__in=[Status.ACCEPTED, Status.WITHDRAWN, Status.EXPIRED])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """What is over is expired, whether anybody has written that down yet or not: see `Invitation.state_at`."""

    def pending(self, *, now: datetime) -> InvitationQuerySet:
        """Find those that can be accepted."""
        return self.filter(_PENDING, expires_at__gt=now)

    def in_state(self, status: str, *, now: datetime) -> InvitationQuerySet:
        """Find those that are in one state."""
        if status == Status.PENDING:
            return self.pending(now=now)
        if status == Status.EXPIRED:
            return self.filter(Q(status=Status.EXPIRED) | _PENDING & Q(expires_at__lte=now))
        return self.filter(status=status)


@swept("ended_at", kept=timedelta(days=90))
@audited("invitation", unrecorded=("updated_at", "token_hash", "mailbox_proof", "sent_at"))
@counted("users", until="ended_at")
class Invitation(Record):
    """Counts as a person until it ends. Only a keyed hash of its link's token is kept, from when the mail is written."""

    email = personal(models.EmailField(max_length=255))
    first_name = personal(SingleLineField(max_length=100, blank=True, default=""))
    last_name = personal(SingleLineField(max_length=100, blank=True, default=""))
    role = ordinary(models.CharField(max_length=10, choices=ROLES, default=Role.USER.value))
    status = ordinary(models.CharField(max_length=10, choices=STATUSES, default=Status.PENDING.value))
    invited_by: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    )
    token_hash = secret(models.CharField(max_length=64, default="", help_text="Empty until the mail is sent."))
    #: See Note [Whose password it is] in accounts/tokens/mailbox_proofs.py.
    mailbox_proof = secret(models.CharField(max_length=64, default="", db_default="", editable=False))
    expires_at = ordinary(models.DateTimeField())
    sent_at = ordinary(models.DateTimeField("sent", null=True))
    ended_at = ordinary(models.DateTimeField(null=True))

    objects = InvitationQuerySet.as_manager()

    class Meta:
        db_table = "invitations"
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=("created_at", "id"), name="invitation_by_time"),
            models.Index(fields=("status", "created_at", "id"), name="invitation_by_status"),
            models.Index(fields=("ended_at",), name="invitation_by_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("email",), condition=Q(ended_at__isnull=True), name="invitation_once_per_address"
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="invitation_has_a_known_role"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_is_lower_case"),
            models.CheckConstraint(
                condition=_PENDING & Q(ended_at__isnull=True) | _ENDED & Q(ended_at__isnull=False),
                name="invitation_is_pending_or_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def state_at(self, now: datetime) -> Status:
        """Say what it is now. It expires at its time, not when somebody comes to write that down."""
        is_over = self.status == Status.PENDING and self.expires_at <= now
        return Status.EXPIRED if is_over else Status(self.status)
