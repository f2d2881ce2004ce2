"""Every table is watched or excused, and every column is known for what it holds."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models

from audit.data_inventory import CLASSES, SECRET
from audit.registry import AUDITED, EXCUSED

OURS = ("accounts", "audit", "quotas", "tenants")


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def test_every_tenant_model_is_audited_or_excused_with_a_reason() -> None:
    models_of_tenants = [model for model in _ours() if model._meta.app_label in settings.TENANT_APPS]
    assert [model for model in models_of_tenants if model not in AUDITED and not EXCUSED.get(model)] == []
    assert [model for model in models_of_tenants if model in AUDITED and model in EXCUSED] == []


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
        if model._meta.app_label in settings.TENANT_APPS and isinstance(model._meta.pk, models.AutoField)
    ]
    assert counted == []
