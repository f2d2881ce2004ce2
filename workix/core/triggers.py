"""RowTrigger: a CREATE TRIGGER … FOR EACH ROW that a decorator of a model asks for, in every tenant schema."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import models


@dataclass(frozen=True, slots=True)
class RowTrigger:
    """A trigger on one table, after each row, that executes `public.<name>(arguments)`.

    `events` is what follows AFTER, in the order PostgreSQL writes it. `then` names a function of `public` that the owner
    calls once with schema, table and the same arguments, in the transaction that makes the trigger: for what was there
    before it. `in_public`: whether the table has it in `public` as well, where operators are.
    """

    name: str
    arguments: tuple[str, ...] = ()
    events: str = "INSERT OR DELETE OR UPDATE"
    then: str = ""
    in_public: bool = True


_DECLARED: dict[type[models.Model], list[RowTrigger]] = {}


def declare(model: type[models.Model], trigger: RowTrigger) -> None:
    """Ask for a trigger on the table of `model`, wherever a schema has it."""
    _DECLARED.setdefault(model, []).append(trigger)


def declared_triggers() -> dict[str, list[RowTrigger]]:
    """Map each table of an installed model to the triggers it must have."""
    return {model._meta.db_table: _DECLARED[model] for model in apps.get_models() if model in _DECLARED}
