"""The other organizations of whoever looks at the dashboard (Django admin): a link to each one's own."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest

from accounts.emails import address_of
from accounts.login import browser_sessions
from accounts.login.switching import other_hosts
from accounts.models import User
from workix.admin.sites import dashboard
from workix.core.current import Current


@dashboard.section("admin/dashboard/organizations.html")
def other_organizations(request: HttpRequest) -> dict[str, Any] | None:
    """Offer the way where this organization allows it. See Note [Switching]."""
    session_id = browser_sessions.session_id_of(request)
    if session_id is None or not getattr(Current.organization, "allows_switching", False):
        return None
    hosts = other_hosts(cast(User, request.user), session_id)
    return {"others": [(host.organization, address_of(host.host)) for host in hosts]} if hosts else None
