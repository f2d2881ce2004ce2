"""Retention: what comes to an end is swept, by an index, and the page for operators says after how long."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from tenants.jobs.sweeping import JOBS_KEPT, retentions
from tests.acts import rows
from tests.cast import Cast
from tests.house.rule import assert_kept
from tests.house.sources import PROJECT, of_the_project
from workix.core.models import Retention

#: Names of columns that say when a row is over.
ENDS = re.compile(r"(expires?|ended|used|released)_(at|date)|expire_date|since")
_BEGINS_WITH = """
    SELECT 1 FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
     WHERE indisvalid AND indpred IS NULL AND attname = %(column)s
       AND (SELECT relname FROM pg_class WHERE oid = indrelid) = %(table)s"""
_ROW = re.compile(r"^\| `(\w+)`[^|]* \| `(\w+)` \| (\d+) days? \|$", re.MULTILINE)


def ends(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.get_fields() if ENDS.fullmatch(field.name)]


def is_indexed(model: type[models.Model], retention: Retention) -> bool:
    """Ask the database: an index of a library's table may be ours."""
    column = model._meta.get_field(retention.moment).column  # type: ignore[union-attr]  # a moment is a column
    return bool(rows(_BEGINS_WITH, table=model._meta.db_table, column=column))


def test_what_comes_to_an_end_is_swept() -> None:
    """The trail and what is soft-deleted have an end of another kind, which people decide."""
    kept_for_ever = [
        f"{model._meta.label}: {', '.join(ends(model))}"
        for app in of_the_project()
        for model in app.get_models()
        if ends(model) and model not in retentions()
    ]
    assert_kept(
        "a row that is over goes some day",
        kept_for_ever,
        mend="say after how long with @swept of workix.core.models, and add an index that begins with that column.",
    )


def test_what_is_swept_is_found_by_an_index(acme: Cast) -> None:
    slow = [f"{model._meta.label}.{kept.moment}" for model, kept in retentions().items() if not is_indexed(model, kept)]
    assert_kept("sweeping reads no row that stays", slow, mend="add an index that begins with this column.")


def test_the_page_says_how_long_everything_is_kept() -> None:
    page = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {table: (moment, int(days)) for table, moment, days in _ROW.findall(page)} == {
        model._meta.db_table: (kept.moment, kept.kept.days) for model, kept in retentions().items()
    }
    assert f"| `procrastinate_jobs` that failed | its last event | {JOBS_KEPT.days} days |" in page


def test_sessions_of_browsers_are_among_them() -> None:
    assert apps.get_model("sessions.Session") in retentions()
