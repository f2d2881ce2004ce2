"""consume() and release(): quota movements with an id each, exact under concurrency."""

# Raw SQL: calls a function of `public` for the row of a condition.

# Note [Exact counting]
# Two callers must never both take the last unit. We do not read, compare and write, nor hold a lock across Python: one
# conditional UPDATE does all three. PostgreSQL makes the second caller wait for the row, then tests the condition again
# on the new value. The UPDATE is inside public.consume_quota(), since the counters are out of every organization's reach.

# Note [Movements]
# A counter that anybody could wind back would be none. So what is consumed is a row of quota_movements with an id, and
# what is given back is given back to such a row: no more than it took, once, within its period, by whoever took it or by
# somebody who may for anybody. Both are signed calls (audit/signed_calls.py): no SQL injection can make them. What rows
# of a model are counted as moves with the rows alone (quotas/counted.py).

# Note [One statement]
# A consumption is five statements: a transaction begins and says who acts, units are taken, the entry is written, it ends; and
# whoever asks was looked up before. Each is a round trip, which costs both sides more than the work. Here all of it is one
# statement, which is a transaction by itself. What it depends on, as whether a key is still good, is its condition: judged in the
# statement that acts on it, so nothing is believed that was true a moment ago.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from psycopg.errors import ConfigurationLimitExceeded
from psycopg.types.json import Jsonb

from audit.context import LABEL_LENGTH, printable
from audit.context import sign as sign_context
from audit.signed_calls import call_signed, sign
from quotas.counted import COUNTED, counted_models
from quotas.limits import Balance, as_balance, balance_after, balance_of
from quotas.resources import get_resource
from quotas.shares import share_refused
from tenants.backend.prepared import prepared
from workix.core.current import Current
from workix.core.errors import Conflict, Denied, Invalid, LimitReached, NotFound
from workix.core.models import uuid7
from workix.observability import metrics


class QuotaExceeded(LimitReached):
    """The call would go beyond what the organization may use; nothing was taken."""


class CountedByPlatform(Conflict):
    """Rows of a model are counted as this resource, or the app that declared it takes it: nobody else moves it."""


class NoSuchConsumption(NotFound):
    detail = "There is no consumption with this id."


class SomebodyElses(Denied):
    detail = "Somebody else took these units. They can give them back, and so can an admin."


class AlreadyReleased(Conflict):
    code = "already_released"
    detail = "What this consumption took was given back already."


class PeriodIsOver(Conflict):
    code = "period_is_over"
    detail = "The period in which these units were taken is over."


@dataclass(frozen=True, slots=True)
class Consumption:
    """What was taken: the id by which it can be given back, and what is left."""

    id: UUID
    balance: Balance


def consume(name: str, amount: int = 1, *, by_service: bool = False) -> Consumption:
    """Take `amount` units of a resource for the organization in scope. See Note [Movements].

    `by_service`: a service outside asks for it, over the API.

    :raises NotFound: when nothing of this name is counted.
    :raises CountedByPlatform: for what rows of a model are counted as, and to a service for what is an app's own to take.
    :raises QuotaExceeded: when less than `amount` is left; nothing is taken then.
    :raises AgentShareExceeded: when an agent would use more than its share; nothing is taken then. See Note [Shares].
    """
    require_movable(name, by_service=by_service)
    consumption = uuid7()
    asked = {"resource": name, "consumption": consumption, "amount": amount, "share": Current.actor.quota_share}
    with taking(name), transaction.atomic():
        (taken,) = call_signed("consume_quota", **asked, **actor_columns())
        if not taken:
            raise exceeded(balance_of(name))
        told = {"consumption": str(consumption), "resource": name, "amount": amount}
        return Consumption(consumption, noticed(balance_after("quota.consumed", name, told)))


_CONSUME = (
    "SELECT w.holds, c.* FROM ({}) AS w (holds) LEFT JOIN LATERAL public.consume_and_record("
    "w.holds, %(signed)s, %(mac)s, %(context)s, %(context_mac)s, %(resource)s, %(details)s) AS c ON true"
)


def consume_where(condition: str, parameters: Mapping[str, Any], name: str, amount: int) -> Consumption | None:
    """Take units for a service where a condition of ours holds (a SELECT of one boolean, no value), else return None.

    See Note [One statement]. Outside of any transaction.

    :raises NotFound: when nothing of this name is counted.
    :raises CountedByPlatform: for what services do not take.
    :raises QuotaExceeded: when less than `amount` is left; nothing is taken then.
    """
    require_movable(name, by_service=True)
    ours: Any = connections[DEFAULT_DB_ALIAS]  # looked up once: it knows the role, and makes the cursor
    consumption, taken = uuid7(), actor_columns()
    signed, mac = sign("consume_quota", resource=name, consumption=consumption, amount=amount, **taken)
    who, who_mac = sign_context(Current.context, role=ours.database_role.name)
    told = {"consumption": consumption, "resource": name, "amount": amount}
    sent: dict[str, Any] = {
        "signed": signed,
        "mac": mac,
        "context": who,
        "context_mac": who_mac,
        "resource": name,
        "details": Jsonb(told, orjson.dumps),
    }
    cursor = prepared(ours)
    cursor.execute(_consuming(condition), {**parameters, **sent})
    row = cursor.fetchone()
    if row is None or not row[0]:
        return None
    if row[1] is None:
        raise exceeded(balance_of(name))
    return Consumption(consumption, noticed(as_balance(row[1:])))


