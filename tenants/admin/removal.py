"""A scheduled removal in the dashboard (Django admin): who sees it, and how it is cancelled."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tenants.current_organization import cancel_removal
from workix.admin.model_admin import attempt, may
from workix.admin.sites import dashboard
from workix.core.current import Current
from workix.core.permissions import holds


@dashboard.notice("admin/dashboard/removal.html")
def scheduled_removal(request: HttpRequest) -> dict[str, Any] | None:
    """Tell everybody that the organization will be removed, and let admins cancel it."""
    due_at = getattr(Current.organization, "removal_due_at", None)
    return {"due_at": due_at, "may_cancel": holds(request.user, "organization:write")} if due_at else None


@dashboard.view("cancel-removal/", "cancel_removal")
def cancel_scheduled_removal(request: HttpRequest) -> HttpResponse:
    """Let the organization stay."""
    if not may(request, "organization:write"):
        raise PermissionDenied
    if request.method == "POST":
        attempt(request, cancel_removal, done="The removal is cancelled. The organization stays.")
    return HttpResponseRedirect(reverse("admin:index"))
