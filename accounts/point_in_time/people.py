"""People of the organization as they were at a moment (`as_of`), from the audit trail: those who were removed since, too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import User
from audit.reading.as_of import rows_as_of

_COLUMNS = ("id", "email", "first_name", "last_name", "role", "is_active", "created_at", "deleted_at")


def people_as_of(moment: datetime, *, now: datetime) -> list[dict[str, Any]]:
    """List them in the order they came, as `GET /users/` does. When somebody logged in last, the trail does not say.

    :raises Invalid: when that moment is yet to come.
    :raises TrailTooShort: when the trail was pruned beyond it.
    """
    rows = [row for row in rows_as_of(User, moment, columns=_COLUMNS, now=now) if row["deleted_at"] is None]
    people = [_person(row) for row in rows]
    return sorted(people, key=lambda person: (person["created_at"], person["id"]))


def _person(row: dict[str, Any]) -> dict[str, Any]:
    created_at = datetime.fromisoformat(row["created_at"])
    shown = {name: row[name] for name in _COLUMNS[:6]}
    return shown | {"created_at": created_at, "updated_at": row["changed_at"] or created_at, "last_login": None}
