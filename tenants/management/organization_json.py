"""An organization as commands print it with --json: the columns of its row in `public`, by the API's names."""

from __future__ import annotations

from typing import Any

from tenants.models import Organization


def as_json(organization: Organization) -> dict[str, Any]:
    """Say what operators may know of an organization without looking into it."""
    return {
        "id": organization.id,
        "name": organization.name,
        "slug": organization.slug,
        "plan": str(organization.plan),
        "status": str(organization.status),
        "limits": organization.limits(),
        "created_at": organization.created_at,
        "removal_due_at": organization.removal_due_at,
        "sandbox_expires_at": organization.sandbox_expires_at,
    }
