"""Agent: an AI agent that acts on behalf of a person, its owner, and its key (`wxa_`); what it may do, and how far."""

# Note [On behalf of]
# An agent has no rights of its own. It acts for its owner, and may use of what they hold at that moment what its scopes name:
# whoever demotes or removes the owner has done so to the agent. So to the code of an act the person who asks is the owner,
# restricted (`User.restricted_to`), and what is made is theirs; to the trail it is the agent, on their behalf.

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.models.api_key import KeyHolder
from audit.registry import audited
from workix.core.apps import agent_scopes
from workix.core.classification import ordinary, personal
from workix.core.current import Actor
from workix.core.models import SingleLineField, not_imported, swept

#: What every agent may do for an owner who may: say what its runs cost.
ALWAYS = frozenset({"agents:report"})


class Mode(models.TextChoices):
    """How far an agent is let: it tries, it asks, or it acts."""

    SANDBOX = "sandbox", "Sandbox: dry runs only"
    SUPERVISED = "supervised", "Supervised: risky acts wait for approval"
    LIVE = "live", "Live: acts by itself"


class AgentManager(models.Manager["Agent"]):
    """Agents that nobody has removed."""

    def get_queryset(self) -> models.QuerySet[Agent]:
        return super().get_queryset().filter(deleted_at__isnull=True)


@not_imported("its key is of the organization it was made in, and lets it in")
@swept("deleted_at", kept=timedelta(days=365))
@audited("agent", unrecorded=("last_used_at", "spent_units", "updated_at"))
class Agent(KeyHolder):
    """Who acts on behalf of a person. See Note [On behalf of], and Note [One row, two keys] in accounts/models/api_key.py."""

    owner: models.ForeignKey[User | None, User | None] = personal(
        models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="agents")
    )
    #: What it is for, in the words of its owner.
    purpose = ordinary(SingleLineField(max_length=500))
    #: What its owner says it runs on: to be read, and nothing else.
    model_label = ordinary(SingleLineField(max_length=100, default="", blank=True))
    mode = ordinary(models.CharField(max_length=10, choices=Mode.choices, default=Mode.SANDBOX.value))
    stopped_at = ordinary(models.DateTimeField(null=True, editable=False))
    #: Why, in the words of who stopped it.
    stop_reason = ordinary(SingleLineField(max_length=500, default="", blank=True, editable=False))

    #: Calls to the API in an hour; no limit, where there is none.
    calls_per_hour = ordinary(models.PositiveIntegerField(null=True, blank=True))
    #: Things it may delete in a day.
    deletions_per_day = ordinary(models.PositiveIntegerField(null=True, blank=True))
    #: Percent of each quota of the organization that it may use.
    quota_share = ordinary(
        models.PositiveSmallIntegerField(
            null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
        )
    )
    #: Units of cost that it may spend, and those that its runtime has reported.
    budget_units = ordinary(models.PositiveBigIntegerField(null=True, blank=True))
    spent_units = ordinary(models.PositiveBigIntegerField(default=0, editable=False))

    objects = AgentManager()
    with_removed = models.Manager()

    class Meta:
        db_table = "agents"
        ordering = ("-created_at", "-id")
        indexes = [
            models.Index(fields=("deleted_at",), name="agent_by_end"),
            models.Index(fields=("owner", "-created_at"), name="agent_by_owner"),
        ]
        constraints = [
            models.UniqueConstraint(fields=("key_hash",), name="agent_key_once"),
            models.UniqueConstraint(fields=("previous_hash",), name="previous_agent_key_once"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="agent_has_a_known_mode"),
            models.CheckConstraint(condition=Q(quota_share__range=(1, 100)), name="agent_share_is_a_percentage"),
        ]

    @property
    def granted_scopes(self) -> frozenset[str]:
        """What it may use of its owner's permissions, as far as agents may use them at all."""
        return _granted(self.scopes)

    @property
    def usable(self) -> frozenset[str]:
        """What it may use of its owner's permissions with what every agent may, which nobody has to choose."""
        return self.granted_scopes | ALWAYS

    def as_actor(self) -> Actor:
        """Return who this is to the trail."""
        on_behalf_of, share = self.owner_id, self.quota_share
        return Actor("agent", self.id, self.name, on_behalf_of, scopes=self.usable, quota_share=share)


@lru_cache(maxsize=4_096)
def _granted(scopes: str) -> frozenset[str]:
    return frozenset(scopes.split()) & agent_scopes()
