"""The audit trail in the dashboard and the console (Django admin): to read, to search, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

import auditlog.admin  # noqa: F401  # first, so that its page is there to be taken away
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join

from audit.access.admin import RecordsAccess
from audit.exports.admin import ExportAdmin
from audit.models import LogEntry
from audit.registry import AUDITED
from audit.transparency.proofs import newest_checkpoint, state_of_proof
from workix.admin.addresses import page_of_list, page_of_row
from workix.admin.date_range import DateRangeFilter
from workix.admin.model_admin import titled
from workix.admin.sites import NEWEST, Site, console, dashboard
from workix.core.permissions import holds

# django-auditlog's own page is for columns that ours are not, on a site that nobody serves.
admin.site.unregister(LogEntry)

RECORDED_BY = {
    "trigger": "the database, which saw the row change",
    "application": "the platform, as an event",
    "database": "somebody with a session of the database, as an event",
}
#: How many of the newest entries say which actions there are to choose from.
LOOKED_AT = 2_000
#: What the home page shows of an entry; the rest of its columns can be long.
SHOWN = ("id", "created_at", "action", "resource_label", "actor_label", "actor_type")


class ActionFilter(admin.SimpleListFilter):
    """What was done, among the actions of the newest entries: a trail of millions is not read for a menu."""

    title = "action"
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        newest = LogEntry.objects.values("action")[:LOOKED_AT]
        return [(action, action) for action in sorted({row["action"] for row in newest})]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
        return queryset.filter(action=self.value()) if self.value() else queryset


@admin.register(LogEntry, site=dashboard)
class LogEntryAdmin(RecordsAccess, ExportAdmin):
    """Who did what, newest first."""

    names = ("entry", "entries")
    accessed = "audit_log"
    position = 90
    title = "Audit trail"
    labels = {"created_at": "When", "ip_address": "IP address", "request_id": "Request"}
    required_permissions = {"view": "audit:read"}
    list_display = ("when", "action", "who", "what", "changed")
    list_display_links = ("when",)
    list_filter = (
        ("created_at", titled(admin.DateFieldListFilter, "time")),
        ("created_at", titled(DateRangeFilter, "days (UTC)")),
        ActionFilter,
        ("actor_type", titled(admin.AllValuesFieldListFilter, "kind of actor")),
    )
    lookups = ("resource_type", "resource_id", "request_id", "actor_id")
    search_fields = ("actor_label", "action", "resource_label", "resource_id", "request_id", "ip_address", "reason")
    search_help_text = "Person, action, name or id of the thing, request id, IP address or reason"
    fieldsets = (
        (None, {"fields": ("action", "created_at", "who", "what", "reason")}),
        ("Changes", {"fields": ("before_and_after",)}),
        ("Where from", {"fields": ("ip_address", "user_agent", "request_id", "seen_by", "proof")}),
    )
    readonly_fields = ("who", "what", "before_and_after", "seen_by", "proof")

    @admin.display(ordering="created_at")
    def when(self, entry: LogEntry) -> datetime:
        return entry.created_at

    @admin.display(ordering="actor_label")
    def who(self, entry: LogEntry) -> str:
        return entry.actor_label or entry.actor_type

    @admin.display(ordering="resource_label")
    def what(self, entry: LogEntry) -> str:
        """Name the thing as it was called then; it leads to its page, where this site has one."""
        name = f"{entry.resource_type} {entry.resource_label or entry.resource_id}".strip()
        page = self._pages.get(entry.resource_type)
        if page is None or not entry.resource_id:
            return name
        address = page_of_row(page._meta, entry.resource_id, self.admin_site.name)
        return format_html('<a href="{}">{}</a>', address, name)

    @cached_property
    def _pages(self) -> dict[str, type[Model]]:
        """Map each resource with a page on this site to its model."""
        site = cast(Site, self.admin_site)
        return {AUDITED[model].resource: model for model, _ in site.pages() if model in AUDITED}

    def changed(self, entry: LogEntry) -> str:
        names = [name.replace("_", " ") for name in entry.changes or {}]
        return ", ".join(names[:4]) + (" …" if len(names) > 4 else "")

    @admin.display(description="Before and after")
    def before_and_after(self, entry: LogEntry) -> str:
        rows = list(_rows(entry))
        if not rows:
            return "Nothing was changed."
        return format_html(
            '<table class="changes"><thead><tr><th scope="col">Field</th><th scope="col">Before</th>'
            '<th scope="col">After</th></tr></thead><tbody>{}</tbody></table>',
            format_html_join("", '<tr><th scope="row">{}</th><td><del>{}</del></td><td><ins>{}</ins></td></tr>', rows),
        )

    @admin.display(description="Proof")
    def proof(self, entry: LogEntry) -> str:
        """Compare the entry with the newest checkpoint."""
        return state_of_proof(entry.pk)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say above the list up to when it is signed."""
        return super().changelist_view(request, {"note": self.signed_up_to(), **(extra_context or {})})

    def signed_up_to(self) -> str:
        newest = newest_checkpoint()
        if newest is None:
            return "No checkpoint is signed over this trail yet."
        return f"Signed up to {newest.created_at:%Y-%m-%d %H:%M:%S} UTC: a checkpoint over {newest.size:,} entries."

    @admin.display(description="Recorded by")
    def seen_by(self, entry: LogEntry) -> str:
        doubt = " Who acted is not known: it was written past the platform." if entry.is_verified is False else ""
        return f"{RECORDED_BY.get(entry.source, entry.source)} (role {entry.database_role}).{doubt}"


@admin.register(LogEntry, site=console)
class PlatformLogEntryAdmin(LogEntryAdmin):
    """What operators did on the platform itself. What they did to an organization is in that one's own trail."""

    title = "Platform's trail"
    required_permissions = {"view": "console:enter"}

    def proof(self, entry: LogEntry) -> str:
        """Tell that the platform's own trail has no tree."""
        return "Checkpoints are signed over the trails of organizations."

    def signed_up_to(self) -> str:
        return ""


def history_of(site: Site, request: HttpRequest, model: type[Model], row: Model | None) -> str:
    """Lead to the entries of a row that is audited, for whoever may read the trail of its site."""
    if row is None or model not in AUDITED or not site.get_model_admin(LogEntry).has_view_permission(request):
        return ""
    asked = urlencode({"resource_type": AUDITED[model].resource, "resource_id": row.pk})
    return f"{page_of_list(LogEntry._meta, site.name)}?{asked}"


Site.history_of = history_of


@dashboard.panel
def newest_entries(request: HttpRequest) -> dict[str, Any]:
    """Show the newest entries to whoever may read the trail."""
    may_read = holds(request.user, "audit:read")
    return {"entries": list(LogEntry.objects.values(*SHOWN)[:NEWEST]) if may_read else None}


def _rows(entry: LogEntry) -> Iterator[tuple[str, str, str]]:
    """Read changes, a pair for each field that was changed; what an event tells has no before."""
    for name, value in (entry.changes or {}).items():
        if isinstance(value, list) and len(value) == 2:
            one = LogEntry(resource_type=entry.resource_type, changes={name: value})
            for label, shown in one.changes_display_dict.items():
                before, after = ("" if raw is None else text for raw, text in zip(value, shown, strict=True))
                yield str(label).replace("_", " "), before, after
        else:
            yield name.replace("_", " "), "", _text(value)


def _text(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
