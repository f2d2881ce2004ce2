"""Pipelines in the dashboard (Django admin): their pages, and a panel on the home page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from examples.pipelines import editing, removal
from examples.pipelines.models import Pipeline
from workix.admin.model_admin import ModelAdmin, titled
from workix.admin.sites import NEWEST, dashboard
from workix.core.permissions import holds


@admin.register(Pipeline, site=dashboard)
class PipelineAdmin(ModelAdmin):
    """The pipelines of the organization."""

    names = ("pipeline", "pipelines")
    empty = "There are no pipelines yet, or none that fit. Add one with the button above, or through the API."
    required_permissions = {
        "view": "pipelines:read",
        "add": "pipelines:write",
        "change": "pipelines:write",
        "delete": "pipelines:write",
    }
    labels = {"is_enabled": "Enabled"}
    list_display = ("name", "schedule", "is_enabled", "created_at")
    list_filter = (("is_enabled", titled(admin.BooleanFieldListFilter, "whether they are enabled")), "schedule")
    search_fields = ("name",)
    search_help_text = "Name"
    fields = ("name", "schedule", "is_enabled")

    def save_model(self, request: HttpRequest, obj: Pipeline, form: Any, change: bool) -> None:
        if change:
            editing.change(obj.id, **{field: form.cleaned_data[field] for field in form.changed_data})
        else:
            obj.id = editing.add(**form.cleaned_data).id

    def delete_model(self, request: HttpRequest, obj: Pipeline) -> None:
        removal.remove(obj.id, now=timezone.now())


@dashboard.section("pipelines/panel.html")
def newest_pipelines(request: HttpRequest) -> dict[str, Any] | None:
    """Show the newest on the home page, or what a pipeline is where there is none."""
    if not holds(request.user, "pipelines:read"):
        return None
    return {"pipelines": list(Pipeline.objects.all()[:NEWEST]), "may_add": holds(request.user, "pipelines:write")}
