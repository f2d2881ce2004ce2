"""Proposal: an act that an agent asked for and that waits for approval (supervised mode), or did; its body is encrypted."""

# Note [The states of a proposal]
# PENDING until somebody decides, or `expires_at` has come. Approved, it is done at once: EXECUTED, or FAILED where it was
# refused when it was done. Between the two it is APPROVED: so a process that died there leaves it, and an admin approves it once
# more. What would no longer do what was predicted is STALE; DROPPED is what was open when its agent was stopped or removed.
# Whatever is decided for good holds no body any more.

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from accounts.models import User
from agents.models.agent import Agent
from audit.registry import audited
from workix.core.classification import ordinary, personal, secret
from workix.core.models import Record, SingleLineField, not_imported, swept

LIFETIME = timedelta(hours=72)
LONGEST_WORD = 500


class Status(models.TextChoices):
    """See Note [The states of a proposal]."""

    PENDING = "pending", "Waits for approval"
    APPROVED = "approved", "Approved, not done yet"
    EXECUTED = "executed", "Approved and done"
    FAILED = "failed", "Approved, refused when it was done"
    REFUSED = "refused", "Refused"
    EXPIRED = "expired", "Expired"
    STALE = "stale", "Out of date"
    DROPPED = "dropped", "Dropped, since its agent was stopped"


#: What can still be done.
OPEN = (Status.PENDING, Status.APPROVED)

#: What would be the same twice in the trail, or says nothing in it.
_SILENT = ("updated_at", "query", "changes", "idempotency_key", "call_key", "fingerprint", "claimed_until")


@not_imported("its body does not leave the platform, and its agent does not come with it")
@swept("created_at", kept=timedelta(days=180))
@audited("proposal", unrecorded=_SILENT, named_by=("method", "path"))
class Proposal(Record):
    """An act, with the very bytes of its request. See Note [The states of a proposal]."""

    agent: models.ForeignKey[Agent, Agent] = ordinary(
        models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="proposals", db_index=False)
    )
    method = ordinary(models.CharField(max_length=10))
    path = personal(models.TextField())
    query = personal(models.TextField(default="", blank=True))
    content_type = ordinary(models.TextField(default="", blank=True))
    #: See Note [The body of a proposal] in agents/proposals/bodies.py.
    encrypted_body = secret(models.TextField(default="", blank=True))
    idempotency_key = ordinary(models.TextField(default="", blank=True))
    #: Keyed hashes: of the key its agent gave, or else of the call; and of the call.
    call_key = ordinary(models.CharField(max_length=64))
    fingerprint = ordinary(models.CharField(max_length=64))
    reason = personal(models.CharField(max_length=500, default="", blank=True))
    #: What the agent calls its run and the step in it, if it does.
    run_id = ordinary(models.CharField(max_length=64, default="", blank=True))
    step_id = ordinary(models.CharField(max_length=64, default="", blank=True))
    #: What the dry run said would change, as it writes it.
    changes = personal(models.JSONField())
    #: Which rules it matched, with how many changes.
    why = ordinary(models.JSONField())

    status = ordinary(models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING.value))
    expires_at = ordinary(models.DateTimeField())
    decided_by: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    )
    decided_at = ordinary(models.DateTimeField(null=True))
    #: Why it was decided so, by whoever did; or what became of it.
    word = ordinary(SingleLineField(max_length=LONGEST_WORD, default="", blank=True))
    #: Until when one request does it, and no other.
    claimed_until = ordinary(models.DateTimeField(null=True))
    answer_status = ordinary(models.PositiveSmallIntegerField(null=True))

    class Meta:
        db_table = "proposals"
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=("created_at",), name="proposal_by_time"),
            models.Index(fields=("agent", "status", "-created_at"), name="proposal_by_agent"),
            models.Index(fields=("status", "-created_at"), name="proposal_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("agent", "call_key"), condition=Q(status__in=OPEN), name="one_open_proposal_per_call"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="proposal_has_a_known_status"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN) | Q(encrypted_body=""), name="decided_proposal_has_no_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def status_at(self, now: datetime) -> Status:
        """Say how it stands: nobody has to note that its time is over."""
        if self.status == Status.PENDING and self.is_over(now):
            return Status.EXPIRED
        return Status(self.status)

    def is_over(self, now: datetime) -> bool:
        """Say whether nobody can decide on it any more, or take up what a crash left, and nobody does it."""
        is_being_done = self.claimed_until is not None and self.claimed_until > now
        return self.expires_at <= now and not is_being_done

    @property
    def request_id(self) -> str:
        """Return the request id of what it does. No client can send one with a colon, so none passes for approved."""
        return f"proposal:{self.id}"
