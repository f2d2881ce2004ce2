"""record_once(): an audit entry that is coalesced, so that what anybody can cause again and again does not fill the trail."""

# Raw SQL: looks for an entry and calls the function of `public` that writes one down, in one statement.

# Note [Coalesced entries]
# What can be caused again and again is written down once in a while: by the same actor, or, where nobody is known, from the
# same address. Addresses are cheap (a home has 2^64), so nobodies together have so many entries of an action, too. It is one
# statement and no lock: of those that come at the same moment more than one may be written, and growth stays bounded.
# A flood of nobodies costs no statement either: a process remembers whom it asked for, and asks for no more than are written.

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from audit.context import sign
from workix.core.current import Current

#: Entries of one action that nobodies may cause in one span, from all addresses together.
MOST_OF_NOBODY = 20

#: So many pairs of an organization and an action a process remembers at once.
_MOST_REMEMBERED = 10_000
#: An organization, an action -> until when, and for which addresses nothing more is asked.
_asked: dict[tuple[UUID | None, str], tuple[float, set[tuple[str, str]]]] = {}

_ONCE = """
    WITH asked AS (SELECT %(action)s::text AS action, %(type)s::text AS type, %(id)s::text AS id, %(actor)s::uuid AS actor,
                          %(address)s::text AS address, now() - %(within)s::interval AS since)
    SELECT public.record_event(%(signed)s, %(mac)s, asked.action, asked.type, asked.id, '', %(changes)s) FROM asked
     WHERE NOT EXISTS (SELECT 1 FROM audit_logs AS a
                        WHERE a.action = asked.action AND a.created_at > asked.since
                          AND a.resource_type = asked.type AND a.resource_id = asked.id
                          AND a.actor_id IS NOT DISTINCT FROM asked.actor
                          AND (asked.actor IS NOT NULL OR a.ip_address = asked.address))
       AND (asked.actor IS NOT NULL
            OR (SELECT count(*) FROM (SELECT 1 FROM audit_logs AS a
                                       WHERE a.action = asked.action AND a.created_at > asked.since AND a.actor_id IS NULL
                                       LIMIT %(most)s::bigint) AS nobodies) < %(most)s::bigint)"""


def record_once(
    action: str,
    *,
    resource_type: str,
    resource_id: object = "",
    changes: Mapping[str, Any] | None = None,
    within: timedelta,
) -> None:
    """Add one entry, unless there is such a one of this actor within that time. See Note [Coalesced entries]."""
    context = Current.context
    who = (context.ip_address, f"{resource_type} {resource_id}")
    if context.actor.id is None and not _is_first(action, who, within):
        return
    with connection.cursor() as cursor:
        wrapper: Any = connection  # our own backend's: whoever has a cursor has a role
        signed, mac = sign(context, role=wrapper.database_role.name)
        event: dict[str, Any] = {
            "action": action,
            "type": resource_type,
            "id": str(resource_id),
            "changes": Jsonb(dict(changes or {})),
        }
        asking: dict[str, Any] = {
            "actor": context.actor.id,
            "address": context.ip_address,
            "signed": signed,
            "mac": mac,
        }
        values: dict[str, Any] = {**event, **asking, "within": within, "most": MOST_OF_NOBODY}
        cursor.execute(_ONCE, values)


def forget() -> None:
    """Ask anew. For tests, which put the trail back."""
    _asked.clear()


def _is_first(action: str, who: tuple[str, str], within: timedelta) -> bool:
    """Say whether this process is to ask for a nobody: once in the span, and for no more of them than are written."""
    organization, now = Current.find_organization(), time.monotonic()
    key = (organization.id if organization else None, action)
    until, addresses = _asked.get(key, (0.0, set[tuple[str, str]]()))
    if until <= now:
        if len(_asked) >= _MOST_REMEMBERED:
            _asked.clear()
        until, addresses = _asked[key] = now + within.total_seconds(), set()
    if who in addresses or len(addresses) >= MOST_OF_NOBODY:
        return False
    addresses.add(who)
    return True
