"""reserve(), commit_reservation() and release_reservation(): units of a quota that are held with a time to live."""

# Note [Reservations]
# Who is about to use units, and does not know yet how many, holds them first: a row of quota_reservations, whose amount is in
# the `reserved` of the quota, so that nobody else takes it. Committing makes a movement of all or some of it, under the same
# id, and frees the rest; releasing frees all. When its time is over a reservation counts no more: whoever would be refused
# because of it has it returned in the same transaction, a balance is told without it, and a job ends what nobody asked about.
# A reservation is of the period it was made in. Committed after the month turned, its units were used in the month
# that is over, whose limit covered them; the new month never holds them. See docs/decisions/0047-reservations.md.

# Raw SQL: lists what expired, and calls a function of `public`, as the control role.

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from audit.signed_calls import call_signed
from quotas.consumption import Consumption, SomebodyElses, actor_columns, exceeded, noticed, require_movable, taking
from quotas.limits import Balance, balance_after, balance_of
from quotas.models import QuotaReservation
from tenants.scope import use_platform
from workix.core.current import Current
from workix.core.errors import Conflict, Invalid, NotFound, ProblemError
from workix.core.models import uuid7

#: The longest time to live. The database refuses a longer one.
LONGEST = timedelta(days=1)


class NoSuchReservation(NotFound):
    detail = "There is no reservation with this id."


class AlreadyCommitted(Conflict):
    code = "already_committed"
    detail = "This reservation was committed already."


class ReservationReleased(Conflict):
    code = "already_released"
    detail = "This reservation was released already."


class ReservationExpired(Conflict):
    code = "reservation_expired"
    detail = "The time of this reservation is over. What it held is free again."


@dataclass(frozen=True, slots=True)
class Reservation:
    """What is held: the id by which it is committed or released, until when, and what is left."""

    id: UUID
    amount: int
    expires_at: datetime
    balance: Balance


def reserve(name: str, amount: int = 1, *, ttl: timedelta, by_service: bool = False) -> Reservation:
    """Hold `amount` units of a resource for `ttl`, whole seconds up to `LONGEST`. See Note [Reservations].

    :raises NotFound: when nothing of this name is counted.
    :raises CountedByPlatform: for what rows of a model are counted as, and to a service for what is an app's own to take.
    :raises QuotaExceeded: when less than `amount` is left; nothing is held then.
    :raises AgentShareExceeded: when an agent would use more than its share; nothing is held then. See Note [Shares].
    """
    require_movable(name, by_service=by_service)
    reservation, seconds = uuid7(), int(ttl.total_seconds())
    asked = {"resource": name, "reservation": reservation, "amount": amount, "ttl": seconds}
    share = Current.actor.quota_share
    with taking(name), transaction.atomic():
        (expires_at,) = call_signed("reserve_quota", **asked, share=share, **actor_columns())
        if expires_at is None:
            raise exceeded(balance_of(name))
        told = {"reservation": str(reservation), "resource": name, "amount": amount}
        return Reservation(reservation, amount, expires_at, noticed(balance_after("quota.reserved", name, told)))


def commit_reservation(reservation: UUID, amount: int | None = None, *, by_service: bool = False) -> Consumption:
    """Use what a reservation holds, or `amount` units of it, and free the rest. The consumption has the reservation's id.

    :raises NoSuchReservation: when the organization has none with this id.
    :raises SomebodyElses: when another actor made it.
    :raises AlreadyCommitted: when it was before.
    :raises ReservationReleased: when it was released.
    :raises ReservationExpired: when its time is over.
    :raises Invalid: when it holds less than `amount`.
    :raises CountedByPlatform: to a service, for what an app reserved of its own resource.
    """
    with transaction.atomic():
        name, units = _settle(reservation, amount=amount)
        require_movable(name, by_service=by_service)
        told = {"reservation": str(reservation), "resource": name, "amount": units}
        return Consumption(reservation, balance_after("quota.committed", name, told))


def release_reservation(reservation: UUID, *, of_anybody: bool = False, by_service: bool = False) -> Balance:
    """Free what a reservation holds; `of_anybody`: although somebody else made it.

    :raises NoSuchReservation: when the organization has none with this id.
    :raises SomebodyElses: when another actor made it, unless `of_anybody`.
    :raises AlreadyCommitted: when it was committed.
    :raises ReservationReleased: when it was before.
    :raises ReservationExpired: when its time is over.
    :raises CountedByPlatform: to a service, for what an app reserved of its own resource.
    """
    with transaction.atomic():
        name, _ = _settle(reservation, amount=0, of_anybody=of_anybody)
        require_movable(name, by_service=by_service)
        told = {"reservation": str(reservation), "resource": name}
        return balance_after("quota.reservation_released", name, told)


def release_those_of(actor_type: str, actor_id: UUID) -> int:
    """Release what somebody reserved who may not use it any more. Return how many reservations that were."""
    mine = {"organization_id": Current.organization.id, "actor_type": actor_type, "actor_id": actor_id}
    with use_platform():
        held = QuotaReservation.objects.filter(ended_at__isnull=True, expires_at__gt=Now(), **mine).order_by("id")
        found = list(held.values_list("id", flat=True))
    released = 0
    for reservation in found:
        with suppress(Conflict):  # it ended meanwhile, by itself or by somebody's act
            release_reservation(reservation, of_anybody=True)
            released += 1
    return released


def return_expired() -> int:
    """End every reservation whose time is over, each quota in a transaction of its own. Return how many."""
    with use_platform():
        expired = QuotaReservation.objects.filter(ended_at__isnull=True, expires_at__lte=Now())
        quotas = list(expired.values_list("organization_id", "resource").distinct())
        with connection.cursor() as cursor:
            returned = 0
            for quota in quotas:
                cursor.execute("SELECT public.return_expired_reservations(%s, %s)", quota)
                returned += cursor.fetchone()[0]
        return returned


def _settle(reservation: UUID, **asked: Any) -> tuple[str, int]:
    """End a reservation in the database. Return what was held and how much of it is used."""
    outcome, units, name = call_signed("settle_reservation", reservation=reservation, **asked, **actor_columns())
    if outcome == "settled":
        return name, units
    if outcome == "not_that_many":
        raise Invalid(f"This reservation holds {units}.", field="amount", problem="max_value")
    refusals: dict[str, type[ProblemError]] = {
        "somebody_elses": SomebodyElses,
        "already_committed": AlreadyCommitted,
        "already_released": ReservationReleased,
        "already_expired": ReservationExpired,
    }
    refusal = refusals.get(outcome, NoSuchReservation)
    raise refusal
