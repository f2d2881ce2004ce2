"""API keys in the dashboard (Django admin): who may issue, confirm, rotate and revoke them does so here."""

from __future__ import annotations

from datetime import timedelta
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
from django.utils.timesince import timeuntil

from accounts.api_keys.forms import ApiKeyForm, RotationForm
from accounts.api_keys.keys import Issued, change, confirm, issue, keys, needs_confirmation, revoke, rotate
from accounts.models import ApiKey, User
from audit.access.admin import RecordsAccess
from workix.admin.addresses import page_of_row
from workix.admin.model_admin import attempt
from workix.admin.sites import dashboard
from workix.core.apps import permissions
from workix.core.errors import ProblemError
from workix.core.permissions import require_recent_authentication


@admin.register(ApiKey, site=dashboard)
class ApiKeyAdmin(RecordsAccess):
    """The keys of services. A key is shown on the page that follows its issue or rotation, and never again."""

    names = ("API key", "API keys")
    title = "API keys"
    accessed = "api_key"
    position = 25
    empty = "There is no API key, or none that fits. A service calls the API with one: issue it with the button above."
    labels = {"expires_at": "Expires (UTC)"}
    required_permissions = {
        "view": "api_keys:read",
        "add": "api_keys:write",
        "change": "api_keys:write",
        "delete": "api_keys:write",
    }
    recent_authentication = ("add", "change")
    form = ApiKeyForm
    change_form_template = "admin/dashboard/api_key.html"
    delete_confirmation_template = "admin/dashboard/api_key_revocation.html"
    list_display = ("name", "may", "last_used", "expires", "old_key", "created", "confirmed")
    search_fields = ("name", "prefix")
    search_help_text = "Name or beginning of the key"
    ordering = ("-created_at", "-id")
    fields = ("name", "scopes", "networks", "expires_at")
    readonly_fields = ("prefix", "last_used_at", "old_key", "created", "confirmed")

    @admin.display(description="May")
    def may(self, key: ApiKey) -> str:
        return ", ".join(key.scopes.split())

    @admin.display(description="Last used", ordering="last_used_at", empty_value="Never")
    def last_used(self, key: ApiKey) -> Any:
        return key.last_used_at

    @admin.display(description="Expires", ordering="expires_at", empty_value="Never")
    def expires(self, key: ApiKey) -> Any:
        return key.expires_at

    @admin.display(description="Old key", empty_value="")
    def old_key(self, key: ApiKey) -> str | None:
        """Count down what is left of the key from before the last rotation."""
        until = key.old_key_expires_at(now=timezone.now())
        return f"is good for {timeuntil(until)} more" if until else None

    @admin.display(description="Created by", ordering="created_at")
    def created(self, key: ApiKey) -> str:
        return f"{key.created_by or 'somebody erased'}, {key.created_at:%d %b %Y}"

    @admin.display(description="Confirmed by", ordering="confirmed_at")
    def confirmed(self, key: ApiKey) -> str:
        if needs_confirmation(key):
            return f"Nobody any more: {key.confirmed_by or 'somebody erased'} may not do all of this"
        return f"{key.confirmed_by}, {key.confirmed_at:%d %b %Y}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        return keys()

    def get_fieldsets(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        written = (None, {"fields": self.fields})
        return [written] if obj is None else [written, ("History", {"fields": self.readonly_fields})]

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        if change:
            _change(obj, form, by=by)
        else:
            issued = issue(by=by, now=timezone.now(), **form.given(*self.fields))
            obj.id = issued.row.id
            request.issued = issued  # type: ignore[attr-defined]  # for response_add()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Show the key: no redirect, since a message would be kept in the session, which is in the database."""
        return self._show(request, request.issued)  # type: ignore[attr-defined]  # see save_model()

    def delete_model(self, request: HttpRequest, obj: ApiKey) -> None:
        revoke(obj.id, now=timezone.now())

    def get_urls(self) -> list[URLPattern]:
        acts = {"rotation": self.rotate, "confirmation": self.confirm}
        return [
            *(
                path(f"<uuid:pk>/{name}/", self.admin_site.admin_view(act), name=f"accounts_apikey_{name}")
                for name, act in acts.items()
            ),
            *super().get_urls(),
        ]

    def rotate(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for how long the old key is good, and show the new one."""
        key = self._get(request, pk)
        form = RotationForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            overlap = timedelta(hours=form.cleaned_data["overlap_hours"])
            try:
                issued = rotate(pk, by=cast(User, request.user), now=timezone.now(), overlap=overlap)
            except ProblemError as refusal:
                form.add_error("overlap_hours", refusal.detail)
            else:
                return self._show(request, issued)
        context = self._context(request, key, title=f"Rotate {key}") | {"form": form}
        return TemplateResponse(request, "admin/dashboard/api_key_rotation.html", context)

    def confirm(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show what a key may do, and have somebody answer for it from now on."""
        key = self._get(request, pk)
        if request.method == "POST":
            act = partial(confirm, pk, by=cast(User, request.user), now=timezone.now())
            attempt(request, act, done=f"You answer for {key} from now on.")
            return HttpResponseRedirect(page_of_row(ApiKey._meta, pk, self.admin_site.name))
        context = self._context(request, key, title=f"Confirm {key}")
        context["scopes"] = [(name, permissions()[name].description) for name in sorted(key.permissions)]
        return TemplateResponse(request, "admin/dashboard/api_key_confirmation.html", context)

    def _get(self, request: HttpRequest, pk: UUID) -> ApiKey:
        if not self.has_change_permission(request):
            raise PermissionDenied
        require_recent_authentication(request.user, now=timezone.now())
        key: ApiKey | None = self.get_object(request, str(pk))
        if key is None:
            raise Http404
        return key

    def _show(self, request: HttpRequest, issued: Issued) -> HttpResponse:
        context = self._context(request, issued.row, title=f"The key of {issued.row}") | {"issued": issued}
        return TemplateResponse(request, "admin/dashboard/api_key_issued.html", context)

    def _context(self, request: HttpRequest, key: ApiKey, *, title: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {"title": title, "opts": self.opts, "original": key}


def _change(key: ApiKey, form: ApiKeyForm, *, by: User) -> None:
    changes = form.given(*form.changed_data)
    if changes:
        change(key.id, by=by, now=timezone.now(), **changes)
