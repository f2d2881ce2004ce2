"""What is told of a sandbox that was opened: to whom asked the API, and on the command line."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accounts.emails import address_of
from agents.sandboxes.opening import Sandbox


def told(sandbox: Sandbox) -> dict[str, Any]:
    """Write a sandbox with all its secrets, by the API's names."""
    organization = sandbox.organization
    host = f"{organization.slug}.{settings.WORKIX.base_domain}"
    return {
        "organization": {"id": organization.id, "slug": organization.slug, "name": organization.name},
        "base_url": settings.WORKIX.public_url,
        "dashboard_url": f"{address_of(host)}/admin/",
        "expires_at": organization.sandbox_expires_at,
        "people": [
            {
                "role": person.user.role,
                "email": person.user.email,
                "password": sandbox.password,
                "access_token": person.access,
                "refresh_token": person.refresh,
            }
            for person in sandbox.people
        ],
        "api_key": sandbox.api_key,
        "agent_key": sandbox.agent_key,
    }
