"""Erases a person: rows of theirs go, texts are taken out, entries are emptied, a scan proves it, a certificate says so."""

# Note [How a person is erased]
# First they are removed, as an admin removes somebody, so that nothing new comes. Then the trail is emptied of them in small
# batches, each a transaction: while that runs their row still says whom to look for, so what a crash ends is begun anew. The
# rest is one transaction of the owner's: their rows, what others hold, the jobs, their own row, the entries that all this wrote.
# A scan of every text and JSON column follows, inside it. Where it finds anything, nothing of it was done, and the job comes
# again; so a certificate is there only where there was nothing left.
#
# Under a legal hold nothing is erased, as it may be evidence (GDPR, article 17 (3) (e)): what is due waits, what had begun too.
#
# PostgreSQL keeps old versions of rows until they are vacuumed, and backups until they are over: operations.md says what to do.

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import members
from accounts.models import SecurityPolicy, User
from audit.recording import record
from privacy.erasures.certificate import certify
from privacy.erasures.rows import delete_rows
from privacy.erasures.traces_of_person import traces_of
from privacy.models import OPEN_ERASURES, Erasure, ErasureStatus
from tenants.erasure.columns import count_found, take_out, text_columns
from tenants.erasure.entries import erase_entries
from tenants.erasure.shared_tables import count_left_in_public, erase_in_public
from tenants.erasure.traces import Traces
from tenants.erasure.transaction import as_owner_of_the_trail, one_transaction
from workix.core.current import Current
from workix.core.errors import Conflict

logger = logging.getLogger("workix.privacy")


class ValuesLeft(RuntimeError):
    """A scan found values of somebody who was to be erased; nothing was erased. Names columns, never values."""


class ErasureHeld(Conflict):
    detail = "The organization is under a legal hold: nobody is erased until it is lifted."


def erase(erasure_id: UUID, *, now: datetime) -> Erasure:
    """Do an erasure that is scheduled, or was begun. See Note [How a person is erased].

    :raises LastAdmin: when no active admin would be left.
    :raises ErasureHeld: when the organization is under a legal hold.
    :raises ValuesLeft: when values are still there.
    """
    erasure = _begin(erasure_id, now=now)
    if erasure.status != ErasureStatus.RUNNING:
        return erasure
    traces = traces_of(User.with_removed.get(id=erasure.user_id))
    with as_owner_of_the_trail():
        emptied = erase_entries(traces)
    with one_transaction():
        return _finish(erasure_id, traces, emptied=emptied, now=now)


def _begin(erasure_id: UUID, *, now: datetime) -> Erasure:
    """Remove the person, as far as they are not; from then on it can't be called off."""
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update(no_key=True).get(id=erasure_id)
        if erasure.status in OPEN_ERASURES:
            _require_no_hold()
        if erasure.status != ErasureStatus.SCHEDULED:
            return erasure
        if User.objects.filter(id=erasure.user_id).exists():
            members.remove(erasure.user_id, now=now)
        erasure.status = ErasureStatus.RUNNING
        erasure.save(update_fields=["status", "updated_at"])
    return erasure


def _require_no_hold() -> None:
    """Look whether there is a hold, and keep one from being set until this transaction has ended."""
    policy = SecurityPolicy.objects.select_for_update(no_key=True).first()
    if policy is not None and policy.legal_hold:
        raise ErasureHeld


def _finish(erasure_id: UUID, traces: Traces, *, emptied: int, now: datetime) -> Erasure:
    erasure = Erasure.objects.select_for_update().get(id=erasure_id)
    if erasure.status != ErasureStatus.RUNNING:
        return erasure  # somebody else was faster
    person = User.with_removed.select_for_update().get(id=traces.person_id)
    gone: dict[str, Any] = delete_rows(person, traces)
    _overwrite(person, now=now)
    gone |= take_out(traces.pattern) | erase_in_public(traces)
    gone["audit_logs"] = emptied + erase_entries(traces)
    _require_nothing_left(traces)
    erasure.status, erasure.erased_at = ErasureStatus.DONE, now
    erasure.certificate = certify(
        Current.organization.id,
        erasure=erasure.id,
        person=person.id,
        organization=Current.organization.id,
        requested_at=erasure.created_at.isoformat(),
        erased_at=now.isoformat(),
        gone={name: count for name, count in gone.items() if count},
        scanned_columns=len(text_columns()),
        found=0,
        full_name_elsewhere=count_found(traces.name_pattern) if traces.names else {},
    )
    erasure.save(update_fields=["status", "erased_at", "certificate", "updated_at"])
    record("user.erased", resource_type="user", resource_id=person.id)
    logger.info("privacy.erased", extra={"erasure": str(erasure.id)})
    return erasure


def _overwrite(person: User, *, now: datetime) -> None:
    """Leave of the row what leads to nobody."""
    values = {
        **dict.fromkeys(("first_name", "last_name", "external_id", "mailbox_proof"), ""),
        "email": f"{person.id}@erased.invalid",
        "password": make_password(None),
        **dict.fromkeys(("last_login", "email_confirmed_at")),
        "password_changed_at": now,
        "is_active": False,
        "deleted_at": person.deleted_at or now,
    }
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=[*values, "updated_at"])


def _require_nothing_left(traces: Traces) -> None:
    left = count_found(traces.pattern) | count_left_in_public(traces)
    if left:
        raise ValuesLeft(f"Values are left in {', '.join(sorted(left))}.")
