"""Erases entries of the audit trail (GDPR): personal columns and salt go, in small batches; the Merkle tree stays proven."""

# Raw SQL: empties entries, which the owner alone may, and looks for texts in all of their personal columns at once.

# Note [An erased entry]
# A leaf of the tree commits to all personal columns of its entry at once, under the entry's salt (record 0038). So an entry is
# erased as a whole or not at all: whatever stands in one of them goes with the rest, and the salt, without which the
# commitment tells nothing. That something was done to which thing, when and in which request stays, and is proven as before.
# What names nobody is left: that an admin read a person's row is the admin's act.

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction

from tenants.erasure.traces import Traces

BATCH = 500

_IS_ERASED = """
    salt IS NULL AND user_id IS NULL AND actor_id IS NULL AND on_behalf_of IS NULL AND changes = '{}'
    AND concat(actor_label, resource_label, reason, ip_address, user_agent) = ''"""
_FIND = f"""
    SELECT id FROM audit_logs
     WHERE (actor_id = %(person)s OR user_id = %(person)s OR on_behalf_of = %(person)s
            OR (resource_id = %(person)s::text AND (changes <> '{{}}' OR resource_label <> ''))
            OR (resource_type = ANY (%(own)s::text[]) AND position(%(person)s::text IN changes::text) > 0)
            OR concat_ws(E'\\n', actor_label, resource_label, changes, reason, user_agent, ip_address) ~* %(texts)s
            OR reason ~* %(names)s)
       AND NOT ({_IS_ERASED})
     ORDER BY created_at, id"""  # noqa: S608  # a constant
_ERASE = """
    UPDATE audit_logs SET user_id = NULL, actor_id = NULL, on_behalf_of = NULL, actor_label = '', resource_label = '',
           changes = '{}', reason = '', ip_address = '', user_agent = '', salt = NULL
     WHERE id = ANY (%s::uuid[])"""


def find_entries(traces: Traces) -> list[UUID]:
    """Find the entries of the trail that hold something about a person, and were not erased; oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            _FIND,
            {
                "person": traces.person_id,
                "own": list(traces.own),
                "texts": traces.pattern,
                "names": traces.name_pattern,
            },
        )
        return [row[0] for row in cursor.fetchall()]


def erase_entries(traces: Traces, *, batch: int = BATCH) -> int:
    """Erase them, as the owner, a transaction each batch. See Note [An erased entry]. Return how many there were."""
    found = find_entries(traces)
    for part in _batches(found, batch):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ERASE, [part])
    return len(found)


def _batches(found: list[UUID], size: int) -> Iterator[list[UUID]]:
    return (found[start : start + size] for start in range(0, len(found), size))
