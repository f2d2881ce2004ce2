"""Domains and background jobs in the console (Django admin)."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from procrastinate.contrib.django.models import ProcrastinateJob

from tenants.current_organization import cancel_removal, own_organization
from tenants.models import Domain, Organization, Status
from workix.admin.addresses import page_of_row
from workix.admin.model_admin import ModelAdmin, attempt
from workix.admin.sites import NEWEST, console, dashboard
from workix.core.current import Current
from workix.core.permissions import holds


@admin.register(Domain, site=console)
class DomainAdmin(ModelAdmin):
    """Which host leads to which organization."""

    names = ("domain", "domains")
    position = 20
    required_permissions = {"view": "console:enter"}
    list_display = ("host", "owner", "is_primary", "created_at")
    list_display_links = None
    list_select_related = ("organization",)
    fields = ("host", "organization", "is_primary", "created_at")
    search_fields = ("host", "organization__name")
    search_help_text = "Host or organization"

    @admin.display(description="Organization", ordering="organization__name")
    def owner(self, domain: Domain) -> str:
        return _link_to_organization(str(domain.organization_id), domain.organization.name)


@admin.register(ProcrastinateJob, site=console)
class JobAdmin(ModelAdmin):
    """What waits to be done, and what failed. Done jobs leave no row."""

    names = ("job", "jobs")
    position = 30
    empty = "Nothing waits, and nothing has failed."
    required_permissions = {"view": "console:enter"}
    list_display = ("id", "task_name", "status", "organization", "attempts", "scheduled_at", "queue_name")
    list_filter = ("status", "queue_name", "task_name")
    search_fields = ("args__organization_id", "task_name")
    search_help_text = "Organization's id or task"
    ordering = ("-id",)
    fields = ("task_name", "status", "organization", "arguments", "attempts", "scheduled_at", "queue_name")
    readonly_fields = ("organization", "arguments")

    def organization(self, job: ProcrastinateJob) -> str:
        identity = job.args.get("organization_id")
        return _link_to_organization(identity, identity) if identity else "-"

    def arguments(self, job: ProcrastinateJob) -> str:
        return format_html("<pre>{}</pre>", json.dumps(job.args, indent=2))


@dashboard.notice("admin/dashboard/removal.html")
def scheduled_removal(request: HttpRequest) -> dict[str, Any] | None:
    """Tell everybody that the organization will be removed, and let admins cancel it."""
    due_at = getattr(Current.organization, "removal_due_at", None)
    return {"due_at": due_at, "may_cancel": holds(request.user, "organization:write")} if due_at else None


@dashboard.view("cancel-removal/", "cancel_removal")
def cancel_scheduled_removal(request: HttpRequest) -> HttpResponse:
    """Let the organization stay."""
    if not holds(request.user, "organization:write"):
        request.lacked = "organization:write"  # type: ignore[attr-defined]  # named in the audit trail
        raise PermissionDenied
    if request.method == "POST":
        attempt(request, cancel_removal, done="The removal is cancelled. The organization stays.")
    return HttpResponseRedirect(reverse("admin:index"))


@dashboard.panel
def the_organization(request: HttpRequest) -> dict[str, Any]:
    """Say whose dashboard this is."""
    return {"organization": own_organization()}


@console.panel
def organizations_and_jobs(request: HttpRequest) -> dict[str, Any]:
    """Count organizations and jobs, and show who came last."""
    there = Organization.objects.filter(deleted_at__isnull=True)
    counted = dict(there.order_by().values_list("status").annotate(Count("id")))
    jobs = dict(ProcrastinateJob.objects.order_by().values_list("status").annotate(Count("id")))
    return {
        "statuses": [(status, counted.get(status, 0)) for status in Status],
        "newest": list(there.order_by("-created_at", "-id")[:NEWEST]),
        "waiting": jobs.get("todo", 0) + jobs.get("doing", 0),
        "failed": jobs.get("failed", 0),
    }


def _link_to_organization(identity: str, name: str) -> str:
    return format_html('<a href="{}">{}</a>', page_of_row(Organization._meta, identity, "console"), name)
