"""Background jobs in the console (Django admin)."""

from __future__ import annotations

import json

from django.contrib import admin
from django.utils.html import format_html
from procrastinate.contrib.django.models import ProcrastinateJob

from tenants.admin.links import link_to_organization
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import console


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
        return link_to_organization(identity, identity) if identity else "-"

    def arguments(self, job: ProcrastinateJob) -> str:
        return format_html("<pre>{}</pre>", json.dumps(job.args, indent=2))
