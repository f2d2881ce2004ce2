"""API keys in the dashboard (Django admin): who may issue, confirm, rotate and revoke them does so here."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone

from accounts.api_keys.admin.key_pages import KeyPages
from accounts.api_keys.forms import ApiKeyForm
from accounts.api_keys.keys import Issued, change, confirm, issue, keys, needs_confirmation, revoke, rotate
from accounts.models import ApiKey, User
from audit.access.admin import RecordsAccess
from workix.admin.addresses import page_of_row
from workix.admin.model_admin import attempt
from workix.admin.sites import dashboard
from workix.core.apps import permissions


@admin.register(ApiKey, site=dashboard)
class ApiKeyAdmin(RecordsAccess, KeyPages):
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

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        if change:
            _change(obj, form, by=by)
        else:
            issued = issue(by=by, now=timezone.now(), **form.given(*self.fields))
            obj.id = issued.row.id
            request.issued = issued  # type: ignore[attr-defined]  # for response_add()

    def delete_model(self, request: HttpRequest, obj: ApiKey) -> None:
        revoke(obj.id, now=timezone.now())

    def get_urls(self) -> list[URLPattern]:
        return [self._page("confirmation", self.confirm), *super().get_urls()]

    def renew(self, pk: UUID, *, by: User, now: datetime, overlap: timedelta) -> Issued:
        return rotate(pk, by=by, now=now, overlap=overlap)

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


def _change(key: ApiKey, form: ApiKeyForm, *, by: User) -> None:
    changes = form.given(*form.changed_data)
    if changes:
        change(key.id, by=by, now=timezone.now(), **changes)
