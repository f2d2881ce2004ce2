"""What tests of the audit trail do: act as somebody of the cast, and look at the newest entries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from audit.models import LogEntry
from tenants.scope import use_tenant
from tests.cast import Cast
from workix.core.current import Actor, Current


@contextmanager
def acting(cast: Cast, name: str = "alice") -> Iterator[Actor]:
    """Act in one transaction as somebody of the cast."""
    person = cast.people[name]
    actor = Actor("person", person.id, person.email)
    with use_tenant(cast.organization), Current.scoped(actor=actor, reason="spring cleaning"), transaction.atomic():
        yield actor


def newest(cast: Cast, count: int = 1) -> list[dict[str, Any]]:
    fields = ("action", "resource_id", "changes", "actor_type", "actor_id", "actor_label", "source", "database_role")
    with use_tenant(cast.organization):
        return list(LogEntry.objects.values(*fields)[:count])


def line(cast: Cast, actor: Actor, action: str, resource: object, changes: dict[str, Any]) -> dict[str, Any]:
    return {
        "action": action,
        "resource_id": str(resource),
        "changes": changes,
        "actor_type": actor.type,
        "actor_id": actor.id,
        "actor_label": actor.label,
        "source": "trigger",
        "database_role": cast.organization.schema_name,
    }
