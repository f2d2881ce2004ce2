"""Organizations and operators in the console (Django admin)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin import EmptyFieldListFilter
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.admin.fields import PasswordField
from accounts.break_glass import look_inside
from accounts.models import User
from accounts.organization_deletion import cancel_for_operator, schedule_for_operator
from accounts.signup import open_for_operator
from quotas.models import Quota, limit_in_force
from quotas.resources import USERS
from tenants.lifecycle import restore, set_plan, suspend
from tenants.models import Organization, Status
from tenants.plans import LIMITS, Limits, Plan
from workix.admin.model_admin import CapabilityForm, ModelAdmin, attempt
from workix.admin.sites import console
from workix.core.current import LONGEST_REASON
from workix.core.errors import ProblemError

LIMIT_FIELDS = ("max_users", "max_pipelines", "max_executions_per_month")


class NewOrganizationForm(CapabilityForm):
    """An organization and its first admin."""

    email = forms.EmailField(label="E-mail", max_length=255, help_text="We send them a link to confirm it.")
    password = PasswordField(
        autocomplete="new-password",
        help_text="The first one, 15 characters or more. Hand it over in person: it is not in the e-mail we send.",
    )
    first_name = forms.CharField(max_length=100, required=False)
    last_name = forms.CharField(max_length=100, required=False)


class ReasonForm(forms.Form):
    """Why an operator acts. The organization's admins read it in their trail."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="The admins of the organization read it in their audit trail.",
    )


class EntitlementForm(CapabilityForm, ReasonForm):
    """Plan and limits. Another plan brings its own limits, unless they are changed with it."""

    def limits(self) -> Limits | None:
        """Return the limits agreed one by one, or None to take those of the plan."""
        given = self.cleaned_data
        if "plan" in self.changed_data and not set(LIMIT_FIELDS) & set(self.changed_data):
            return None
        return Limits(*(given[name] for name in LIMIT_FIELDS))


@dataclass(frozen=True)
class Act:
    """What an operator does to an organization with a reason, and how it is called before and after."""

    verb: str
    effect: str
    done: str
    act: Callable[[str, str], Any]


#: What the address of its page ends in -> the act.
ACTS = {
    "suspend": Act(
        "Suspend",
        "Nobody of it comes in from the next call on; its data stays.",
        "{} is suspended.",
        lambda slug, reason: suspend(slug, reason=reason),
    ),
    "restore": Act(
        "Restore",
        "Its people may log in again.",
        "{} is restored.",
        lambda slug, reason: restore(slug, reason=reason),
    ),
    "remove": Act(
        "Schedule the removal",
        "It will be removed in thirty days, with all its data and for good. Its admins are told, and can cancel it.",
        "The removal of {} is scheduled.",
        lambda slug, reason: schedule_for_operator(slug, reason=reason, now=timezone.now()),
    ),
    "keep": Act(
        "Cancel the removal",
        "It stays, with all its data.",
        "{} stays.",
        lambda slug, reason: cancel_for_operator(slug, reason=reason),
    ),
}


