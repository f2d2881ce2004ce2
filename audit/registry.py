"""@audited: put it on a model and every mutation is recorded, whatever path it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models


@dataclass(frozen=True, slots=True)
class Audited:
    """How the rows of one table show in the trail.

    `secret` columns show that they changed, never what they hold. A change of `unrecorded` columns alone
    is no act.
    """

    resource: str
    secret: tuple[str, ...] = ()
    unrecorded: tuple[str, ...] = ()


AUDITED: dict[type[models.Model], Audited] = {}
EXCUSED: dict[type[models.Model], str] = {}

ModelClass = TypeVar("ModelClass", bound=type[models.Model])


def audited(
    resource: str, *, secret: tuple[str, ...] = (), unrecorded: tuple[str, ...] = ("updated_at",)
) -> Callable[[ModelClass], ModelClass]:
    """Record every insert, update and delete of the model's table as `<resource>.created` and so on.

    Names are those of columns. See `audit/sql/audit_row_change.sql` for what does it.
    """

    def register(model: ModelClass) -> ModelClass:
        AUDITED[model] = Audited(resource, secret, unrecorded)
        return model

    return register


def not_audited(because: str) -> Callable[[ModelClass], ModelClass]:
    """Excuse a model, with the reason; a house test asks for one or the other."""

    def register(model: ModelClass) -> ModelClass:
        EXCUSED[model] = because
        return model

    return register
