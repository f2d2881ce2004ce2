"""Data inventory: what every column of our tables holds, ordinary, personal or secret, collected for the privacy officer."""

# Each column says so where it is defined (workix/core/classification.py); `manage.py show_declarations` lists them all.

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.db import models

from workix.core.apps import declaring_apps
from workix.core.classification import Sensitivity, find_sensitivity


@cache
def data_inventory() -> Mapping[str, Mapping[str, Sensitivity | None]]:
    """Map each table of our apps to its columns and what each holds; None where a column does not say."""
    ours = (model for app in declaring_apps() for model in app.get_models(include_auto_created=True))
    return {
        model._meta.db_table: {str(field.column): find_sensitivity(field) for field in model._meta.concrete_fields}
        for model in ours
    }


def secret_columns(model: type[models.Model]) -> tuple[str, ...]:
    """Name the columns of a model that are shown nowhere, the trail included."""
    secrets = (field for field in model._meta.concrete_fields if find_sensitivity(field) is Sensitivity.SECRET)
    return tuple(str(field.column) for field in secrets)
