"""Every app of ours is complete: models audited or excused, columns classified, permissions declared (system checks)."""

from __future__ import annotations

from django.core.checks import run_checks

from audit.data_inventory import data_inventory
from audit.registry import AUDITED
from tests.house.rule import assert_kept
from tests.house.sources import of_the_project
from workix.core.apps import TenantAppConfig
from workix.core.checks import TAG
from workix.core.classification import Sensitivity


def test_the_checks_find_nothing() -> None:
    assert [str(each) for each in run_checks(tags=[TAG])] == []


def test_no_app_of_the_project_escapes_the_checks() -> None:
    """They look at apps that declare something; one that has tables in tenant schemas and declares nothing would hide."""
    assert_kept(
        "every app of the project with models declares what is its own",
        [app.name for app in of_the_project() if list(app.get_models()) and not isinstance(app, TenantAppConfig)],
        mend="let its AppConfig extend workix.core.apps.TenantAppConfig.",
    )


def test_the_trail_hides_every_secret_of_an_audited_table() -> None:
    told = [
        f"{model._meta.db_table}.{column}"
        for model, how in AUDITED.items()
        for column, kind in data_inventory()[model._meta.db_table].items()
        if kind is Sensitivity.SECRET and column not in how.secret
    ]
    assert_kept("the audit trail shows no secret", told, mend='name the column: @audited("…", secret=("<column>",)).')
