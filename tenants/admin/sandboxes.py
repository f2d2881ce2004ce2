"""The banner of a sandbox in the dashboard (Django admin): what it is, and when it ends."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from tenants.sandboxes.ending import is_sandbox
from workix.admin.sites import dashboard
from workix.core.current import Current


@dashboard.notice("admin/dashboard/sandbox.html")
def sandbox(request: HttpRequest) -> dict[str, Any] | None:
    """Tell everybody that nothing here stays."""
    organization: Any = Current.organization
    return {"ends_at": organization.sandbox_expires_at} if is_sandbox(organization) else None
