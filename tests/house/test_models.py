"""Every table is watched or excused, and every column is known for what it holds."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from audit.data_inventory import CLASSES, SECRET
from audit.registry import AUDITED
from workix.core.models import NOT_AUDITED

PROJECT = Path(__file__).resolve().parents[2]


def _ours() -> list[type[models.Model]]:
    """Find the models of every app that lies in this project, whichever it is."""
    ours = [app.name for app in apps.get_app_configs() if PROJECT in Path(app.path).parents and ".venv" not in app.path]
    return [model for model in apps.get_models() if model._meta.app_config.name in ours]


def test_every_tenant_model_is_audited_or_excused_with_a_reason() -> None:
    models_of_tenants = [model for model in _ours() if model._meta.app_config.name in settings.TENANT_APPS]
    assert [model for model in models_of_tenants if model not in AUDITED and not NOT_AUDITED.get(model)] == []
    assert [model for model in models_of_tenants if model in AUDITED and model in NOT_AUDITED] == []


def test_every_column_is_classified_and_nothing_else_is() -> None:
    there = {model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in _ours()}
    assert {table: set(columns) for table, columns in CLASSES.items()} == there


def test_the_trail_hides_every_secret_of_an_audited_table() -> None:
    told = {
        f"{model._meta.db_table}.{column}"
        for model, how in AUDITED.items()
        for column, kind in CLASSES[model._meta.db_table].items()
        if kind is SECRET and column not in how.secret
    }
    assert told == set()


def test_no_tenant_model_counts_its_rows_with_a_sequence() -> None:
    counted = [
        model
        for model in _ours()
        if model._meta.app_config.name in settings.TENANT_APPS and isinstance(model._meta.pk, models.AutoField)
    ]
    assert counted == []