@cache
def _consuming(condition: str) -> str:
    """Write the statement, once for each condition: they are few, and ours."""
    return _CONSUME.format(condition)


def release(
    name: str, consumption: UUID, amount: int | None = None, *, of_anybody: bool = False, by_service: bool = False
) -> Balance:
    """Give back what a consumption took, or `amount` units of it; `of_anybody`: although somebody else took them.

    :raises NotFound: when nothing of this name is counted.
    :raises CountedByPlatform: for what rows of a model are counted as, and to a service for what is an app's own to take.
    :raises NoSuchConsumption: when the organization has none with this id.
    :raises SomebodyElses: when another actor took them, unless `of_anybody`.
    :raises AlreadyReleased: when some of it was given back before.
    :raises Invalid: when it took less than `amount`.
    :raises PeriodIsOver: when the counter has started anew since.
    """
    require_movable(name, by_service=by_service)
    with transaction.atomic():
        outcome, units = call_signed(
            "release_quota",
            resource=name,
            consumption=consumption,
            amount=amount,
            of_anybody=of_anybody,
            **actor_columns(),
        )
        if outcome != "released":
            raise _refusal(outcome, units)
        told = {"consumption": str(consumption), "resource": name, "amount": units}
        return balance_after("quota.released", name, told)


@contextmanager
def taking(name: str) -> Iterator[None]:
    """Say in our words that the database itself found nothing left: it counts rows, and shares. See Note [Counting rows].

    :raises QuotaExceeded: when the block wrote a row for which nothing is left.
    :raises AgentShareExceeded: when it took more than the share of the agent that acts.
    """
    try:
        yield
    except OperationalError as error:
        cause = error.__cause__
        if not isinstance(cause, ConfigurationLimitExceeded) or cause.diag.message_detail != name:
            raise
        raise share_refused(name, cause.diag.message_hint) or exceeded(balance_of(name)) from error


def require_movable(name: str, *, by_service: bool) -> None:
    """Refuse what nobody moves, or no service does.

    :raises NotFound: when nothing of this name is counted.
    :raises CountedByPlatform: for what rows of a model are counted as, and to a service for what is an app's own to take.
    """
    resource = get_resource(name)
    if (name in COUNTED.values() and name in counted_models().values()) or (by_service and not resource.by_services):
        raise CountedByPlatform(f"{resource} are counted by the platform itself, as they come and go.")


def actor_columns() -> dict[str, Any]:
    """Name who acts, as a movement keeps it."""
    actor = Current.actor
    return {"actor_type": actor.type, "actor_id": actor.id, "actor_label": printable(actor.label, LABEL_LENGTH)}


def exceeded(balance: Balance) -> QuotaExceeded:
    """Say that less is left than was asked for, and count the refusal."""
    metrics.QUOTA_REFUSALS.labels(balance.resource.name).inc()
    return _exceeded(balance)


def quota_refusal(name: str, amount: int = 1) -> QuotaExceeded | None:
    """Return why `amount` units of a resource would be refused now, where they would: read, and nothing is taken or counted.

    :raises NotFound: when nothing of this name is counted.
    """
    balance = balance_of(name)
    return None if balance.room >= amount else _exceeded(balance)


def _exceeded(balance: Balance) -> QuotaExceeded:
    resets_at = balance.resets_at.isoformat().replace("+00:00", "Z") if balance.resets_at else None
    beyond = f", and so are the {balance.burst} allowed beyond it" if balance.burst else ""
    return QuotaExceeded(
        f"The limit of {balance.limit} {str(balance.resource).lower()} is reached{beyond}.",
        resource=balance.resource.name,
        limit=balance.limit,
        burst=balance.burst,
        used=balance.used,
        resets_at=resets_at,
    )


def noticed(balance: Balance) -> Balance:
    """Count that units were allowed beyond a limit, where they were. See Note [Bursts]."""
    if balance.over_limit:
        metrics.QUOTA_BURSTS.labels(balance.resource.name).inc()
    return balance


def _refusal(outcome: str, taken: int) -> Exception:
    if outcome == "not_that_many":
        return Invalid(f"This consumption took {taken}.", field="amount", problem="max_value")
    refusals = {"somebody_elses": SomebodyElses, "already_released": AlreadyReleased, "period_is_over": PeriodIsOver}
    return refusals.get(outcome, NoSuchConsumption)()
