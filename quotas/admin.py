"""Quotas in the dashboard (Django admin): what the organization may use, and has used."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from quotas.limits import Balance, balances
from quotas.models import Quota
from quotas.usage.chart import chart_of
from quotas.usage.months import usage_by_month
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import dashboard
from workix.core.apps import resources


@admin.register(Quota, site=dashboard)
class QuotaAdmin(ModelAdmin):
    """Shows balances, and what was used by month. The rows are the platform's: no organization can read the table."""

    names = ("quota", "quotas")
    position = 30
    required_permissions = {"view": "quotas:read"}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise Http404
        used = usage_by_month(today=timezone.now().date())
        context = self.admin_site.each_context(request) | {
            "title": "Quotas",
            "opts": self.opts,
            "balances": in_order(balances()),
            "charts": [(resource, chart_of(months)) for resource, months in used],
        }
        return TemplateResponse(request, "admin/dashboard/quotas.html", context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> None:
        """Find nothing: one quota has no page of its own."""
        raise Http404


@dashboard.panel
def usage(request: HttpRequest) -> dict[str, Any]:
    """Show what is used of each quota."""
    return {"balances": in_order(balances())}


def in_order(all_balances: list[Balance]) -> list[Balance]:
    """Put people first, as the resources are declared."""
    declared = list(resources())
    return sorted(all_balances, key=lambda balance: declared.index(balance.resource.name))
