"""Plans (free, pro, enterprise), the limits each one grants, and its share of the database server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

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


@dataclass(frozen=True, slots=True)
class Share:
    """What an organization's role may take of the database server. See Note [Fair shares] in tenants/isolation/roles.py.

    Times are seconds, `temp_megabytes` is of one session; of all of an organization's together it is four times that.
    """

    connections: int
    statement: int
    lock: int
    idle_in_transaction: int
    transaction: int
    temp_megabytes: int

    def settings(self) -> dict[str, str]:
        """Write the times as PostgreSQL's settings."""
        return {
            "statement_timeout": f"{self.statement}s",
            "lock_timeout": f"{self.lock}s",
            "idle_in_transaction_session_timeout": f"{self.idle_in_transaction}s",
        }

    @property
    def temp_file_limit(self) -> str:
        return f"{self.temp_megabytes}MB"


SHARES: Mapping[str, Share] = MappingProxyType(
    {
        Plan.FREE: Share(40, statement=30, lock=5, idle_in_transaction=30, transaction=900, temp_megabytes=256),
        Plan.PRO: Share(60, statement=45, lock=5, idle_in_transaction=45, transaction=1_800, temp_megabytes=512),
        Plan.ENTERPRISE: Share(
            80, statement=60, lock=10, idle_in_transaction=60, transaction=3_600, temp_megabytes=1024
        ),
    }
)
