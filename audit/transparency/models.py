"""Leaf, Subtree, Checkpoint, Pruning: the Merkle tree over an organization's trail. Its own role reads them, and writes none."""

from __future__ import annotations

from django.db import models
from django.db.models import Func

from workix.core.classification import ordinary
from workix.core.models import not_audited, not_imported

_OF_THE_TRAIL = "it is derived from the trail, by a role of its own"


@not_audited(_OF_THE_TRAIL)
class Leaf(models.Model):
    """An entry's place in the order of arrival, and its hash (RFC 6962). It outlives the entry."""

    index = ordinary(models.BigIntegerField(primary_key=True))
    entry_id = ordinary(models.UUIDField(unique=True))
    #: To the personal columns, under the entry's salt. See Note [What a leaf is] in offline_verifier.py.
    commitment = ordinary(models.BinaryField())
    hash = ordinary(models.BinaryField())

    class Meta:
        db_table = "audit_leaves"

    def __str__(self) -> str:
        return f"leaf {self.index}"


@not_audited(_OF_THE_TRAIL)
class Subtree(models.Model):
    """The hash of a complete subtree of 256, 65,536, … leaves. See Note [Subtrees of 256] in audit/merkle.py."""

    pk = models.CompositePrimaryKey("level", "index")
    level = ordinary(models.SmallIntegerField())
    index = ordinary(models.BigIntegerField())
    hash = ordinary(models.BinaryField())

    class Meta:
        db_table = "audit_subtrees"

    def __str__(self) -> str:
        return f"subtree {self.index} of level {self.level}"


@not_audited(_OF_THE_TRAIL)
class Checkpoint(models.Model):
    """A signed tree head (C2SP tlog-checkpoint): nothing before it can be changed unseen."""

    id = ordinary(models.UUIDField(primary_key=True, db_default=Func(function="gen_random_uuid")))
    size = ordinary(models.BigIntegerField(unique=True))
    root = ordinary(models.BinaryField())
    note = ordinary(models.TextField())
    created_at = ordinary(models.DateTimeField(db_default=Func(function="clock_timestamp")))

    class Meta:
        db_table = "audit_checkpoints"
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=("-created_at", "-id"), name="checkpoint_by_time")]

    def __str__(self) -> str:
        return f"checkpoint of {self.size} entries"


@not_imported("it is a line in the former trail")
@not_audited("its entry in the trail is audit_log.pruned")
class Pruning(models.Model):
    """A signed line: of the entries before leaf `size` none has to be there any more (retention). Written by the owner alone."""

    id = ordinary(models.UUIDField(primary_key=True, db_default=Func(function="gen_random_uuid")))
    size = ordinary(models.BigIntegerField(unique=True))
    note = ordinary(models.TextField())
    #: What was pruned is from before this moment.
    older_than = ordinary(models.DateTimeField())
    created_at = ordinary(models.DateTimeField(db_default=Func(function="clock_timestamp")))

    class Meta:
        db_table = "audit_prunings"
        ordering = ("-size",)

    def __str__(self) -> str:
        return f"pruned up to leaf {self.size}"
