"""Users and sessions in the dashboard (Django admin)."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html_join

from accounts.login.second_step.resetting import reset
from accounts.members import change as change_person
from accounts.members import remove
from accounts.models import Invitation, Session, User
from accounts.profile import end_session, every_open_session, open_sessions
from accounts.roles.membership import why
from audit.access.admin import RecordsAccess
from quotas.limits import balance_of
from quotas.resources import USERS
from workix.admin.addresses import page_of_list, page_of_row
from workix.admin.model_admin import ModelAdmin, attempt, titled
from workix.admin.sites import dashboard
from workix.core.permissions import holds, require_recent_authentication


@admin.register(User, site=dashboard)
class UserAdmin(RecordsAccess):
    """Who works here. Whoever is to come is invited; removing somebody gives their seat back."""

    names = ("person", "people")
    accessed = "user"
    position = 10
    labels = {
        "email": "E-mail",
        "external_id": "Id at the identity provider",
        "is_active": "May log in",
        "email_confirmed_at": "Confirmed",
        "created_at": "Added",
    }
    required_permissions = {
        "view": "users:read",
        "add": "users:write",
        "change": "users:write",
        "delete": "users:write",
    }
    recent_authentication = ("delete",)
    list_display = ("email", "name", "role", "may_log_in", "confirmed", "last_login")
    list_filter = ("role", ("is_active", titled(admin.BooleanFieldListFilter, "whether they may log in")))
    search_fields = ("email", "first_name", "last_name")
    search_help_text = "Address or name"
    ordering = ("created_at", "id")
    readonly_fields = ("email", "external_id", "email_confirmed_at", "last_login", "created_at", "may")
    change_form_template = "admin/dashboard/person.html"

    @admin.display(ordering="first_name")
    def name(self, user: User) -> str:
        return f"{user.first_name} {user.last_name}".strip()

    @admin.display(boolean=True, ordering="is_active")
    def may_log_in(self, user: User) -> bool:
        return user.is_active

    @admin.display(boolean=True, description="Confirmed")
    def confirmed(self, user: User) -> bool:
        return user.email_confirmed_at is not None

    @admin.display(description="May")
    def may(self, user: User) -> str:
        """List permissions, each with the roles it comes from."""
        allowed = ((name, text, ", ".join(by)) for name, text, by in why(user))
        return format_html_join("", "<p><code>{}</code> {} <em>({})</em></p>", allowed)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        why_they_may = ("What they may do, and by which role", {"fields": ("may",)})
        provisioned = ("external_id",) if obj is not None and obj.external_id else ()
        return [
            (None, {"fields": ("email", *provisioned, "role", "is_active")}),
            ("Name", {"fields": ("first_name", "last_name")}),
            *([why_they_may] if holds(request.user, "roles:read") else []),
            ("History", {"fields": ("email_confirmed_at", "last_login", "created_at")}),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Lead to the form that invites somebody: nobody makes up a password for another."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(f"{page_of_list(Invitation._meta, self.admin_site.name)}add/")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        seats = balance_of(USERS)
        context = {"subtitle": f"{seats.used} of {seats.limit} seats are taken"}
        return super().changelist_view(request, context | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if form.changed_data:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            change_person(obj.id, **changes, now=timezone.now())

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        remove(obj.id, now=timezone.now())

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.reset_second_factors)
        return [path("<uuid:pk>/second-factors/", page, name="accounts_user_second_factors"), *super().get_urls()]

    def reset_second_factors(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask once more, and take somebody's second factors away."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        require_recent_authentication(request.user, now=timezone.now())
        user = self.get_object(request, str(pk))
        if user is None:
            raise Http404
        if request.method == "POST":
            done = f"The second factors of {user} are reset."
            attempt(request, lambda: reset(pk, now=timezone.now()), done=done)
            return HttpResponseRedirect(page_of_row(User._meta, pk, self.admin_site.name))
        context = self.admin_site.each_context(request) | {"title": "Reset second factors", "opts": self.opts}
        return TemplateResponse(request, "admin/second_factors/reset.html", context | {"original": user})


@dashboard.panel
def add_user_button(request: HttpRequest) -> dict[str, Any]:
    """Offer to add a person to whoever may."""
    return {"may_add": holds(request.user, "users:write")}


@admin.register(Session, site=dashboard)
class SessionAdmin(ModelAdmin):
    """Where one is logged in now; admins see where everybody is. Ending a session logs out there, from the next call on."""

    names = ("session", "sessions")
    position = 20
    required_permissions = {"view": "profile:read", "end": "profile:write"}
    labels = {"created_at": "Logged in", "ip_address": "IP address"}
    list_display = ("person", "device", "ip_address", "logged_in", "last_seen_at")
    list_display_links = None
    search_fields = ("user__email", "ip_address")
    search_help_text = "Person or address"
    fields = ("user", "created_at", "last_seen_at", "expires_at", "ip_address", "user_agent")
    actions = ("end_sessions",)

    @admin.display(ordering="user__email")
    def person(self, session: Session) -> str:
        return session.user.email

    @admin.display(ordering="created_at")
    def logged_in(self, session: Session) -> datetime:
        return session.created_at

    def device(self, session: Session) -> str:
        return device_of(session.user_agent)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        """Show devices and addresses to whom they belong, and to whoever manages people."""
        now = timezone.now()
        if holds(request.user, "users:write"):
            return every_open_session(now=now)
        return open_sessions(cast(User, request.user), now=now).select_related("user")

    def has_end_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "end")

    @admin.action(description="End the selected sessions", permissions=["end"])
    def end_sessions(self, request: HttpRequest, sessions: QuerySet[Session]) -> None:
        now = timezone.now()
        for session in sessions:
            attempt(
                request, partial(end_session, session, now=now), done=f"The session of {session.user.email} has ended."
            )


#: What browsers call themselves in their headers, the more special first, since each also claims to be the others.
_PROGRAMS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> str:
    """Say in two words what a person will know their device by; what is not a browser says itself what it is."""
    program = next((name for mark, name in _PROGRAMS.items() if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    return f"{program} on {system}" if program and system else user_agent[:40]
