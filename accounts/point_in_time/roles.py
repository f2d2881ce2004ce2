"""Own roles of the organization as they were at a moment (`as_of`), from the audit trail, and how many people had them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from accounts.models import CustomRole, RoleMember
from audit.reading.as_of import rows_as_of

_COLUMNS = ("id", "name", "description", "permissions", "created_at")


def roles_as_of(moment: datetime, *, now: datetime) -> list[CustomRole]:
    """List them by name, as `GET /roles/` does. None of them is to be saved.

    :raises Invalid: when that moment is yet to come.
    :raises TrailTooShort: when the trail was pruned beyond it.
    """
    members = rows_as_of(RoleMember, moment, columns=("id", "role_id"), now=now)
    many = Counter(str(member["role_id"]) for member in members)
    found = [_role(row, many[row["id"]]) for row in rows_as_of(CustomRole, moment, columns=_COLUMNS, now=now)]
    return sorted(found, key=lambda role: (role.name, str(role.id)))


def _role(row: dict[str, Any], members: int) -> CustomRole:
    created_at = datetime.fromisoformat(row["created_at"])
    said = {name: row[name] for name in _COLUMNS[:4]}
    role = CustomRole(**said, created_at=created_at, updated_at=row["changed_at"] or created_at)
    role.members_count = members
    return role
