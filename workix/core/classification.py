"""Data classification: every column says where it is defined whether it is ordinary, personal or a secret."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from django.db import models

Column = TypeVar("Column", bound="models.Field[Any, Any]")


# Note [Classified relations]
# The types of a ForeignKey are worked out from the line that assigns it, which has to be plain for that. So a classified one
# says them itself: `user: models.ForeignKey[User, User] = personal(models.ForeignKey(User, …))`.


class Sensitivity(StrEnum):
    """What a column holds. Erasure and export go by PERSONAL; a SECRET is shown nowhere, the audit trail included."""

    ORDINARY = "ordinary"
    PERSONAL = "personal"
    SECRET = "secret"  # noqa: S105  # a kind, not a secret


def ordinary(field: Column) -> Column:
    """Mark a column that says nothing about a person."""
    return _classified(field, Sensitivity.ORDINARY)


def personal(field: Column) -> Column:
    """Mark a column that says something about a person, directly or through an id. When in doubt, it does."""
    return _classified(field, Sensitivity.PERSONAL)


def secret(field: Column) -> Column:
    """Mark a column that lets somebody in, or could: a hash of a password or token."""
    return _classified(field, Sensitivity.SECRET)


def find_sensitivity(field: models.Field[Any, Any]) -> Sensitivity | None:
    """Return what a column holds, where it says so."""
    return getattr(field, "sensitivity", None)


def _classified(field: Column, sensitivity: Sensitivity) -> Column:
    field.sensitivity = sensitivity  # type: ignore[attr-defined]  # ours; inherited with the field, in no migration
    return field
