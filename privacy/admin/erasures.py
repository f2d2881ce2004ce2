"""Erasures in the dashboard (Django admin): scheduled with what will go, called off, and the certificate of each."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from accounts.models import User
from privacy.admin.forms import SubjectForm
from privacy.erasures.scheduling import call_off, preview, schedule
from privacy.models import Erasure, ErasureStatus
from privacy.subjects import MANAGE
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import dashboard


@admin.register(Erasure, site=dashboard)
class ErasureAdmin(ModelAdmin):
    """Who is to be erased, and who was. Until the day comes, it is called off by deleting it here."""

    names = ("erasure", "erasures")
    position = 80
    empty = "Nobody is to be erased. Schedule an erasure with the button above; it waits for seven days."
    labels = {"due_at": "Due", "erased_at": "Erased"}
    required_permissions = {"view": MANAGE, "add": MANAGE, "delete": MANAGE}
    recent_authentication = ("add",)
    form = SubjectForm
    list_display = ("person", "status", "due_at", "erased_at")
    list_select_related = ("user",)
    list_filter = ("status",)
    fields = ("user",)
    readonly_fields = ("person", "status", "due_at", "will_go", "erased_at", "signed")

    @admin.display(description="Person")
    def person(self, erasure: Erasure) -> str:
        return str(erasure.user_id) if erasure.status == ErasureStatus.DONE else erasure.user.email

    @admin.display(description="What will go")
    def will_go(self, erasure: Erasure) -> str:
        """Count rows by table. Entries of the trail stay, with nothing personal in them."""
        if erasure.status != ErasureStatus.SCHEDULED:
            return "Nothing more"
        rows = preview(erasure.user_id, by=None).rows
        return format_html_join("", "<div>{}: {}</div>", ((table, count) for table, count in rows.items() if count))

    @admin.display(description="Certificate")
    def signed(self, erasure: Erasure) -> str:
        return format_html("<pre>{}</pre>", erasure.certificate) if erasure.certificate else "None yet"

    def get_fieldsets(self, request: HttpRequest, obj: Erasure | None = None) -> Any:
        if obj is not None:
            return [(None, {"fields": self.readonly_fields})]
        told = (
            "In seven days the person is removed and every value of theirs goes, for good. What will go is shown next."
        )
        return [(None, {"fields": self.fields, "description": told})]

    def has_delete_permission(self, request: HttpRequest, obj: Erasure | None = None) -> bool:
        waits = obj is None or obj.status == ErasureStatus.SCHEDULED
        return waits and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Erasure, form: Any, change: bool) -> None:
        who = cast(User, request.user)
        obj.id = schedule(form.cleaned_data["user"].id, by=who, now=timezone.now()).id

    def delete_model(self, request: HttpRequest, obj: Erasure) -> None:
        call_off(obj.id, by=cast(User, request.user))
