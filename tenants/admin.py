"""Domains and background jobs in the console."""

from __future__ import annotations

import json

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from procrastinate.contrib.django.models import ProcrastinateJob

from tenants.models import Domain
from workix.admin.model_admin import Door
from workix.core.permissions import Permission


class DomainsDoor(Door):
    """Which host leads to which organization."""

    names = ("domain", "domains")
    needs = {"look": Permission.CONSOLE_ENTER}
    list_display = ("host", "owner", "is_primary", "created_at")
    list_display_links = None
    list_select_related = ("organization",)
    fields = ("host", "organization", "is_primary", "created_at")
    search_fields = ("host", "organization__name")
    search_help_text = "Host or organization"

    @admin.display(description="Organization", ordering="organization__name")
    def owner(self, domain: Domain) -> str:
        return _link_to_organization(str(domain.organization_id), domain.organization.name)


class JobsDoor(Door):
    """What waits to be done, and what failed. Done jobs leave no row."""

    names = ("job", "jobs")
    empty = "Nothing waits, and nothing has failed."
    needs = {"look": Permission.CONSOLE_ENTER}
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


def _link_to_organization(identity: str, name: str) -> str:
    address = reverse("admin:tenants_organization_change", args=[identity], current_app="console")
    return format_html('<a href="{}">{}</a>', address, name)
