"""Filters of the audit trail's list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import CharFilter, IsoDateTimeFilter, UUIDFilter
from drf_spectacular.utils import extend_schema_field

from audit.models import LogEntry
from audit.search.words import LONGEST, containing
from workix.api.filters import FilterSet


@extend_schema_field({"type": "string", "maxLength": LONGEST})
class WordsFilter(CharFilter):
    """Full text search. See Note [What is found] in audit/search/words.py."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return containing(qs, value) if value else qs


class LogEntryFilter(FilterSet):
    """Filters of GET /audit-logs/. `from` is inclusive, `to` exclusive; times are RFC 3339.

    `resource_label` is part of the thing's name at that time, in upper or lower case. `search` is whole words, all of which
    are in the entry: names, ids, addresses, the reason, what was changed, before and after.
    """

    actor = UUIDFilter(field_name="actor_id")
    action = CharFilter()
    resource_type = CharFilter()
    resource_id = CharFilter()
    resource_label = CharFilter(lookup_expr="icontains")
    request_id = CharFilter()
    run_id = CharFilter()
    on_behalf_of = UUIDFilter()
    search = WordsFilter(max_length=LONGEST)

    class Meta:
        model = LogEntry
        fields = (
            *(
                "actor",
                "action",
                "resource_type",
                "resource_id",
                "resource_label",
                "request_id",
                "run_id",
                "on_behalf_of",
            ),
        )


# `from` is a word of Python, so these two can't be written as attributes of the class.
LogEntryFilter.base_filters["from"] = IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
LogEntryFilter.base_filters["to"] = IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")
