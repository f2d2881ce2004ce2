"""Quotas in the dashboard (Django admin): what is used; in the console limits, overrides, usage and heavy use over all."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from quotas.entitlements.overrides import cancel_override, over_the_limit, override_limit
from quotas.heavy_use.heaviest import MEASURES, PERIODS, heaviest
from quotas.limits import Balance, balances
from quotas.models import HeavyUse, PastUsage, Quota, hard_limit_in_force, limit_in_force
from quotas.usage.all_organizations import as_csv, month_named, usage_of_all
from quotas.usage.chart import chart_of
from quotas.usage.months import usage_by_month
from tenants.admin.links import link_to_organization
from tenants.models import Organization
from workix.admin.fields import MomentField
from workix.admin.model_admin import CapabilityForm, ModelAdmin
from workix.admin.sites import console, dashboard
from workix.core.apps import resources
from workix.core.current import LONGEST_REASON
from workix.core.errors import Invalid

#: How far back pages go: more rows than any platform has.
_LAST_PAGE = 1_000_000


class PageAdmin(ModelAdmin):
    """A page of its own in place of a list of rows: no row has one."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> None:
        """Find nothing."""
        raise Http404


@admin.register(Quota, site=dashboard)
class QuotaAdmin(PageAdmin):
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


class Query(forms.Form):
    """What an address asks for."""

    def read(self) -> dict[str, Any]:
        """Return it.

        :raises Invalid: when it can't be read.
        """
        if not self.is_valid():
            raise Invalid("A filter can't be read.")
        return self.cleaned_data


class UsageQuery(Query):
    """What an address asks for: a month, and which page of it."""

    period = forms.CharField(required=False, max_length=7)
    page = forms.IntegerField(required=False, min_value=1, max_value=_LAST_PAGE)

    def month(self, today: date) -> date:
        """Return the first day of the month.

        :raises Invalid: when it is no month up to this one, or the page is none.
        """
        return month_named(self.read()["period"], today=today)


@admin.register(PastUsage, site=console)
class UsageAdmin(PageAdmin):
    """Shows operators who is near a limit, month by month. What is counted is the platform's; nobody's own data is in it."""

    names = ("usage", "usage")
    position = 25
    required_permissions = {"view": "console:enter"}

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/csv/", view, name="usage_export"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show one page of a month."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query, today, most = UsageQuery(request.GET), timezone.now().date(), self.list_per_page
        month = query.month(today)
        page = query.cleaned_data["page"] or 1
        found = usage_of_all(month, today=today, most=most + 1, skipped=most * (page - 1))
        context = self.admin_site.each_context(request) | {
            "title": "Usage",
            "opts": self.opts,
            "month": month,
            "this_month": today,
            "found": found[:most],
            "page": page,
            "previous": page - 1,
            "next": page + 1 if len(found) > most else None,
        }
        return TemplateResponse(request, "admin/console/usage.html", context)

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Write all pages of a month as CSV."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.now().date()
        month = UsageQuery(request.GET).month(today)
        content = as_csv(month, usage_of_all(month, today=today))
        disposition = f'attachment; filename="usage-{month:%Y-%m}.csv"'
        headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


class HeavyUseQuery(Query):
    """What an address asks for: by what organizations are sorted, and of the last hour or day."""

    by = forms.ChoiceField(required=False, choices=list(MEASURES.items()))
    period = forms.ChoiceField(required=False, choices=[(name, name) for name in PERIODS])


@admin.register(HeavyUse, site=console)
class HeavyUseAdmin(PageAdmin):
    """Shows operators which organizations ask most of the platform. Numbers of requests and jobs; nobody's own data."""

    names = ("heavy use", "heavy use")
    position = 26
    required_permissions = {"view": "console:enter"}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the twenty that ask most.

        :raises Invalid: when they can't be sorted so, or the period is none.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = HeavyUseQuery(request.GET).read()
        by, period = asked["by"] or "requests", asked["period"] or "hour"
        context = self.admin_site.each_context(request) | {
            "title": "Heavy use",
            "opts": self.opts,
            "measures": MEASURES,
            "columns": sorted(MEASURES.items(), key=lambda measure: measure[0] != by),  # on a phone the first are seen
            "by": by,
            "periods": PERIODS,
            "period": period,
            "found": heaviest(by, period, now=timezone.now()),
        }
        return TemplateResponse(request, "admin/console/heavy_use.html", context)


class OverrideForm(CapabilityForm):
    """A limit other than the plan's, with a reason. No limit: the plan's counts again."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="The admins of the organization read it in their audit trail.",
    )
    override_burst = forms.IntegerField(
        required=False,
        min_value=0,
        help_text="How many units beyond the override are allowed, and reported. Left empty, none.",
    )
    override_until = MomentField(
        label="Override until (UTC)",
        help_text="From then on the plan's limit counts again. Left empty, it has no end.",
    )


@admin.register(Quota, site=console)
class LimitAdmin(ModelAdmin):
    """The limits of every organization, and how much of each is taken. An operator overrides one."""

    names = ("limit", "limits")
    position = 15
    required_permissions = {"view": "console:enter", "change": "organizations:manage"}
    form = OverrideForm
    list_display = ("resource", "organization", "taken", "in_force", "override_until")
    search_fields = ("slug", "resource")
    search_help_text = "Slug or resource"
    readonly_fields = ("resource", "organization", "taken", "limit", "burst")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quota]:
        there = Organization.objects.filter(deleted_at__isnull=True).order_by()
        slug = Subquery(there.filter(id=OuterRef("organization_id")).values("slug"))
        found: QuerySet[Quota] = super().get_queryset(request).filter(organization_id__in=there.values("id"))
        return found.annotate(slug=slug, limit_now=limit_in_force(), hard_limit=hard_limit_in_force())

    @admin.display(description="Organization", ordering="slug")
    def organization(self, quota: Any) -> str:
        return link_to_organization(str(quota.organization_id), quota.slug)

    @admin.display(description="Taken")
    def taken(self, quota: Quota) -> int:
        return quota.used + quota.reserved

    @admin.display(description="Limit in force")
    def in_force(self, quota: Any) -> str:
        burst = quota.hard_limit - quota.limit_now
        return f"{quota.limit_now} and {burst} beyond" if burst else str(quota.limit_now)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        asked = ("reason",) if self.has_change_permission(request) else ()
        return (*self.readonly_fields, "override", "override_burst", "override_until", *asked)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given, now = form.cleaned_data, timezone.now()
        why = {"reason": given["reason"], "now": now}
        if given["override"] is None:
            changed = cancel_override(obj.slug, obj.resource, **why)
        else:
            until, burst = given["override_until"], given["override_burst"] or 0
            changed = override_limit(obj.slug, obj.resource, given["override"], burst=burst, until=until, **why)
        if warning := over_the_limit(changed, now=now).get(obj.resource):
            messages.warning(request, warning)


@dashboard.panel
def usage(request: HttpRequest) -> dict[str, Any]:
    """Show what is used of each quota."""
    return {"balances": in_order(balances())}


def in_order(all_balances: list[Balance]) -> list[Balance]:
    """Put people first, as the resources are declared."""
    declared = list(resources())
    return sorted(all_balances, key=lambda balance: declared.index(balance.resource.name))
