"""manage.py inspect_organization: shows an organization's admins, pending removal and newest entries (break-glass access)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from accounts.break_glass import MOST_ENTRIES, look_inside
from audit.models import LogEntry
from audit.reading.timeline import who
from tenants.management.organization_json import as_json
from workix.core import commands
from workix.core.commands import whole_number


class Command(commands.Command):
    help = (
        "Shows an organization's admins and the newest of its trail. An entry of its own says that you looked, and why."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")
        parser.add_argument("--entries", type=whole_number(1, MOST_ENTRIES), default=20, help="How many entries: 20.")

    def handle(self, *args: Any, slug: str, reason: str, entries: int, **options: Any) -> None:
        found = look_inside(slug, reason=reason, entries=entries)
        organization = found.organization
        data = as_json(organization) | {
            "admins": [asdict(admin) for admin in found.admins],
            "entries": [_entry_as_json(entry) for entry in found.entries],
        }
        due = organization.removal_due_at
        lines = [
            f"{organization.name}: {organization.plan}, {organization.status}",
            f"Will be removed on {due:%Y-%m-%d %H:%M} UTC." if due else "No removal is scheduled.",
            *(f"Admin {admin.email}{'' if admin.is_active else ' (may not log in)'}" for admin in found.admins),
            *(f"{entry.created_at:%Y-%m-%d %H:%M} {entry.action} {who(entry)}" for entry in found.entries),
        ]
        self.answer(data, *lines)


def _entry_as_json(entry: LogEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "created_at": entry.created_at,
        "action": entry.action,
        "actor": {
            "type": entry.actor_type,
            "id": entry.actor_id,
            "label": entry.actor_label,
            "on_behalf_of": entry.on_behalf_of,
        },
        "resource_type": entry.resource_type,
        "resource_id": entry.resource_id,
        "changes": entry.changes,
        "reason": entry.reason,
    }
