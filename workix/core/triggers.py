"""Trigger: a CREATE TRIGGER, for each row or for each statement, that a decorator of a model asks for in every tenant schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.apps import apps
from django.db import models

#: What a trigger for each statement calls the rows as they were and as they are (transition tables).
OLD_ROWS, NEW_ROWS = "old_rows", "new_rows"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger on one table that executes `public.<function>(arguments)`; the function is called like it unless named.

    `events` is what follows AFTER, in the order PostgreSQL writes it. For each statement there is one event, as PostgreSQL
    hands transition tables to no other. `then` names a function of `public` that the owner calls once with schema, table
    and the same arguments, in the transaction that makes the trigger: for what was there before it. `in_public`: whether
    the table has it in `public` as well, where operators are. `when` is the condition, written as PostgreSQL keeps it.
    `replaces` names triggers of earlier releases that are dropped in the same transaction.
    """

    name: str
    arguments: tuple[str, ...] = ()
    events: str = "INSERT OR DELETE OR UPDATE"
    function: str = ""
    each: Literal["ROW", "STATEMENT"] = "ROW"
    timing: Literal["AFTER", "BEFORE"] = "AFTER"
    when: str = ""
    replaces: tuple[str, ...] = ()
    then: str = ""
    in_public: bool = True

    @property
    def executes(self) -> str:
        """The name of the function in `public`."""
        return self.function or self.name

    @property
    def moment(self) -> str:
        return f"{self.timing} {self.events}"

    @property
    def condition(self) -> str:
        """What stands between the table and the function."""
        tables = "" if self.each == "ROW" else f"REFERENCING {self._transition_tables} "
        return f"{tables}FOR EACH {self.each}" + (f" WHEN ({self.when})" if self.when else "")

    @property
    def _transition_tables(self) -> str:
        old = "" if self.events == "INSERT" else f"OLD TABLE AS {OLD_ROWS}"
        new = "" if self.events == "DELETE" else f"NEW TABLE AS {NEW_ROWS}"
        return f"{old} {new}".strip()


_DECLARED: dict[type[models.Model], list[Trigger]] = {}


def declare(model: type[models.Model], *triggers: Trigger) -> None:
    """Ask for triggers on the table of `model`, wherever a schema has it."""
    _DECLARED.setdefault(model, []).extend(triggers)


def declared_triggers() -> dict[str, list[Trigger]]:
    """Map each table of an installed model to the triggers it must have."""
    return {model._meta.db_table: _DECLARED[model] for model in apps.get_models() if model in _DECLARED}
