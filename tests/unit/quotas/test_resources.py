"""Resources are found by their names, and each plan grants its limits."""

from __future__ import annotations

import pytest

from quotas.resources import get_resource
from tenants.plans import Plan
from workix.core.apps import resources
from workix.core.errors import NotFound
from workix.core.resources import STOCK, Resource


@pytest.mark.requirement("S8")
def test_three_resources_are_always_there() -> None:
    declared = [(each.name, str(each), each.kind.value) for each in resources().values()]
    assert declared == [
        ("users", "People", "none"),
        ("pipelines", "Pipelines", "none"),
        ("executions", "Executions", "month"),
    ]
    granted = {plan.value: [each.limit_on(plan) for each in resources().values()] for plan in Plan}
    assert granted == {"free": [5, 10, 1_000], "pro": [50, 100, 50_000], "enterprise": [50, 100, 50_000]}


def test_a_plan_that_is_not_named_grants_what_pro_does() -> None:
    connectors = Resource("connectors", STOCK, {"free": 3, "pro": 30})
    assert [connectors.limit_on(plan) for plan in Plan] == [3, 30, 30]


@pytest.mark.parametrize("name", ["nothing", "Users", "", "users "])
def test_what_nobody_declared_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        get_resource(name)
