"""Exports of people in the dashboard (Django admin): asked for by an admin, and taken when they are ready."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from privacy.admin.forms import SubjectForm
from privacy.exports.exporting import ask_for
from privacy.models import PrivacyExport
from privacy.subjects import MANAGE
from workix.admin.model_admin import ModelAdmin
from workix.admin.sites import dashboard


@admin.register(PrivacyExport, site=dashboard)
class PrivacyExportAdmin(ModelAdmin):
    """Archives of people's data, for a week each."""

    names = ("export of a person", "exports of people")
    title = "Personal data"
    position = 79
    empty = "There is no export. Ask for one with the button above; it is ready within minutes, and goes after a week."
    labels = {"expires_at": "Goes"}
    required_permissions = {"view": MANAGE, "add": MANAGE}
    recent_authentication = ("add",)
    form = SubjectForm
    list_display = ("person", "status", "size", "created_at", "expires_at")
    list_select_related = ("user",)
    fields = ("user",)
    readonly_fields = ("person", "status", "size", "created_at", "expires_at", "archive")

    @admin.display(description="Person")
    def person(self, export: PrivacyExport) -> str:
        return export.user.email

    @admin.display(description="Archive")
    def archive(self, export: PrivacyExport) -> str:
        return render_to_string("admin/privacy/archive_link.html", {"export": export})

    def get_queryset(self, request: HttpRequest) -> QuerySet[PrivacyExport]:
        return PrivacyExport.objects.filter(expires_at__gt=timezone.now())

    def get_fieldsets(self, request: HttpRequest, obj: PrivacyExport | None = None) -> Any:
        return [(None, {"fields": self.fields if obj is None else self.readonly_fields})]

    def save_model(self, request: HttpRequest, obj: PrivacyExport, form: Any, change: bool) -> None:
        who = cast(User, request.user)
        obj.id = ask_for(form.cleaned_data["user"].id, by=who, now=timezone.now()).id
