"""Plans and what each one grants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tenants.models import Organization
from tenants.plans import LIMITS, Limits, Plan
from workix.core.errors import Invalid


@pytest.mark.requirement("S8")
def test_what_each_plan_grants() -> None:
    assert {
        Plan.FREE: Limits(5, 10, 1_000),
        Plan.PRO: Limits(50, 100, 50_000),
        Plan.ENTERPRISE: Limits(50, 100, 50_000),
    } == LIMITS


def test_an_organization_starts_with_what_is_free() -> None:
    made = Organization(name="Acme", slug="acme")
    assert (made.plan, made.max_users, made.max_pipelines, made.max_executions_per_month) == (Plan.FREE, 5, 10, 1_000)
    assert str(made) == "Acme"


@pytest.mark.fault("E1")
@pytest.mark.parametrize("limit", [-1, -3, 2**31, 2**32, 99_999_999_999, 10**20])
@pytest.mark.parametrize("name", ["users", "pipelines", "executions"])
def test_a_limit_that_no_column_holds_is_none(name: str, limit: int) -> None:
    with pytest.raises(Invalid) as caught:
        replace(LIMITS[Plan.FREE], **{name: limit})
    assert (caught.value.field, caught.value.detail) == (
        name,
        f"The limit of {name} is a number from 0 to 2,147,483,647.",
    )


def test_nothing_and_the_largest_number_are_limits() -> None:
    assert Limits(0, 0, 2**31 - 1).executions == 2_147_483_647
