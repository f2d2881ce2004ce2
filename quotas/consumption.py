"""consume() and release(): exact under concurrency."""

# Note [Exact counting]
# Two callers must never both take the last unit. We do not read, compare and write, nor hold a lock across Python: one
# conditional UPDATE does all three. PostgreSQL makes the second caller wait for the row, then tests the condition again
# on the new value. The UPDATE is inside public.take_quota(), since the counters are out of every organization's reach.

from __future__ import annotations

from django.db import connection

from quotas.limits import Balance, balance_of
from quotas.resources import Resource
from workix.foundation.errors import LimitReached


class QuotaExceeded(LimitReached):
    """The call would go beyond what the organization may use; nothing was taken."""


def consume(resource: Resource, amount: int = 1) -> None:
    """Take `amount` units of `resource` for the organization in scope, in the caller's transaction.

    :raises QuotaExceeded: when less than `amount` is left; nothing is taken then.
    """
    if not _call("SELECT public.take_quota(%s, %s)", resource, amount):
        raise _exceeded(balance_of(resource))


def release(resource: Resource, amount: int = 1) -> None:
    """Give back `amount` units of `resource`; never more than were taken in this period."""
    _call("SELECT public.give_back_quota(%s, %s)", resource, amount)


def _call(statement: str, resource: Resource, amount: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [resource.value, amount])
        return bool(cursor.fetchone()[0])


def _exceeded(balance: Balance) -> QuotaExceeded:
    resets_at = balance.resets_at.isoformat().replace("+00:00", "Z") if balance.resets_at else None
    return QuotaExceeded(
        f"The limit of {balance.limit} {balance.resource.label.lower()} is reached.",
        resource=balance.resource.value,
        limit=balance.limit,
        used=balance.used,
        resets_at=resets_at,
    )
