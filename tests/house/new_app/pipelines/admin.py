"""Pipelines in the dashboard: a list to look at (admin)."""

from __future__ import annotations

from django.contrib import admin

from pipelines.models import Pipeline
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import dashboard
from workix.core.permissions import Permission


@admin.register(Pipeline, site=dashboard)
class PipelineAdmin(ModelAdmin):
    """Shows them; the API is where they are made."""

    names = ("pipeline", "pipelines")
    required_permissions = {"view": Permission.ORGANIZATION_READ}
