"""Domains in the console (Django admin)."""

from __future__ import annotations

from django.contrib import admin

from tenants.admin.links import link_to_organization
from tenants.models import Domain
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import console


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
        return link_to_organization(str(domain.organization_id), domain.organization.name)
