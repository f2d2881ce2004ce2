"""Plans and what each one grants."""

from __future__ import annotations

import pytest

from tenants.models import Organization
from tenants.plans import LIMITS, Limits, Plan


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
