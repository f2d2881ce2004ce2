"""The system check of quotas names everything that is wrong with what apps declare, and says what to do."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.db import models

from accounts.models import Session, User
from quotas.checks import faults
from quotas.models import Quota
from workix.core.resources import MONTHLY, STOCK, Kind, Resource


def resource(name: str = "connectors", kind: Kind = STOCK, **default: int) -> Resource:
    return Resource(name, kind, default or {"free": 3, "pro": 30})


def test_what_the_installed_apps_declare_is_right() -> None:
    assert run_checks(tags=["workix"]) == []


def test_a_resource_that_rows_are_counted_as_is_right() -> None:
    assert list(faults([resource()], {Session: "connectors"})) == []


@pytest.mark.parametrize(
    ("declared", "counted", "said"),
    [
        ([], {Session: "connectors"}, "The rows of accounts.Session count as 'connectors', which no app declares."),
        ([resource(kind=MONTHLY)], {Session: "connectors"}, "count as 'connectors', which starts anew each month"),
        ([resource()], {Session: "connectors", User: "connectors"}, "The rows of 2 models count as 'connectors'."),
        ([resource()], {Quota: "connectors"}, "rows of quotas.Quota are counted, and no organization has its table."),
        ([resource(), resource()], {}, "'connectors' is declared 2 times"),
        ([resource("Connectors")], {}, "'Connectors' needs another name"),
        ([resource("c" * 51)], {}, "needs another name"),
        ([resource(pro=30)], {}, "names no limit for the plan 'free'"),
        ([resource(free=3)], {}, "names no limit for the plan 'pro'"),
        ([resource(free=3, pro=30, gold=9)], {}, "names a plan that is not there: 'gold'"),
        ([resource(free=-1, pro=30)], {}, "has a limit of -1 on 'free'"),
        ([resource(free=3, pro=2**31)], {}, "has a limit of 2147483648 on 'pro'"),
    ],
)
def test_each_fault_is_one_sentence(
    declared: list[Resource], counted: dict[type[models.Model], str], said: str
) -> None:
    (found,) = faults(declared, counted)
    assert said in found


def test_all_faults_are_named_at_once() -> None:
    assert len(list(faults([resource("A", free=1)], {Quota: "nothing"}))) == 4
