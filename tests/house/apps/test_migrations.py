"""Every migration can be taken back and applied again, over rows that are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from psycopg import sql

from tenants.isolation.owner import acting_as_owner
from tests.database import superuser
from tests.house.rule import assert_kept
from tests.house.sources import of_the_project

SCRATCH = "scratch"
APPS = {app.label for app in of_the_project()}
OURS = [name for name in sorted(MigrationLoader(None).graph.nodes) if name[0] in APPS]


def test_the_models_have_every_migration(database: None) -> None:
    said = StringIO()
    with suppress(SystemExit):  # how the command says that there are some
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert_kept(
        "every change of a model has a migration",
        [] if said.getvalue() == "No changes detected\n" else said.getvalue().splitlines(),
        mend="manage.py makemigrations <app> --name <what_it_does>",
    )


@pytest.mark.requirement("S27")
@pytest.mark.parametrize("migration", OURS, ids=".".join)
def test_a_migration_goes_back_and_forth_on_filled_tables(database: None, migration: tuple[str, str]) -> None:
    with _scratch_schema():
        first = _executor()
        first.migrate([migration])
        before, tables = _columns(), _fill(first, migration)
        _executor().migrate(_parents_of(migration))
        _executor().migrate([migration])
        assert _columns() == before
        assert tables


@contextmanager
def _scratch_schema() -> Iterator[None]:
    """Make a schema that counts as nobody's, where every app may be migrated: the router would keep some out."""
    with superuser() as behind:
        owner = sql.Identifier(settings.WORKIX.database_url.user)
        behind.execute(sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(sql.Identifier(SCRATCH), owner))
        try:
            with acting_as_owner(SCRATCH), pytest.MonkeyPatch.context() as patch:
                patch.setattr(settings, "TENANT_APPS", settings.INSTALLED_APPS)
                yield
        finally:
            behind.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(SCRATCH)))


def _executor() -> MigrationExecutor:
    return MigrationExecutor(connection)


def _parents_of(migration: tuple[str, str]) -> list[tuple[str, str | None]]:
    """Name what to migrate back to: the migration before it in its app, or none."""
    node = _executor().loader.graph.node_map[migration]
    before = [parent.key for parent in node.parents if parent.key[0] == migration[0]]
    return list(before) or [(migration[0], None)]


def _columns() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
            " WHERE table_schema = %s ORDER BY table_name, ordinal_position",
            [SCRATCH],
        )
        return cursor.fetchall()


def _fill(executor: MigrationExecutor, migration: tuple[str, str]) -> list[str]:
    """Put a row into every table of the app as it is at `migration`, and into those they point to; return their names."""
    state = executor.loader.project_state([migration])
    made: dict[str, models.Model] = {}
    there = {model._meta.label: model for model in state.apps.get_models()}
    waiting = [model for model in there.values() if model._meta.app_label == migration[0]]
    for model in waiting:  # it grows meanwhile
        waiting.extend(there[label] for label in _needed_by(model) if there[label] not in waiting)
    while waiting:
        model = next(each for each in waiting if all(label in made for label in _needed_by(each)))
        made[model._meta.label] = model._base_manager.create(**_values(model, made))
        waiting.remove(model)
    return [each._meta.db_table for each in made.values()]


def _needed_by(model: type[models.Model]) -> list[str]:
    return [
        field.related_model._meta.label
        for field in model._meta.concrete_fields
        if field.is_relation and not field.null and isinstance(field.related_model, type)
    ]


def _values(model: type[models.Model], made: dict[str, models.Model]) -> dict[str, Any]:
    return {
        field.name: _value(field, made)
        for field in model._meta.concrete_fields
        if not (_has_default(field) or field.has_db_default() or field.null or field.generated)
        and not isinstance(field, models.AutoField)
        and not getattr(field, "auto_now", False)
        and not getattr(field, "auto_now_add", False)
    }


def _has_default(field: models.Field[Any, Any]) -> bool:
    """Say whether the column gets a value by itself: one that is made of the organization in scope is none here."""
    return field.has_default() and field.get_default() is not None


def _value(field: models.Field[Any, Any], made: dict[str, models.Model]) -> Any:
    """Make up a value the column takes."""
    if isinstance(field.related_model, type):
        return made[field.related_model._meta.label]
    if field.choices:
        return next(iter(field.flatchoices))[0]
    values: dict[type[models.Field[Any, Any]], Any] = {
        models.UUIDField: "01890000-0000-7000-8000-000000000001",
        models.DateTimeField: timezone.now(),
        models.DateField: timezone.now().date(),
        models.IntegerField: 1,
        models.FloatField: 1.0,
        models.BooleanField: True,
        models.JSONField: {},
        models.BinaryField: b"x",
    }
    return next((value for kind, value in values.items() if isinstance(field, kind)), "x")
