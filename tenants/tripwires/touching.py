"""Touching a tripwire over the API: an entry in the organization's trail and in the platform's, a count, a line in the log."""

# Raw SQL: calls a function of `public`.

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Literal

from django.db import connection, transaction

from audit.coalescing import record_once
from tenants.backend.dry_run import kept
from tenants.scope import use_platform
from tenants.tripwires.decoys import is_decoy_address
from workix.core.current import Current

logger = logging.getLogger("workix.tripwires")

SPAN = timedelta(minutes=1)


def touch(kind: Literal["api_key", "person"]) -> None:
    """Note that whoever asks used a decoy, in a dry run too. What they are answered, and how soon, must not tell that it was."""
    logger.error("tripwire.touched", extra={"kind": kind, "ip_address": Current.context.ip_address})
    if Current.find_organization() is not None:
        with kept(), transaction.atomic():
            record_once("tripwire.touched", resource_type="tripwire", resource_id=kind, within=SPAN)
    with kept(), use_platform(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT public.touch_tripwire(%s)", [kind])


def notice_decoy(address: str) -> None:
    """Note that somebody tries to log in with the address of a decoy: they have its rows."""
    if is_decoy_address(address):
        touch("person")
