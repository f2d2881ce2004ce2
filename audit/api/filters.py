"""Filters of the audit trail's list."""

from __future__ import annotations

from django_filters import CharFilter, IsoDateTimeFilter, UUIDFilter

from audit.models import LogEntry
from workix.api.filters import FilterSet


class LogEntryFilter(FilterSet):
    """Filters of GET /audit-logs/. `from` is inclusive, `to` exclusive; times are RFC 3339.

    `resource_label` is part of the thing's name at that time, in upper or lower case.
    """

    actor = UUIDFilter(field_name="actor_id")
    action = CharFilter()
    resource_type = CharFilter()
    resource_id = CharFilter()
    resource_label = CharFilter(lookup_expr="icontains")
    request_id = CharFilter()

    class Meta:
        model = LogEntry
        fields = ("actor", "action", "resource_type", "resource_id", "resource_label", "request_id")


# `from` is a word of Python, so these two can't be written as attributes of the class.
LogEntryFilter.base_filters["from"] = IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
LogEntryFilter.base_filters["to"] = IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")
