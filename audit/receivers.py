"""Signal receivers: a refused permission is an entry in the trail of whoever tried."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from audit.recording import record


def record_refusal(sender: object, *, permission: str, method: str, path: str, **kwargs: Any) -> None:
    """Receive `access_refused`: who it was is in `Current`."""
    with transaction.atomic():
        record(
            "access.refused",
            resource_type="permission",
            resource_id=permission,
            changes={"method": method, "path": path[:1_000]},
        )
