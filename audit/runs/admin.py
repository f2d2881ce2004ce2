"""The page of a run in the dashboard: what an agent did in it, as a story."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html

from audit.access.reads import record_read
from audit.models import LogEntry
from audit.reading.timeline import table_of_changes
from audit.runs.story import find_story
from workix.admin.addresses import page_of_list, page_of_row
from workix.admin.model_admin import ModelAdmin

#: Rows of a table of changes in a list or a story; the page of an entry has all.
SHOWN_OF_CHANGES = 4


class RunAdmin(ModelAdmin):
    """A list of entries with a page for each run."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.run_view)
        return [path("run/<str:run_id>/", view, name="audit_run"), *super().get_urls()]

    def run_view(self, request: HttpRequest, run_id: str) -> HttpResponse:
        """Tell a run; one of another organization is none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        story = find_story(run_id)
        if story is None:
            raise Http404
        told = {
            "title": f"Run {run_id}",
            "opts": self.opts,
            "story": story,
            "steps": [(step.name, [self._told(entry) for entry in step.entries]) for step in story.steps],
            "list": f"{self._list()}?{urlencode({'run_id': run_id})}",
        }
        answer = TemplateResponse(request, "admin/audit/run.html", self.admin_site.each_context(request) | told)
        record_read("audit_log")
        return answer

    def happened(self, entry: LogEntry) -> str:
        """Say who did what to which thing, and why."""
        raise NotImplementedError

    def run_of(self, entry: LogEntry) -> str:
        """Lead to the run an entry is of."""
        if not entry.run_id:
            return ""
        return format_html('<a href="{}run/{}/">All of this run</a>', self._list(), entry.run_id)

    def _told(self, entry: LogEntry) -> tuple[datetime, str, str, str]:
        page = page_of_row(LogEntry._meta, entry.pk, self.admin_site.name)
        return entry.created_at, page, self.happened(entry), table_of_changes(entry, at_most=SHOWN_OF_CHANGES)

    def _list(self) -> str:
        return page_of_list(LogEntry._meta, self.admin_site.name)
