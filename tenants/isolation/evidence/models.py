"""IsolationProof: what a proof of isolation tried, and what came of it; a model of `public`."""

from __future__ import annotations

from django.db import models

from workix.core.classification import ordinary
from workix.core.models import uuid7


class IsolationProof(models.Model):
    """A run of `manage.py prove_isolation`: what was tried, and what came of it. Written by the owner alone."""

    class Outcome(models.TextChoices):
        RUNNING = "running", "Runs, or was killed"
        HELD = "held", "Isolation holds"
        BROKEN = "broken", "Isolation is broken"
        CUT_SHORT = "cut_short", "Cut short"

    id = ordinary(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    started_at = ordinary(models.DateTimeField())
    finished_at = ordinary(models.DateTimeField(null=True))
    #: The release that tried, and the server it tried on, as `server_version_num` says it.
    version = ordinary(models.CharField(max_length=64))
    server_version = ordinary(models.PositiveIntegerField(default=0, db_default=0))
    attacks = ordinary(models.PositiveIntegerField(default=0, db_default=0))
    refused = ordinary(models.PositiveIntegerField(default=0, db_default=0))
    #: What succeeded as it is known to, and why it can't be closed.
    known = ordinary(models.PositiveIntegerField(default=0, db_default=0))
    outcome = ordinary(
        models.CharField(max_length=16, choices=Outcome.choices, default=Outcome.RUNNING, db_default=Outcome.RUNNING)
    )
    #: The two organizations that it opens, and removes.
    attacker_id = ordinary(models.UUIDField())
    attacked_id = ordinary(models.UUIDField())
    #: Whether they are gone.
    is_cleared = ordinary(models.BooleanField(default=False, db_default=False))

    class Meta:
        db_table = "isolation_proofs"

    def __str__(self) -> str:
        return f"proof of {self.started_at:%Y-%m-%d}: {self.outcome}"

    @classmethod
    def last_verdict(cls) -> IsolationProof | None:
        """Return the newest that came to one."""
        verdicts = (cls.Outcome.HELD, cls.Outcome.BROKEN)
        return cls.objects.filter(outcome__in=verdicts).order_by("-finished_at").first()

    @property
    def succeeded(self) -> int:
        """How many attacks succeeded that nobody can excuse."""
        return self.attacks - self.refused - self.known
