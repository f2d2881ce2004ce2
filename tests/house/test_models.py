"""Every tenant model is audited and granted, or says why not; every column is known for what it holds."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db import models

from audit.data_inventory import CLASSES, SECRET
from audit.registry import AUDITED
from tenants.isolation.privileges import TENANT_GRANTS
from tests.house.rule import assert_kept
from tests.house.sources import of_the_project
from workix.core.models import NOT_AUDITED

INVENTORY, PRIVILEGES = "audit/data_inventory.py", "tenants/isolation/privileges.py"


def test_every_tenant_model_is_audited_or_excused_with_a_reason() -> None:
    unaudited = [model._meta.label for model in _of_tenants() if model not in AUDITED and not NOT_AUDITED.get(model)]
    assert_kept(
        "every tenant model is audited",
        unaudited,
        mend='put @audited("<resource>") on the model, or @not_audited("<why>") for rows that are nobody\'s act.',
    )


def test_no_model_is_both_audited_and_excused() -> None:
    assert_kept(
        "a model is audited or excused, not both",
        [model._meta.label for model in _of_tenants() if model in AUDITED and model in NOT_AUDITED],
        mend="drop one of @audited and @not_audited.",
    )


def test_every_column_is_classified() -> None:
    there = _columns(_ours())
    assert_kept(
        "every column is classified: personal, secret or ordinary",
        there - _classified(),
        mend=f"say in {INVENTORY} what it holds. When in doubt it is personal.",
    )


def test_what_is_classified_is_there() -> None:
    assert_kept(
        "the data inventory names columns that exist",
        _classified() - _columns(_ours()),
        mend=f"take it out of {INVENTORY}.",
    )


def test_the_trail_hides_every_secret_of_an_audited_table() -> None:
    told = [
        f"{model._meta.db_table}.{column}"
        for model, how in AUDITED.items()
        for column, kind in CLASSES.get(model._meta.db_table, {}).items()
        if kind is SECRET and column not in how.secret
    ]
    assert_kept("the audit trail shows no secret", told, mend='name the column: @audited("…", secret=("<column>",)).')


def test_every_tenant_table_says_who_may_do_what() -> None:
    tables = {model._meta.db_table for model in _of_tenants()}
    assert_kept(
        "every tenant table has its grants",
        tables - TENANT_GRANTS.keys(),
        mend=f"say in TENANT_GRANTS of {PRIVILEGES} what the tenant role may do with its rows: without it, nothing works.",
    )


def test_grants_are_on_tables_of_tenants() -> None:
    everywhere = [model for model in apps.get_models() if _app_of(model) in _tenant_apps()]
    assert_kept(
        "grants are on tables a tenant schema has",
        TENANT_GRANTS.keys() - {model._meta.db_table for model in everywhere},
        mend=f"take it out of TENANT_GRANTS of {PRIVILEGES}.",
    )


def test_no_tenant_model_counts_its_rows_with_a_sequence() -> None:
    counted = [model._meta.label for model in _of_tenants() if isinstance(model._meta.pk, models.AutoField)]
    assert_kept(
        "a key tells nobody how many rows there are", counted, mend="derive the model from Record: a UUIDv7 key."
    )


def _ours() -> list[type[models.Model]]:
    """Find the models of every app that lies in this project, whichever it is."""
    return [model for app in of_the_project() for model in app.get_models()]


def _of_tenants() -> list[type[models.Model]]:
    return [model for model in _ours() if _app_of(model) in _tenant_apps()]


def _tenant_apps() -> set[str]:
    """Name the apps of tenant schemas by what they import as, however the settings name them."""
    named = set(settings.TENANT_APPS)
    return {
        app.name for app in apps.get_app_configs() if {app.name, f"{type(app).__module__}.{type(app).__name__}"} & named
    }


def _app_of(model: type[models.Model]) -> str:
    return model._meta.app_config.name


def _columns(ours: list[type[models.Model]]) -> set[str]:
    return {f"{model._meta.db_table}.{field.column}" for model in ours for field in model._meta.concrete_fields}


def _classified() -> set[str]:
    return {f"{table}.{column}" for table, columns in CLASSES.items() for column in columns}
