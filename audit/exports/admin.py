"""Export buttons of the audit trail in the dashboard and the console: CSV or NDJSON, by the filters of the list."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import path
from django.utils import timezone

from audit.exports.exporting import export
from audit.exports.writing import FORMATS
from workix.admin.model_admin import ModelAdmin
from workix.core.errors import Invalid
from workix.core.permissions import require_recent_authentication


class ExportAdmin(ModelAdmin):
    """A list of entries with two buttons more."""

    change_list_template = "admin/audit/change_list.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/<slug:written_as>/", view, name="audit_export"), *super().get_urls()]

    def export_view(self, request: HttpRequest, written_as: str) -> StreamingHttpResponse:
        """Stream what the list shows, all pages of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if written_as not in FORMATS:
            raise Http404
        require_recent_authentication(request.user, now=timezone.now())
        try:
            entries = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as error:
            raise Invalid("A filter can't be read.") from error
        return export(entries, written_as, {name: request.GET[name] for name in request.GET})
