"""Webhooks in the dashboard (Django admin): who may add, pause, resume, test, rotate and replay them does so here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from webhooks.endpoints import Issued, add, change, endpoints, remove, replay, rotate
from webhooks.forms import ReplayForm, SecretRotationForm, WebhookForm
from webhooks.models import WebhookEndpoint
from webhooks.testing import send_test
from workix.admin.addresses import page_of_row
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import dashboard
from workix.core.errors import ProblemError
from workix.core.permissions import require_recent_authentication

_WRITTEN = ("url", "description", "is_enabled")


@admin.register(WebhookEndpoint, site=dashboard)
class WebhookEndpointAdmin(ModelAdmin):
    """Where the trail is sent to. A secret is shown on the page that follows adding or rotating, and never again."""

    names = ("webhook", "webhooks")
    title = "Webhooks"
    position = 27
    empty = "There is no webhook. Have the audit trail sent to a system of yours with the button above."
    labels = {"is_enabled": "Enabled"}
    required_permissions = {
        "view": "webhooks:read",
        "add": "webhooks:write",
        "change": "webhooks:write",
        "delete": "webhooks:write",
    }
    recent_authentication = ("add", "change")
    form = WebhookForm
    change_form_template = "admin/dashboard/webhook.html"
    list_display = ("called", "url", "now", "position", "delivered")
    ordering = ("created_at", "id")
    fields = _WRITTEN
    readonly_fields = ("now", "position", "delivered", "failed", "attempts")

    @admin.display(description="Webhook")
    def called(self, endpoint: WebhookEndpoint) -> str:
        return str(endpoint)

    @admin.display(description="State")
    def now(self, endpoint: WebhookEndpoint) -> str:
        return str(endpoint.state.label)

    @admin.display(description="Last delivery", empty_value="None yet")
    def delivered(self, endpoint: WebhookEndpoint) -> Any:
        return endpoint.last_delivered_at

    @admin.display(description="Last failure", empty_value="None")
    def failed(self, endpoint: WebhookEndpoint) -> str | None:
        at = endpoint.last_failed_at
        return f"{at:%d %b %Y %H:%M} UTC: {endpoint.last_failure}" if at else None

    @admin.display(description="Last deliveries", empty_value="None yet")
    def attempts(self, endpoint: WebhookEndpoint) -> str | None:
        """List them, the newest first."""
        told = (
            f"{each['at'][:19]} entry {each['index']}: {each['failure'] or each['status']}"
            for each in endpoint.recent_attempts
        )
        return "\n".join(told) or None

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookEndpoint]:
        return endpoints()

    def get_fieldsets(self, request: HttpRequest, obj: WebhookEndpoint | None = None) -> Any:
        written = (None, {"fields": self.fields})
        return [written] if obj is None else [written, ("Deliveries", {"fields": self.readonly_fields})]

    def save_model(self, request: HttpRequest, obj: WebhookEndpoint, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        if change:
            _change(obj, form, by=by)
        else:
            issued = add(by=by, **form.given(*_WRITTEN))
            obj.id = issued.row.id
            request.issued = issued  # type: ignore[attr-defined]  # for response_add()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Show the secret: no redirect, since a message would be kept in the session, which is in the database."""
        return self._show(request, request.issued)  # type: ignore[attr-defined]  # see save_model()

    def delete_model(self, request: HttpRequest, obj: WebhookEndpoint) -> None:
        remove(obj.id)

    def get_urls(self) -> list[URLPattern]:
        acts = {"rotation": self.rotate, "replay": self.replay, "test": require_POST(self.test)}
        name_of = "webhooks_webhookendpoint_{}".format
        wrap = self.admin_site.admin_view
        made = [path(f"<uuid:pk>/{name}/", wrap(act), name=name_of(name)) for name, act in acts.items()]
        return [*made, *super().get_urls()]

    def rotate(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for how long the old secret signs, and show the new one."""
        endpoint = self._get(request, pk)
        require_recent_authentication(request.user, now=timezone.now())
        form = SecretRotationForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            overlap = timedelta(hours=form.cleaned_data["overlap_hours"])
            try:
                return self._show(request, rotate(pk, by=cast(User, request.user), now=timezone.now(), overlap=overlap))
            except ProblemError as refusal:
                form.add_error("overlap_hours", refusal.detail)
        says = "The receiver gets a new secret, which is shown once."
        return self._ask(request, endpoint, form, title=f"Rotate the secret of {endpoint}", says=says, does="Rotate")

    def replay(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask from where on, and have it sent."""
        endpoint = self._get(request, pk)
        form = ReplayForm(request.POST if request.method == "POST" else None, initial={"index": endpoint.position})
        if request.method == "POST" and form.is_valid():
            index = form.cleaned_data["index"]
            try:
                replay(pk, index=index)
            except ProblemError as refusal:
                form.add_error("index", refusal.detail)
            else:
                messages.success(request, f"{endpoint} is sent everything from entry {index} on.")
                return self._back(pk)
        says = f"The next entry it is sent is {endpoint.position}."
        return self._ask(request, endpoint, form, title=f"Replay {endpoint}", says=says, does="Replay")

    def test(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Send a test, and say what came back."""
        endpoint = self._get(request, pk)
        try:
            sent, _ = send_test(pk, now=timezone.now())
        except ProblemError as refusal:
            messages.error(request, refusal.detail)
        else:
            if sent.is_delivered:
                messages.success(request, f"{endpoint} took the test ({sent.status}, {sent.milliseconds} ms).")
            else:
                messages.error(request, f"{endpoint} did not take the test. {sent.failure}")
        return self._back(pk)

    def _get(self, request: HttpRequest, pk: UUID) -> WebhookEndpoint:
        if not self.has_change_permission(request):
            raise PermissionDenied
        endpoint: WebhookEndpoint | None = self.get_object(request, str(pk))
        if endpoint is None:
            raise Http404
        return endpoint

    def _back(self, pk: UUID) -> HttpResponse:
        return HttpResponseRedirect(page_of_row(WebhookEndpoint._meta, pk, self.admin_site.name))

    def _ask(
        self, request: HttpRequest, endpoint: WebhookEndpoint, form: forms.Form, *, title: str, says: str, does: str
    ) -> HttpResponse:
        context = self._context(request, endpoint, title=title) | {"form": form, "says": says, "does": does}
        return TemplateResponse(request, "admin/dashboard/act.html", context)

    def _show(self, request: HttpRequest, issued: Issued) -> HttpResponse:
        context = self._context(request, issued.row, title=f"The secret of {issued.row}") | {"issued": issued}
        return TemplateResponse(request, "admin/dashboard/webhook_secret.html", context)

    def _context(self, request: HttpRequest, endpoint: WebhookEndpoint, *, title: str) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {"title": title, "opts": self.opts, "original": endpoint}


def _change(endpoint: WebhookEndpoint, form: WebhookForm, *, by: User) -> None:
    """Write what was changed; whoever saves a paused one that is enabled resumes it."""
    names = {*form.changed_data} | ({"is_enabled"} if endpoint.paused_at else set())
    changes = form.given(*(name for name in _WRITTEN if name in names))
    if changes:
        change(endpoint.id, by=by, **changes)
