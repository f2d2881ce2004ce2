"""RecordsAccess for the Django admin: pages of sensitive rows that are looked at are entries in the trail, coalesced."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from audit.access.reads import record_read
from workix.admin.model_admin import ModelAdmin


class RecordsAccess(ModelAdmin):
    """Whoever is shown the list, or a row, leaves an entry of it. `accessed` is what the trail calls the rows."""

    accessed: str

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return self._recorded(super().changelist_view(request, extra_context))

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        return answer if object_id is None else self._recorded(answer, object_id)

    def _recorded(self, answer: HttpResponse, row: str = "") -> HttpResponse:
        """Record before anything is sent: what can't be recorded is not shown."""
        if answer.status_code == 200:
            record_read(self.accessed, row)
        return answer
