"""The system check of quotas names everything that is wrong with what rows are counted as, and says what to do."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.db import models

from accounts.models import Session, User
from audit.models import LogEntry
from quotas.checks import faults
from quotas.models import Quota
from workix.core.checks import TAG
from workix.core.resources import MONTHLY, STOCK, Kind, Resource


def declared(kind: Kind = STOCK) -> dict[str, Resource]:
    return {"connectors": Resource("connectors", kind, {"free": 3, "pro": 30})}


def test_what_the_installed_apps_count_is_right() -> None:
    assert run_checks(tags=[TAG]) == []


def test_rows_counted_as_a_declared_stock_are_right() -> None:
    assert list(faults(declared(), {Session: "connectors"})) == []
    assert list(faults(declared(), {Session: "connectors", User: "connectors"})) == []


@pytest.mark.parametrize(
    ("resources", "counted", "rule", "place"),
    [
        ({}, {Session: "connectors"}, "rows are counted as a declared resource", "accounts.Session: connectors"),
        (
            declared(MONTHLY),
            {Session: "connectors"},
            "what starts anew each month is no number of rows",
            "accounts.Session: connectors",
        ),
        (declared(), {Quota: "connectors"}, "rows are counted in tenant schemas", "quotas.Quota: connectors"),
        (declared(), {Session: "connectors", LogEntry: "connectors"}, "a resource is counted by one app", "connectors"),
    ],
)
def test_each_fault_is_one_finding(
    resources: dict[str, Resource], counted: dict[type[models.Model], str], rule: str, place: str
) -> None:
    (found,) = faults(resources, counted)
    assert (found.msg, found.obj, found.hint is not None) == (f"Rule: {rule}", place, True)


def test_all_faults_are_named_at_once() -> None:
    found = faults(declared(MONTHLY), {Quota: "connectors", Session: "connectors"})
    assert [each.id for each in found] == ["workix.E061", "workix.E062", "workix.E061", "workix.E063"]
