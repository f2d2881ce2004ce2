"""entry_as_json(): one entry of the audit trail as JSON, in lists and in exports."""

from __future__ import annotations

from typing import Any

from audit.models import LogEntry

#: Of LogEntry, what is written of it.
COLUMNS = (
    "id",
    "organization_id",
    "user_id",
    "actor_type",
    "actor_id",
    "actor_label",
    "on_behalf_of",
    "action",
    "resource_type",
    "resource_id",
    "resource_label",
    "changes",
    "reason",
    "ip_address",
    "user_agent",
    "request_id",
    "run_id",
    "step_id",
    "created_at",
    "is_verified",
)


def entry_as_json(entry: LogEntry) -> dict[str, Any]:
    """Write an entry straight from its attributes: a list asks no field of a serializer for any row."""
    return {
        "id": entry.id,
        "organization_id": entry.organization_id,
        "user_id": entry.user_id,
        "actor": {
            "type": entry.actor_type,
            "id": entry.actor_id,
            "label": entry.actor_label,
            "on_behalf_of": entry.on_behalf_of,
        },
        "action": entry.action,
        "resource_type": entry.resource_type,
        "resource_id": entry.resource_id,
        "resource_label": entry.resource_label,
        "changes": entry.changes,
        "reason": entry.reason,
        "ip_address": entry.ip_address,
        "user_agent": entry.user_agent,
        "request_id": entry.request_id,
        "run_id": entry.run_id,
        "step_id": entry.step_id,
        "created_at": entry.created_at,
        "is_verified": entry.is_verified,
    }
