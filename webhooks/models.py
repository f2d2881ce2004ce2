"""WebhookEndpoint: where an organization's trail is streamed to, and how far it got (position, failures, back-off)."""

# Note [A position, and no queue]
# What is to be delivered is in the trail already, in an order that never changes: that of the leaves of its Merkle tree. So an
# endpoint keeps one number, the index of the next leaf it is sent. Nothing is queued, so nothing grows while an endpoint is away,
# nothing that was swept is missed, and a replay is another number.

from __future__ import annotations

from django.db import models

from audit.registry import audited
from workix.core.classification import ordinary, secret
from workix.core.models import Record, SingleLineField, not_imported
from workix.web.outgoing import LONGEST_URL

LONGEST_FAILURE = 200
#: What a delivery writes about itself. Were it recorded, each delivery would be an entry to deliver.
_PROGRESS = (
    *("position", "failures", "failing_since", "next_attempt_at", "last_failure", "last_failed_at"),
    *("last_delivered_at", "recent_attempts", "leased_until", "paused_at", "updated_at"),
)


class State(models.TextChoices):
    ACTIVE = "active", "Active"
    FAILING = "failing", "Failing"
    PAUSED = "paused", "Paused"
    DISABLED = "disabled", "Disabled"


@not_imported("its secret does not leave the platform, and its position is one in the former trail")
@audited("webhook", unrecorded=_PROGRESS, named_by=("description",))
class WebhookEndpoint(Record):
    """An HTTPS endpoint that is sent each entry of the trail. See Note [A position, and no queue]."""

    url = ordinary(models.CharField(max_length=LONGEST_URL))
    description = ordinary(SingleLineField(max_length=100, blank=True, default=""))
    is_enabled = ordinary(models.BooleanField(default=True))
    #: See Note [The secret of an endpoint] in webhooks/endpoint_secrets.py.
    encrypted_secret = secret(models.TextField())
    previous_secret = secret(models.TextField(default="", blank=True))
    previous_expires_at = ordinary(models.DateTimeField(null=True))
    #: The index of the next leaf it is sent.
    position = ordinary(models.BigIntegerField())
    #: In a row, since `failing_since`.
    failures = ordinary(models.PositiveIntegerField(default=0))
    failing_since = ordinary(models.DateTimeField(null=True))
    next_attempt_at = ordinary(models.DateTimeField(null=True))
    paused_at = ordinary(models.DateTimeField(null=True))
    last_failure = ordinary(models.CharField(max_length=LONGEST_FAILURE, default="", blank=True))
    last_failed_at = ordinary(models.DateTimeField(null=True))
    last_delivered_at = ordinary(models.DateTimeField(null=True))
    #: The last few, the newest first, as GET /webhooks/{id}/deliveries/ shows them.
    recent_attempts = ordinary(models.JSONField(default=list))
    #: Until when one job delivers and no other. See Note [One at a time] in webhooks/delivery.py.
    leased_until = ordinary(models.DateTimeField(null=True))

    class Meta:
        db_table = "webhook_endpoints"
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(position__gte=0), name="webhook_is_somewhere_in_the_trail"),
        ]

    def __str__(self) -> str:
        return self.description or self.url

    @property
    def state(self) -> State:
        """What it does now."""
        if not self.is_enabled:
            return State.DISABLED
        if self.paused_at is not None:
            return State.PAUSED
        return State.FAILING if self.failures else State.ACTIVE
