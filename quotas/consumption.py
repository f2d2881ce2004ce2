"""consume() and release(): quota counters, exact under concurrency."""

# Raw SQL: calls functions of `public`.

# Note [Exact counting]
# Two callers must never both take the last unit. We do not read, compare and write, nor hold a lock across Python: one
# conditional UPDATE does all three. PostgreSQL makes the second caller wait for the row, then tests the condition again
# on the new value. The UPDATE is inside public.take_quota(), since the counters are out of every organization's reach.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg.errors import ConfigurationLimitExceeded

from quotas.limits import Balance, balance_of
from quotas.resources import Resource
from workix.core.errors import Conflict, LimitReached, NotFound
from workix.observability import metrics


class QuotaExceeded(LimitReached):
    """The call would go beyond what the organization may use; nothing was taken."""


class NothingToRelease(Conflict):
    detail = "Less than that was taken in this period."


class CountedByPlatform(Conflict):
    detail = "People are counted by the platform itself: add or remove a person instead."


def consume(resource: Resource, amount: int = 1) -> None:
    """Take `amount` units of `resource` for the organization in scope, in the caller's transaction.

    :raises QuotaExceeded: when less than `amount` is left; nothing is taken then.
    """
    if not _call("SELECT public.take_quota(%s, %s)", resource, amount):
        raise _exceeded(balance_of(resource))


def release(resource: Resource, amount: int = 1) -> None:
    """Give back `amount` units of `resource`.

    :raises NothingToRelease: when fewer were taken in this period; nothing is given back then.
    """
    if not _call("SELECT public.give_back_quota(%s, %s)", resource, amount):
        raise NothingToRelease


@contextmanager
def taking(resource: Resource) -> Iterator[None]:
    """Say in our words that the database itself found nothing left: it counts people with their rows.

    :raises QuotaExceeded: when the block wrote a row for which nothing is left.
    """
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != ConfigurationLimitExceeded.sqlstate:
            raise
        raise _exceeded(balance_of(resource)) from error


def consume_counted(name: str, amount: int) -> Balance:
    """Take units for a service that uses them, and tell what is left.

    :raises NotFound: when nothing of this name is counted.
    :raises CountedByPlatform: for what the platform counts itself.
    :raises QuotaExceeded: when less than `amount` is left; nothing is taken then.
    """
    resource = _for_services(name)
    with transaction.atomic():
        consume(resource, amount)
        return balance_of(resource)


def release_counted(name: str, amount: int) -> Balance:
    """Give units back for a service that used fewer, and tell what is left.

    :raises NotFound: when nothing of this name is counted.
    :raises CountedByPlatform: for what the platform counts itself.
    :raises NothingToRelease: when fewer were taken in this period.
    """
    resource = _for_services(name)
    with transaction.atomic():
        release(resource, amount)
        return balance_of(resource)


def _for_services(name: str) -> Resource:
    if name not in Resource.values:
        raise NotFound
    if name == Resource.USERS:
        raise CountedByPlatform
    return Resource(name)


def _call(statement: str, resource: Resource, amount: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [resource.value, amount])
        return bool(cursor.fetchone()[0])


def _exceeded(balance: Balance) -> QuotaExceeded:
    metrics.QUOTA_REFUSALS.labels(balance.resource.value).inc()
    resets_at = balance.resets_at.isoformat().replace("+00:00", "Z") if balance.resets_at else None
    return QuotaExceeded(
        f"The limit of {balance.limit} {balance.resource.label.lower()} is reached.",
        resource=balance.resource.value,
        limit=balance.limit,
        used=balance.used,
        resets_at=resets_at,
    )
