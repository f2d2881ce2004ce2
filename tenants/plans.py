"""Plans (free, pro, enterprise), and the limits each one grants."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import TextChoices

from workix.core.errors import Invalid
from workix.core.resources import LARGEST_INTEGER


class Plan(TextChoices):
    FREE = "free", "Free"
    PRO = "pro", "Pro"
    ENTERPRISE = "enterprise", "Enterprise"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a plan grants: people, pipelines, and executions in a month.

    :raises Invalid: when a number is none that is counted to.
    """

    users: int
    pipelines: int
    executions: int

    def __post_init__(self) -> None:
        for name, limit in asdict(self).items():
            if not 0 <= limit <= LARGEST_INTEGER:
                raise Invalid(f"The limit of {name} is a number from 0 to {LARGEST_INTEGER:,}.", field=name)


#: An enterprise starts with what Pro grants; its own limits are agreed one by one.
LIMITS: dict[Plan, Limits] = {
    Plan.FREE: Limits(users=5, pipelines=10, executions=1_000),
    Plan.PRO: Limits(users=50, pipelines=100, executions=50_000),
    Plan.ENTERPRISE: Limits(users=50, pipelines=100, executions=50_000),
}
