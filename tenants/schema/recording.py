"""Recording of migrations: what Django's schema editor executes for each, and whether it may be executed elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, migrations
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations.migration import Migration
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED
from psycopg import ClientCursor, sql

from tenants.schema.template import for_nil

#: What they execute follows from the migrations, and from names that are in the catalogs.
_FOLLOWS_FROM_THE_CATALOGS = frozenset(
    (
        migrations.CreateModel,
        migrations.DeleteModel,
        migrations.RenameModel,
        migrations.AlterModelTable,
        migrations.AlterModelTableComment,
        migrations.AlterModelOptions,
        migrations.AlterModelManagers,
        migrations.AlterUniqueTogether,
        migrations.AlterIndexTogether,
        migrations.AlterOrderWithRespectTo,
        migrations.AddField,
        migrations.RemoveField,
        migrations.AlterField,
        migrations.RenameField,
        migrations.AddIndex,
        migrations.RemoveIndex,
        migrations.RenameIndex,
        migrations.AddConstraint,
        migrations.RemoveConstraint,
        migrations.RunSQL,
    )
)
#: They give the same whenever they are called.
_CONSTANT = (dict, list)

_LEDGER = sql.SQL("INSERT INTO django_migrations (app, name, applied) VALUES ({}, {}, now())")


@dataclass(frozen=True, slots=True)
class Step:
    """What one transaction executes, written for the nil organization."""

    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """All that one schema took to be up to date."""

    steps: tuple[Step, ...]

    def followed_by(self, statements: Sequence[str], organization_id: UUID) -> Recording:
        """Add a step more, if there is something to do in it."""
        written = tuple(for_nil(each, organization_id) for each in statements)
        return Recording((*self.steps, Step(written))) if written else self


class Recorder:
    """Listens to Django's executor and schema editor while one schema is migrated."""

    def __init__(self) -> None:
        self._executed: list[str] = []
        self._steps: dict[str, tuple[str, ...]] = {}
        self._may_be_replayed = True

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Have the connection make schema editors that tell what they execute."""
        connection.SchemaEditorClass = partial(_RecordingSchemaEditor, executed=self._executed)  # type: ignore[assignment]
        try:
            yield
        finally:
            del connection.SchemaEditorClass

    def on_progress(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        """Be told by the executor where a migration begins and ends."""
        if migration is None:
            return
        if action == "apply_start":
            self._executed.clear()
            self._may_be_replayed &= may_be_replayed(migration)
        elif action == "apply_success":
            row = _LEDGER.format(sql.Literal(migration.app_label), sql.Literal(migration.name)).as_string(None)
            self._steps[f"{migration.app_label}.{migration.name}"] = (*self._executed, row)

    def recording(self, organization_id: UUID, waiting: frozenset[str]) -> Recording | None:
        """Return what was recorded, if those that were waiting are in it, all of them, and it may be replayed."""
        if not self._may_be_replayed or self._steps.keys() != waiting:
            return None
        written = (tuple(for_nil(each, organization_id) for each in step) for step in self._steps.values())
        return Recording(tuple(map(Step, written)))


def may_be_replayed(migration: Migration) -> bool:
    """Say whether its SQL does in another schema what the migration would. See Note [Replaying migrations]."""
    return migration.atomic and not migration.replaces and all(map(_is_constant, migration.operations))


def _is_constant(operation: Operation) -> bool:
    if type(operation) is migrations.SeparateDatabaseAndState:
        return all(map(_is_constant, operation.database_operations))
    if type(operation) is migrations.RunPython:
        return operation.code is migrations.RunPython.noop
    default = getattr(getattr(operation, "field", None), "default", None)
    return type(operation) in _FOLLOWS_FROM_THE_CATALOGS and (default in _CONSTANT or not _is_called(default))


def _is_called(default: Any) -> bool:
    return callable(default) and default is not NOT_PROVIDED


class _RecordingSchemaEditor(DatabaseSchemaEditor):
    """Django's own, which also tells what it executes, with its parameters merged as it merges them."""

    def __init__(self, *args: Any, executed: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._told = executed

    def execute(self, sql: Any, params: Any = ()) -> None:
        merged = str(sql) if params is None else ClientCursor(self.connection.connection).mogrify(str(sql), params)
        super().execute(merged, None)
        self._told.append(merged)
