"""Filter, search and ordering backends of lists: refuse what they can't read.

A view says what it offers in `filterset_fields` (or `filterset_class`), `search_fields` and `ordering_fields`, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from django.db.models import QuerySet
from django_filters import CharFilter
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.request import Request

from workix.core.errors import Invalid


class Filters(DjangoFilterBackend):
    """django-filter builds a form for each request; without a query there is nothing it could change."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Narrow the list down.

        :raises Invalid: when a filter holds what it can't be: the whole list would be no answer to that.
        """
        if not request.META.get("QUERY_STRING"):
            return queryset
        filterset = self.get_filterset(request, queryset, view)
        if filterset is not None and filterset.is_valid():
            for name in _read_as_nothing(filterset, request):
                raise Invalid("This can't be read.", field=name)
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered


class Search(SearchFilter):
    """Look for words, in what the view names, in the form it is kept in."""

    def get_search_terms(self, request: Request) -> list[str]:
        return [normalize("NFC", term) for term in super().get_search_terms(request)]

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Tell the document of it where there is something to search in."""
        return super().get_schema_operation_parameters(view) if getattr(view, "search_fields", None) else []


class Ordering(OrderingFilter):
    """REST framework passes over columns it does not know; whoever mistyped one would read a wrong order as the right one."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        """Read by what to order.

        :raises Invalid: when a column is none, or none to order by.
        """
        wanted = request.query_params.get(self.ordering_param)
        if not _offered(view):
            return None
        if wanted is not None and not re.fullmatch(_rule(view), wanted):
            columns = ", ".join(_offered(view))
            raise Invalid(
                f"Order by one or more of {columns}; a minus before it turns it round.", field=self.ordering_param
            )
        return super().get_ordering(request, queryset, view)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Tell the document, too, by what a list can be ordered."""
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view) if _offered(view) else []
        for each in parameters:
            each["schema"]["pattern"] = f"^{_rule(view)}$"
        return parameters


def _offered(view: Any) -> tuple[str, ...]:
    return tuple(getattr(view, "ordering_fields", None) or ())


def _rule(view: Any) -> str:
    column = f"-?(?:{'|'.join(_offered(view))})"
    return f"{column}(?:,{column})*"


def _read_as_nothing(filterset: Any, request: Request) -> Iterator[str]:
    """Name the filters that were given, but that django-filter takes as not given: `?is_active=perhaps`, `?to=`."""
    for name, each in filterset.filters.items():
        given = name in request.query_params and type(each) is not CharFilter
        if given and filterset.form.cleaned_data.get(name) in (None, ""):
            yield name
