"""Warnings of limits: the admins of an organization hear of it before one is reached, and when it is; never a storm."""

# Note [Warnings]
# No request looks for warnings: a job asks every five minutes, in one statement for everybody, which quotas are taken up to the
# percentage their organization chose, or wholly. Each of these is a job of that organization. What was told is kept in the row
# of the quota: a level once in a calendar month (UTC), however often use falls and rises again, and only the highest where
# several are reached at once. Another limit begins anew. The note, the entry in the trail and the jobs that mail are one
# transaction: a crash warns again or has warned, never half. The call is signed: nothing but the application says it told.

# Note [Bursts]
# Up to its limit an organization is within it. A burst is units beyond: allowed, and reported. The statement that decides knows
# both by one look at the row (hard_limit_in_force()), so no unit more is ever given; and where it goes beyond the limit it notes
# the month in the same row, so that what is given back within five minutes is reported, too. The job takes that note for a level
# above the limit, 101, and says it once a month like the others, in an entry of its own. Rows that a trigger counts, people
# among them, go by the same two limits. See docs/decisions/0050-bursts.md.

# Raw SQL: calls a function of `public`, as the control role.

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction
from django.dispatch import Signal

from audit.recording import record
from audit.signed_calls import call_signed
from quotas.limits import balance_of
from quotas.resources import get_resource
from tenants.scope import use_platform
from workix.core.apps import resources
from workix.core.resources import Resource
from workix.observability import metrics

#: Sent inside the organization, in the transaction that warns it, with the `warning`: whoever mails is above.
quota_warned = Signal()


@dataclass(frozen=True, slots=True)
class LimitWarning:
    """So much of a limit is taken, used or reserved; `percent` is the level it reached: 100 at the limit, 101 beyond it.

    `burst` is how many units are allowed beyond the limit, where it was.
    """

    resource: Resource
    percent: int
    taken: int
    limit: int
    burst: int = 0

    @property
    def is_beyond(self) -> bool:
        """Whether more than the limit was taken this month, be it given back since."""
        return self.percent > 100


def due() -> list[tuple[UUID, str]]:
    """List the quotas to warn of, by organization and resource, but for what no app declares any more."""
    with use_platform(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.quotas_to_warn_of()")
        return [(whose, name) for whose, name in cursor.fetchall() if name in resources()]


def warn(name: str) -> None:
    """Warn the organization in scope of one quota, unless that was done meanwhile or is due no more.

    :raises NotFound: when nothing of this name is counted.
    """
    resource = get_resource(name)
    with transaction.atomic():
        percent, taken, limit = call_signed("warn_of_quota", resource=name)
        if percent is None:
            return
        warning = LimitWarning(resource, percent, taken, limit)
        action, told = "quota.warned", {"percent": percent, "taken": taken, "limit": limit}
        if warning.is_beyond:
            warning = replace(warning, burst=balance_of(name).burst)
            action, told = "quota.limit_exceeded", {"taken": taken, "limit": limit, "burst": warning.burst}
        record(action, resource_type="quota", resource_id=name, changes=told)
        quota_warned.send(LimitWarning, warning=warning)
    metrics.QUOTA_WARNINGS.labels(name).inc()
