"""consume_where(): a consumption with its condition, its entry and the balance in one statement, for who consumes all day."""

# Raw SQL: calls a function of `public` for the row of a condition.

# Note [One statement]
# A consumption is five statements: a transaction begins and says who acts, units are taken, the entry is written, it ends; and
# whoever asks was looked up before. Each is a round trip, which costs both sides more than the work. Here all of it is one
# statement, which is a transaction by itself. What it depends on, as whether a key is still good, is its condition: judged in the
# statement that acts on it, so nothing is believed that was true a moment ago.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.types.json import Jsonb

from audit import context, signed_calls
from quotas.consumption import Consumption, actor_columns, exceeded, noticed, require_movable
from quotas.limits import as_balance, balance_of
from tenants.backend.prepared import prepared
from workix.core.current import Current
from workix.core.models import uuid7

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
    signed, mac = signed_calls.sign("consume_quota", resource=name, consumption=consumption, amount=amount, **taken)
    who, who_mac = context.sign(Current.context, role=ours.database_role.name)
    told = {"consumption": str(consumption), "resource": name, "amount": amount}
    sent = {
        "signed": signed,
        "mac": mac,
        "context": who,
        "context_mac": who_mac,
        "resource": name,
        "details": Jsonb(told),
    }
    with prepared(ours), ours.cursor() as cursor:
        cursor.execute(_CONSUME.format(condition), {**parameters, **sent})
        row = cursor.fetchone()
    if row is None or not row[0]:
        return None
    if row[1] is None:
        raise exceeded(balance_of(name))
    return Consumption(consumption, noticed(as_balance(row[1:])))
