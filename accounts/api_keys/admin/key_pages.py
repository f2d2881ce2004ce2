"""Pages of whoever calls the API with a key, in the dashboard (Django admin): the key is shown once, and rotated."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.timesince import timeuntil

from accounts.api_keys.forms import RotationForm
from accounts.models import User
from workix.admin.model_admin import ModelAdmin
from workix.core.errors import ProblemError
from workix.core.permissions import require_recent_authentication


class KeyPages(ModelAdmin):
    """A key is shown on the page that follows its issue or rotation, and never again."""

    #: What a key is given to.
    holder = "service"

    @admin.display(description="May")
    def may(self, row: Any) -> str:
        return ", ".join(row.scopes.split())

    @admin.display(description="Last used", ordering="last_used_at", empty_value="Never")
    def last_used(self, row: Any) -> Any:
        return row.last_used_at

    @admin.display(description="Expires", ordering="expires_at", empty_value="Never")
    def expires(self, row: Any) -> Any:
        return row.expires_at

    @admin.display(description="Old key", empty_value="")
    def old_key(self, row: Any) -> str | None:
        """Count down what is left of the key from before the last rotation."""
        until = row.old_key_expires_at(now=timezone.now())
        return f"is good for {timeuntil(until)} more" if until else None

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        written = (None, {"fields": self.fields})
        return [written] if obj is None else [written, ("History", {"fields": self.readonly_fields})]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Show the key: no redirect, since a message would be kept in the session, which is in the database."""
        return self._show(request, request.issued)  # type: ignore[attr-defined]  # see save_model()

    def get_urls(self) -> list[URLPattern]:
        return [self._page("rotation", self.rotate), *super().get_urls()]

    def rotate(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for how long the old key is good, and show the new one."""
        row = self._get(request, pk)
        form = RotationForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            overlap = timedelta(hours=form.cleaned_data["overlap_hours"])
            try:
                issued = self.renew(pk, by=cast(User, request.user), now=timezone.now(), overlap=overlap)
            except ProblemError as refusal:
                form.add_error("overlap_hours", refusal.detail)
            else:
                return self._show(request, issued)
        context = self._context(request, row, title=f"Rotate {row}") | {"form": form}
        return TemplateResponse(request, "admin/dashboard/key_rotation.html", context)

    def renew(self, pk: UUID, *, by: User, now: datetime, overlap: timedelta) -> Any:
        """Give a row a new key, by its capability: the row with the only copy of it."""
        raise NotImplementedError

    def _page(self, name: str, view: Any) -> URLPattern:
        named = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
        found: URLPattern = path(f"<uuid:pk>/{name}/", self.admin_site.admin_view(view), name=named)
        return found

    def _get(self, request: HttpRequest, pk: UUID) -> Any:
        if not self.has_change_permission(request):
            raise PermissionDenied
        require_recent_authentication(request.user, now=timezone.now())
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        return row

    def _show(self, request: HttpRequest, issued: Any) -> HttpResponse:
        context = self._context(request, issued.row, title=f"The key of {issued.row}") | {"issued": issued}
        return TemplateResponse(request, "admin/dashboard/key_issued.html", context)

    def _context(self, request: HttpRequest, row: Any, *, title: str) -> dict[str, Any]:
        context = {"title": title, "opts": self.opts, "original": row, "holder": self.holder}
        return self.admin_site.each_context(request) | context
