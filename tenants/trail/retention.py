"""Retention of the audit trail: the oldest entries go, in small batches, and a signed line says up to where (pruning)."""

# Note [What is pruned]
# An organization says how long its trail is kept, an operator how long at least, and a legal hold that nothing goes. What goes
# is a beginning of the tree, leaf by leaf in its order: entries that are old behind one that is not wait for it. Leaves and
# checkpoints stay, so that what remains is proven as before.
#
# A batch is one transaction of the owner's: the line, signed over the tree up to it; the entries before it, deleted; and an entry
# of its own, `audit_log.pruned`. A crash leaves all of it or nothing. The policy is locked meanwhile: whoever sets a hold waits
# for the batch, and nothing goes after it. An entry that is not what its leaf says is evidence, and never pruned: there it ends.

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from audit import merkle
from audit.recording import record
from audit.transparency.entry_form import AS_TEXTS, entry_of
from audit.transparency.nodes import read_for
from audit.transparency.offline_verifier import commitment_to, is_erased, leaf_hash, leaf_of
from audit.transparency.signing import sign_pruning
from tenants.isolation.owner import acting_as_owner
from tenants.lifecycle import acting_on
from tenants.models import Organization, Status
from workix.core.current import SYSTEM, Current

logger = logging.getLogger("workix.trail")

BATCH = 2_000
#: The rest is left to the next night.
MOST_BATCHES = 500

_POLICY = "SELECT audit_retention_days, legal_hold FROM security_policies FOR SHARE"
_HOLD = """
    INSERT INTO security_policies AS p (organization_id, legal_hold, updated_at) VALUES (%s, %s, now())
    ON CONFLICT (organization_id) DO UPDATE SET legal_hold = %s, updated_at = now()
     WHERE p.legal_hold IS DISTINCT FROM EXCLUDED.legal_hold"""
_UP_TO = "SELECT coalesce(max(size), 0), (SELECT coalesce(max(size), 0) FROM audit_checkpoints) FROM audit_prunings"
_OLDEST = sql.SQL("""
    SELECT l.index, l.entry_id, l.commitment, l.hash, e.created_at < %s, {entry}
      FROM audit_leaves AS l LEFT JOIN audit_logs AS e ON e.id = l.entry_id
     WHERE l.index >= %s AND l.index < %s ORDER BY l.index""").format(entry=AS_TEXTS)
_LINE = "INSERT INTO audit_prunings (size, note, older_than) VALUES (%s, %s, %s)"
_PRUNE = "DELETE FROM audit_logs WHERE id = ANY (%s)"


class EntryChanged(RuntimeError):
    """An entry that is due is not what was signed, or is gone: it is not ours to prune."""


def prune(organization: Organization, *, now: datetime, batch: int = BATCH) -> int:
    """Take what is older than the organization keeps it out of its trail; return how many entries. See Note [What is pruned].

    Whoever is suspended keeps everything.

    :raises EntryChanged: at the first entry that is not as it was signed; what was due before it is gone.
    """
    pruned = 0
    for _ in range(MOST_BATCHES if organization.status != Status.SUSPENDED else 0):
        with _acting_on(organization):
            done = _prune_batch(organization, now=now, batch=batch)
        pruned += done
        if done < batch:
            break
    return pruned


def set_legal_hold(slug: str, *, held: bool, reason: str) -> Organization:
    """Keep all of a trail, however old, or let retention go on. For operators; the reason stands in the trail itself.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    """
    with acting_on(slug, reason) as organization, connection.cursor() as cursor:
        cursor.execute(_HOLD, [organization.id, held, held])
    return organization


@contextmanager
def _acting_on(organization: Organization) -> Iterator[None]:
    with (
        acting_as_owner(organization.schema_name),
        Current.scoped(organization=organization, actor=SYSTEM, reason="retention"),
        transaction.atomic(),
    ):
        yield


def _prune_batch(organization: Organization, *, now: datetime, batch: int) -> int:
    older_than = _older_than(now)
    if older_than is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_UP_TO)
        begin, signed = cursor.fetchone()
        cursor.execute(_OLDEST, [older_than, begin, min(begin + batch, signed)])
        due = list(takewhile(_is_due, cursor.fetchall()))
        if not due:
            return 0
        size = begin + len(due)
        root = read_for(partial(merkle.hash_of, start=0, end=size))
        cursor.execute(_LINE, [size, sign_pruning(organization.id, size=size, root=root), older_than])
        cursor.execute(_PRUNE, [[row[1] for row in due]])
    told = {"entries": len(due), "up_to_leaf": size, "older_than": older_than.isoformat()}
    record("audit_log.pruned", resource_type="audit_log", changes=told)
    return len(due)


def _older_than(now: datetime) -> datetime | None:
    """Say before which moment entries are due; nothing where they are kept for ever, or held."""
    with connection.cursor() as cursor:
        cursor.execute(_POLICY)
        days, is_held = cursor.fetchone() or (None, False)
    return (
        None if days is None or is_held else now - timedelta(days=max(days, settings.WORKIX.audit_retention_floor_days))
    )


def _is_due(row: tuple[Any, ...]) -> bool:
    """Say whether the entry of a leaf is older than it is kept.

    :raises EntryChanged: when it is not what the leaf says.
    """
    index, entry_id, commitment, hashed, is_old, *columns = row
    if is_old is False:
        return False
    entry = entry_of(tuple(columns))
    if is_old is None or not _is_as_signed(entry, bytes(commitment), bytes(hashed)):
        raise EntryChanged(
            f"The entry {entry_id}, leaf {index}, is not what was signed: nothing is pruned from there on."
        )
    return True


def _is_as_signed(entry: dict[str, Any], commitment: bytes, hashed: bytes) -> bool:
    is_committed = is_erased(entry) or commitment_to(entry) == commitment
    return is_committed and leaf_hash(leaf_of(entry, commitment)) == hashed