@admin.register(Organization, site=console)
class OrganizationAdmin(ModelAdmin):
    """Who the customers are. Nothing here looks into an organization's own data."""

    names = ("organization", "organizations")
    position = 10
    required_permissions = {
        "view": "console:enter",
        "add": "organizations:open",
        "change": "organizations:manage",
    }
    labels = {
        "max_users": "People",
        "max_pipelines": "Pipelines",
        "max_executions_per_month": "Executions a month",
        "created_at": "Created",
        "sandbox_expires_at": "Sandbox",
    }
    change_form_template = "admin/console/organization.html"
    list_display = ("name", "slug", "plan", "status", "seats", "removal_due_at", "sandbox_expires_at", "created_at")
    list_filter = ("status", "plan", ("sandbox_expires_at", EmptyFieldListFilter))
    search_fields = ("name", "slug", "domains__host")
    search_help_text = "Name, slug or host"
    ordering = ("-created_at", "-id")
    readonly_fields = ("name", "slug", "status", "seats", "id", "created_at", "removal", "sandbox")
    prepopulated_fields = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        seats = Quota.objects.filter(organization_id=OuterRef("id"), resource=USERS).order_by()
        there = super().get_queryset(request).filter(deleted_at__isnull=True)
        in_force = Subquery(seats.values(limit_now=limit_in_force()))
        found: QuerySet[Organization] = there.annotate(seats_taken=Subquery(seats.values("used")), seats_limit=in_force)
        return found

    @admin.display(description="Seats", ordering="seats_taken")
    def seats(self, organization: Any) -> str:
        return f"{organization.seats_taken or 0} of {organization.seats_limit}"

    @admin.display(description="Will be removed", ordering="removal_due_at")
    def removal(self, organization: Organization) -> str:
        due = organization.removal_due_at
        if due is None:
            return "No"
        return f"{due:%d %b %Y, %H:%M}. Until then its admins can cancel that in their dashboard or with the API, and you here."

    @admin.display(description="Sandbox")
    def sandbox(self, organization: Organization) -> str:
        end = organization.sandbox_expires_at
        return "No" if end is None else f"It ends on {end:%d %b %Y, %H:%M}, whatever it is changed to. It is nobody's."

    def get_fieldsets(self, request: HttpRequest, obj: Organization | None = None) -> Any:
        if obj is None:
            return [
                (None, {"fields": ("name", "slug", "plan")}),
                ("First admin", {"fields": ("email", "password", "first_name", "last_name")}),
            ]
        entitlement = ("plan", *LIMIT_FIELDS, *(("reason",) if self.has_change_permission(request) else ()))
        return [
            (None, {"fields": ("name", "slug", "status", "seats", "id", "created_at", "removal", "sandbox")}),
            ("Plan and limits", {"fields": entitlement, "description": "Another plan brings its own limits."}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Organization | None = None) -> Any:
        return self.readonly_fields if obj is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Organization | None = None) -> Any:
        return self.prepopulated_fields if obj is None else {}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=EntitlementForm if obj else NewOrganizationForm, **kwargs)

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        given = form.cleaned_data
        if change:
            set_plan(obj.slug, Plan(given["plan"]), limits=form.limits(), reason=given["reason"])
        else:
            obj.id = open_for_operator(**given).id

    def get_urls(self) -> list[URLPattern]:
        name = "tenants_organization_"
        return [
            *(
                path(f"<uuid:pk>/{act}/", self.admin_site.admin_view(partial(self.act, act=act)), name=name + act)
                for act in ACTS
            ),
            path("<uuid:pk>/inspect/", self.admin_site.admin_view(self.inspect), name=name + "inspect"),
            *super().get_urls(),
        ]

    def act(self, request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
        """Do something to an organization, with a reason: one of ACTS."""
        organization, doing = self._get(request, pk), ACTS[act]
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            done = doing.done.format(organization.name)
            attempt(request, lambda: doing.act(organization.slug, reason), done=done)
            return HttpResponseRedirect(reverse("admin:tenants_organization_change", args=[pk], current_app="console"))
        return self._ask_why(request, organization, form, doing.verb, doing.effect)

    def inspect(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show an organization's admins and the newest of its trail, with a reason (break-glass access)."""
        organization = self._get(request, pk)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                inside = look_inside(organization.slug, reason=form.cleaned_data["reason"])
            except ProblemError as refusal:
                form.add_error("reason", refusal.detail)
            else:
                title = f"Inside {organization.name}"
                context = self.admin_site.each_context(request) | {"title": title, "opts": self.opts, "inside": inside}
                return TemplateResponse(request, "admin/console/inside.html", context)
        effect = (
            "You see its admins' addresses and the newest of its trail. An entry in that trail says that you looked."
        )
        return self._ask_why(request, organization, form, "Look inside", effect)

    def _get(self, request: HttpRequest, pk: UUID) -> Organization:
        organization: Organization | None = self.get_object(request, str(pk))
        if organization is None or not self.has_change_permission(request):
            raise Http404
        return organization

    def _ask_why(
        self, request: HttpRequest, organization: Organization, form: ReasonForm, verb: str, effect: str
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": f"{verb}: {organization.name}",
            "opts": self.opts,
            "original": organization,
            "form": form,
            "verb": verb,
            "effect": effect,
        }
        return TemplateResponse(request, "admin/console/ask_why.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        organization = kwargs.get("obj")
        context["may_suspend"] = organization is not None and organization.status != Status.SUSPENDED
        context["plans"] = [(plan.label, LIMITS[plan]) for plan in Plan]
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(User, site=console)
class OperatorAdmin(ModelAdmin):
    """Who runs the platform. They are added on the command line: `manage.py create_operator`."""

    names = ("operator", "operators")
    position = 40
    required_permissions = {"view": "console:enter"}
    list_display = ("email", "is_active", "last_login", "created_at")
    list_display_links = None
    fields = ("email", "first_name", "last_name", "is_active", "last_login", "created_at")
    search_fields = ("email",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(organization_id__isnull=True)
