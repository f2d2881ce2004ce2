"""Signal receivers: refusals (401, 403, SQLSTATE 42501) are entries in the trail of the organization that was tried."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from audit.coalescing import record_once
from audit.recording import record
from workix.core.current import Current
from workix.observability.logs.redaction import without_tokens

#: A program that goes on trying is one entry in so long.
SPAN = timedelta(minutes=10)


def record_refusal(sender: object, *, permission: str, method: str, path: str, **kwargs: Any) -> None:
    """Receive `access_refused`: who it was is in `Current`."""
    with _kept(), transaction.atomic():
        record(
            "access.refused",
            resource_type="permission",
            resource_id=permission,
            changes={"method": method, "path": without_tokens(path)[:1_000]},
        )


def record_refused_entrance(sender: object, *, code: str, method: str, path: str, **kwargs: Any) -> None:
    """Receive `entrance_refused`: nobody was let in, so whatever credential came, nobody is named."""
    if Current.find_organization() is not None:
        changes = {"method": method, "path": without_tokens(path)[:1_000]}
        with _kept():
            record_once("access.refused", resource_type="request", resource_id=code, changes=changes, within=SPAN)


def record_refused_statement(sender: object, **kwargs: Any) -> None:
    """Receive `statement_refused`. Which table it was is nothing for whoever may have tried to find out."""
    if Current.find_organization() is not None:
        with _kept():
            record_once("database.refused", resource_type="database", resource_id="42501", within=SPAN)


def _kept() -> AbstractContextManager[None]:
    """Keep what is recorded, in a dry run too: who tries what they may not is seen, whether they meant it or not."""
    ours: Any = connection  # our own backend
    return ours.kept()  # type: ignore[no-any-return]  # the same
