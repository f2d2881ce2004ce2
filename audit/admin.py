"""The audit trail in the dashboard and the console (Django admin): to read, to search, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from unicodedata import normalize
from urllib.parse import urlencode

import auditlog.admin  # noqa: F401  # first, so that its page is there to be taken away
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join

from audit.access.admin import RecordsAccess
from audit.exports.admin import ExportAdmin
from audit.models import LogEntry
from audit.reading.explanation import Said, explain
from audit.reading.timeline import sentence, table_of_changes, who, with_owners
from audit.registry import AUDITED
from audit.runs.admin import SHOWN_OF_CHANGES, RunAdmin
from audit.search.words import LONGEST, containing
from audit.transparency.proofs import newest_checkpoint, state_of_proof
from workix.admin.addresses import page_of_list, page_of_row
from workix.admin.date_range import DateRangeFilter
from workix.admin.model_admin import titled
from workix.admin.sites import NEWEST, Site, console, dashboard
from workix.core.permissions import holds

# django-auditlog's own page is for columns that ours are not, on a site that nobody serves.
admin.site.unregister(LogEntry)

if TYPE_CHECKING:
    _Paginator = Paginator[LogEntry]
else:  # Django's class takes no parameter when it runs
    _Paginator = Paginator

RECORDED_BY = {
    "trigger": "the database, which saw the row change",
    "application": "the platform, as an event",
    "database": "somebody with a session of the database, as an event",
}
#: How many of the newest entries say which actions there are to choose from.
LOOKED_AT = 2_000
#: Entries that a list leafs through; of more it says that there are so many.
MOST_LISTED = 10_000
#: What the home page shows of an entry; the rest of its columns can be long.
SHOWN = ("id", "created_at", "action", "resource_label", "actor_label", "actor_type", "on_behalf_of", "owner_label")


class ActionFilter(admin.SimpleListFilter):
    """What was done, among the actions of the newest entries: a trail of millions is not read for a menu."""

    title = "action"
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        newest = LogEntry.objects.values(self.parameter_name)[:LOOKED_AT]
        return [(value, value) for value in sorted({row[self.parameter_name] for row in newest})]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class KindOfActorFilter(ActionFilter):
    """Who acted: a person, a key, the platform; among the newest entries, too."""

    title = "kind of actor"
    parameter_name = "actor_type"


class NewestPages(_Paginator):
    """Counts no further than somebody leafs: whoever looks for what is older narrows the list down."""

    @cached_property
    def count(self) -> int:
        entries: Any = self.object_list
        return int(entries.order_by()[:MOST_LISTED].count())


@admin.register(LogEntry, site=dashboard)
class LogEntryAdmin(RecordsAccess, ExportAdmin, RunAdmin):
    """Who did what, newest first."""

    names = ("entry", "entries")
    accessed = "audit_log"
    position = 90
    title = "Audit trail"
    labels = {
        "created_at": "When",
        "ip_address": "IP address",
        "request_id": "Request",
        "run_id": "Run",
        "step_id": "Step",
    }
    required_permissions = {"view": "audit:read"}
    list_display = ("when", "happened", "changed", "action", "same_request")
    list_display_links = ("when",)
    list_filter = (
        ("created_at", titled(admin.DateFieldListFilter, "time")),
        ("created_at", titled(DateRangeFilter, "days (UTC)")),
        ActionFilter,
        KindOfActorFilter,
    )
    lookups = ("resource_type", "resource_id", "request_id", "actor_id", "run_id", "on_behalf_of")
    search_fields = ("resource_label",)  # for the form; see get_search_results()
    search_help_text = "Whole words of names, ids, addresses and reasons, and of what was changed"
    paginator = NewestPages
    fieldsets = (
        (None, {"fields": ("happened", "action", "created_at", "who", "what", "reason")}),
        ("Changes", {"fields": ("before_and_after",)}),
        ("Why?", {"fields": ("why",)}),
        ("Where from", {"fields": ("ip_address", "user_agent", "request_id", "run_id", "step_id", "same_request")}),
        ("How it is known", {"fields": ("seen_by", "proof")}),
    )
    readonly_fields = ("happened", "who", "what", "before_and_after", "why", "same_request", "seen_by", "proof")

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        return with_owners(super().get_queryset(request))

    @admin.display(ordering="created_at")
    def when(self, entry: LogEntry) -> datetime:
        return entry.created_at

    @admin.display(ordering="actor_label")
    def who(self, entry: LogEntry) -> str:
        return who(entry)

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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[LogEntry], search_term: str
    ) -> tuple[QuerySet[LogEntry], bool]:
        """Look for whole words, by an index."""
        words = normalize("NFC", search_term)[:LONGEST].strip()
        return (containing(queryset, words) if words else queryset), False

    @admin.display(description="What happened", ordering="actor_label")
    def happened(self, entry: LogEntry) -> str:
        """Say who did what to which thing, and why."""
        why = format_html('<p class="help">{}</p>', entry.reason) if entry.reason else ""
        return format_html("{}{}", sentence(entry, self.what(entry)), why)

    @admin.display(description="Before and after")
    def changed(self, entry: LogEntry) -> str:
        return table_of_changes(entry, at_most=SHOWN_OF_CHANGES)

    @admin.display(description="Before and after")
    def before_and_after(self, entry: LogEntry) -> str:
        return table_of_changes(entry) or "Nothing was changed."

    @admin.display(description="In sentences")
    def why(self, entry: LogEntry) -> str:
        """Say who did it, why and under what, and what came before and after; the changes stand above."""
        told = [each for each in explain(entry).said if each.about not in ("act", "change")]
        return format_html_join("", "<p>{}</p>", ((self._linked(each),) for each in told))

    def _linked(self, said: Said) -> str:
        """Lead to the entries before and after."""
        if said.about not in ("earlier", "later"):
            return said.said
        page = page_of_row(LogEntry._meta, said.where.rstrip("/").rpartition("/")[2], self.admin_site.name)
        return format_html('<a href="{}">{}</a>', page, said.said)

    @admin.display(description="Request")
    def same_request(self, entry: LogEntry) -> str:
        """Lead to everything that the same request did, and to its run."""
        if not entry.request_id:
            return self.run_of(entry)
        asked = urlencode({"request_id": entry.request_id})
        address = page_of_list(LogEntry._meta, self.admin_site.name)
        link = format_html('<a href="{}?{}">All of this request</a>', address, asked)
        return format_html("{}{}", link, self.run_of(entry)) if entry.run_id else link

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
    return {"entries": list(with_owners(LogEntry.objects.all()).values(*SHOWN)[:NEWEST]) if may_read else None}
