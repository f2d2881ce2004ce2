"""Plans (free, pro, enterprise), and the limits each one grants."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class Plan(TextChoices):
    FREE = "free", "Free"
    PRO = "pro", "Pro"
    ENTERPRISE = "enterprise", "Enterprise"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a plan grants: people, pipelines, and executions in a month."""

    users: int
    pipelines: int
    executions: int


#: An enterprise starts with what Pro grants; its own limits are agreed one by one.
LIMITS: dict[Plan, Limits] = {
    Plan.FREE: Limits(users=5, pipelines=10, executions=1_000),
    Plan.PRO: Limits(users=50, pipelines=100, executions=50_000),
    Plan.ENTERPRISE: Limits(users=50, pipelines=100, executions=50_000),
}
