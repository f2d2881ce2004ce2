"""DateRangeFilter: a filter of an admin list by the first and the last day of a range (from, to)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest


class DateRangeFilter(admin.FieldListFilter):
    """Days are days in UTC, both included. One of them may be left open."""

    template = "admin/date_range_filter.html"

    def expected_parameters(self) -> list[str]:  # type: ignore[override]  # the stubs allow None
        return [f"{self.field_path}__from", f"{self.field_path}__to"]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Offer two days to type, and what else the list is filtered by, to be kept."""
        names = self.expected_parameters()
        kept = [
            (name, value) for name, values in changelist.filter_params.items() if name not in names for value in values
        ]
        days = [self._text(name) for name in names]
        yield {"kept": kept, "search": changelist.query, "names": names, "days": days}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        first, last = (self._day(name) for name in self.expected_parameters())
        if first is not None:
            queryset = queryset.filter(**{f"{self.field_path}__gte": _midnight(first)})
        if last is not None and last < date.max:
            queryset = queryset.filter(**{f"{self.field_path}__lt": _midnight(last + timedelta(days=1))})
        return queryset

    def _text(self, name: str) -> str:
        values: Any = self.used_parameters.get(name) or [""]
        return str(values[-1])

    def _day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self._text(name)) if self._text(name) else None
        except ValueError as error:
            raise IncorrectLookupParameters from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC)
