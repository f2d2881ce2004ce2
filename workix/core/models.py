"""Abstract models: Record (UUIDv7, timestamps), SoftDeletion (soft delete); and @not_audited, which excuses a model."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import models

from workix.core.classification import ordinary

ModelClass = TypeVar("ModelClass", bound=type[models.Model])

#: Model -> why its rows are not audited. What is, `audit.registry.audited` says.
NOT_AUDITED: dict[type[models.Model], str] = {}


def uuid7() -> uuid.UUID:
    """Make a time-ordered UUID (version 7).

    Source: RFC 9562, section 5.7: 48 bits of Unix milliseconds, then random bits.
    """
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


class Record(models.Model):
    """A row with an identity of its own and two timestamps."""

    id = ordinary(models.UUIDField(primary_key=True, default=uuid7, editable=False))
    created_at = ordinary(models.DateTimeField(auto_now_add=True, editable=False))
    updated_at = ordinary(models.DateTimeField(auto_now=True, editable=False))

    class Meta:
        abstract = True


class SoftDeletion(models.Model):
    """A row that is kept after it was removed, and is seen by nobody any more."""

    deleted_at = ordinary(models.DateTimeField(null=True, blank=True, editable=False))

    class Meta:
        abstract = True


def not_audited(because: str) -> Callable[[ModelClass], ModelClass]:
    """Excuse a model from the audit trail, with the reason; a house test asks for this or for `@audited`."""

    def register(model: ModelClass) -> ModelClass:
        NOT_AUDITED[model] = because
        return model

    return register
