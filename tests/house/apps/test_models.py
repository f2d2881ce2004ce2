"""Every app of ours is complete: models audited or excused, columns classified, permissions declared (system checks)."""

from __future__ import annotations

from django.core.checks import run_checks

from audit.data_inventory import data_inventory
from audit.registry import AUDITED, FUNCTION
from privacy.organizations.archive import exported_models
from privacy.organizations.importing.rows import Importing, given
from tests.house.rule import assert_kept
from tests.house.sources import of_the_project
from workix.core.apps import TenantAppConfig, tenant_models
from workix.core.checks import TAG, VIEWS
from workix.core.classification import Sensitivity
from workix.core.models import NOT_IMPORTED
from workix.core.triggers import declared_triggers

#: Tables that libraries bring into tenant schemas, with no model of ours to say what is in them -> why that is no hole.
OF_LIBRARIES = {
    "django_session": "a browser's session and its messages, swept when it is over; erasure looks into each"
}


def test_the_checks_find_nothing() -> None:
    assert [str(each) for each in run_checks(tags=[TAG, VIEWS])] == []


def test_no_app_of_the_project_escapes_the_checks() -> None:
    """They look at apps that declare something; one that has tables in tenant schemas and declares nothing would hide."""
    assert_kept(
        "every app of the project with models declares what is its own",
        [app.name for app in of_the_project() if list(app.get_models()) and not isinstance(app, TenantAppConfig)],
        mend="let its AppConfig extend workix.core.apps.TenantAppConfig.",
    )


def test_every_column_of_every_table_of_a_tenant_schema_is_classified() -> None:
    """Whatever app brings it. What nobody classifies, no export finds and no erasure empties."""
    tables = {model._meta.db_table: model for model in tenant_models()}
    inventory = data_inventory()
    unsaid = [
        f"{table}.{field.column}"
        for table, model in tables.items()
        if table not in OF_LIBRARIES
        for field in model._meta.concrete_fields
        if inventory.get(table, {}).get(str(field.column)) is None
    ]
    assert (unsaid, OF_LIBRARIES.keys() - tables, len(tables) > 20) == ([], set(), True)


def test_the_trail_hides_every_secret_of_an_audited_table() -> None:
    """What is classified as a secret is among the trigger's arguments, so that nobody has to say it twice."""
    hidden = {
        f"{table}.{column}"
        for table, triggers in declared_triggers().items()
        for trigger in triggers
        if trigger.executes == FUNCTION
        for column in trigger.arguments[1].split(",")
        if column
    }
    audited = {model._meta.db_table for model in AUDITED}
    secrets = {
        f"{table}.{column}"
        for table, columns in data_inventory().items()
        if table in audited
        for column, kind in columns.items()
        if kind is Sensitivity.SECRET
    }
    assert (hidden, "users.password_hash" in secrets) == (secrets, True)


def test_every_row_that_is_exported_can_be_imported_or_its_model_says_why_not() -> None:
    """A column that no archive holds (a secret, what points to rows that are not imported) is empty, or has another value."""
    models = [model for model in exported_models() if model not in NOT_IMPORTED]
    importing = Importing(models)
    assert_kept(
        "a model whose rows are imported has a value for each column that no archive holds",
        [
            f"{model._meta.db_table}.{field.column}"
            for model in models
            for field in model._meta.concrete_fields
            if not (importing.takes(field) or field.generated or field.null) and given(field) is None
        ],
        mend="say `@imported_with(column=…)`, or `@not_imported(because)`: workix.core.models.",
    )
    assert len(models) > 3
