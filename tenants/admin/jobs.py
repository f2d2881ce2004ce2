"""Background jobs in the console (Django admin)."""

from __future__ import annotations

import json
from functools import partial

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from procrastinate.contrib.django.models import ProcrastinateJob

from tenants.admin.links import link_to_organization
from tenants.jobs.failed_jobs import retry_failed_job
from workix.admin.model_admin import ModelAdmin, attempt
from workix.admin.sites import console


@admin.register(ProcrastinateJob, site=console)
class JobAdmin(ModelAdmin):
    """What waits to be done, and what failed. Done jobs leave no row."""

    names = ("job", "jobs")
    position = 30
    empty = "Nothing waits, and nothing has failed."
    required_permissions = {"view": "console:enter", "retry": "jobs:retry"}
    actions = ("retry",)
    list_display = ("id", "task_name", "status", "organization", "attempts", "scheduled_at", "queue_name")
    list_filter = ("status", "queue_name", "task_name")
    search_fields = ("args__organization_id", "task_name")
    search_help_text = "Organization's id or task"
    ordering = ("-id",)
    fields = ("task_name", "status", "organization", "arguments", "attempts", "scheduled_at", "queue_name")
    readonly_fields = ("organization", "arguments")

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "retry")

    @admin.action(description="Try again", permissions=["retry"])
    def retry(self, request: HttpRequest, jobs: QuerySet[ProcrastinateJob]) -> None:
        """Have those that failed tried again; of others, say that they did not."""
        for number in jobs.order_by("id").values_list("id", flat=True):
            attempt(request, partial(retry_failed_job, number), done=f"Job {number} will be tried again.")

    def organization(self, job: ProcrastinateJob) -> str:
        identity = job.args.get("organization_id")
        return link_to_organization(identity, identity) if identity else "-"

    def arguments(self, job: ProcrastinateJob) -> str:
        return format_html("<pre>{}</pre>", json.dumps(job.args, indent=2))
