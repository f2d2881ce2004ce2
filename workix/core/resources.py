"""Resource: something an app has counted against a quota, with the limit each plan grants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Over which period a resource is counted. The values are those of `period` in the API and in the database."""

    STOCK = "none"
    MONTHLY = "month"


#: What is there now counts, as rows do; or what was used since the month began (UTC).
STOCK, MONTHLY = Kind.STOCK, Kind.MONTHLY

FALLBACK_PLAN = "pro"
#: The largest number an integer column of PostgreSQL holds: no limit is higher.
LARGEST_INTEGER = 2_147_483_647


@dataclass(frozen=True, slots=True)
class Resource:
    """One line of an organization's quotas. `default` maps each plan to the limit it grants.

    `burst` maps a plan to how much more than its limit is allowed, and reported, in percent of the limit: 0 unless it is named.
    `by_services`: services outside take it and give it back over the API. Otherwise that is the app's own to do, and an
    admin can't give back what the app took.
    """

    name: str
    kind: Kind
    default: Mapping[str, int]
    label: str = ""
    by_services: bool = False
    burst: Mapping[str, int] = field(default_factory=dict)

    def limit_on(self, plan: str) -> int:
        """Return the limit a plan grants. One that is not named (an enterprise) begins with what Pro grants."""
        return self.default[self._named(plan)]

    def burst_on(self, plan: str) -> int:
        """Return how much more than a limit a plan allows, in percent of the limit."""
        return self.burst.get(self._named(plan), 0)

    def _named(self, plan: str) -> str:
        return plan if plan in self.default else FALLBACK_PLAN

    def __str__(self) -> str:
        """Return what people call it: "Connectors"."""
        return self.label or self.name.replace("_", " ").capitalize()
