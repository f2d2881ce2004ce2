"""Filter, search and ordering backends of lists: refuse what they can't read.

A view says what it offers in `filterset_fields` (or `filterset_class`), `search_fields` and `ordering_fields`, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.forms.utils import ErrorDict, ErrorList
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    DateFilter,
    IsoDateTimeFilter,
    NumberFilter,
    TypedChoiceFilter,
    UUIDFilter,
)
from django_filters.filters import QuerySetRequestMixin
from django_filters.rest_framework import BooleanFilter as RestBooleanFilter
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.rest_framework import FilterSet as RestFilterSet
from django_filters.utils import translate_validation
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.request import Request

from workix.core.errors import Invalid

# Note [Filter classes are made once]
# django-filter makes a filter class of `filterset_fields` and a form class of its filters for every request, twice where
# one is filtered: that cost more than the list itself. Both depend on the view alone, so both are kept. Only a choice of
# rows that a function of the request names is not: a form that is kept would offer one person's rows to the next.
#
# Both are then copied for every request, field by field. A filter that looks at its own parameters and nothing else needs
# no copy and no form: its field reads the value, and it narrows the list down. Which kinds those are is a closed list.


#: Look at their own parameters alone. See Note [Filter classes are made once].
_ALONE = frozenset(
    {
        BooleanFilter,
        CharFilter,
        ChoiceFilter,
        DateFilter,
        IsoDateTimeFilter,
        NumberFilter,
        RestBooleanFilter,
        TypedChoiceFilter,
        UUIDFilter,
    }
)


class FilterSet(RestFilterSet):
    """The base of every filter class: its form class is made once. See Note [Filter classes are made once]."""

    def get_form_class(self) -> type[BaseForm]:
        """Return the form that reads the query."""
        kept = _form_classes.get(type(self))
        if kept is None:
            kept = super().get_form_class()
            if not any(_asks_request(each) for each in self.filters.values()):
                _form_classes[type(self)] = kept
        return kept


_form_classes: dict[type, type[BaseForm]] = {}


class Filters(DjangoFilterBackend):
    """Narrows a list down by the filters that are named; where none is, there is nothing to make a form for."""

    filterset_base = FilterSet

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Narrow the list down.

        :raises Invalid: when a filter holds what it can't be: the whole list would be no answer to that.
        """
        filterset_class = self.get_filterset_class(view, queryset)
        if filterset_class is None:
            return queryset
        named = _named(filterset_class, request.query_params)
        if not named:
            return queryset
        if not _belong_together(filterset_class) and all(type(each) in _ALONE for each in named.values()):
            return _narrowed(queryset, named, request.query_params)
        filterset = filterset_class(**self.get_filterset_kwargs(request, queryset, view))
        if not filterset.is_valid():
            raise translate_validation(filterset.errors)
        _refuse_what_is_read_as_nothing(filterset.filters, filterset.form.cleaned_data, request.query_params)
        filtered: QuerySet[Any] = filterset.qs
        return filtered

    def get_filterset_class(self, view: Any, queryset: QuerySet[Any] | None = None) -> Any:
        """Return the class that filters a view's rows. See Note [Filter classes are made once]."""
        fields = getattr(view, "filterset_fields", None)
        if getattr(view, "filterset_class", None) or not fields or queryset is None:
            return super().get_filterset_class(view, queryset)
        model: Any = queryset.model
        return _filterset_class(model, _frozen(fields))


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


def _asks_request(offered: Any) -> bool:
    return isinstance(offered, QuerySetRequestMixin) and callable(offered.queryset)


@cache
def _filterset_class(model: Any, fields: tuple[Any, ...]) -> type[RestFilterSet]:
    meta = type("Meta", (), {"model": model, "fields": dict(fields) if isinstance(fields[0], tuple) else fields})
    return type(f"{model.__name__}Filter", (FilterSet,), {"Meta": meta})


def _frozen(fields: Any) -> tuple[Any, ...]:
    """Write down what a view offers so that it can be a key: names, or names with their look-ups."""
    return tuple((name, tuple(each)) for name, each in fields.items()) if isinstance(fields, Mapping) else tuple(fields)


def _named(filterset_class: Any, given: Iterable[str]) -> dict[str, Any]:
    """Return the filters a query names: `created` by `created_after`, too; all, where one depends on more than its own."""
    filters, given = filterset_class.base_filters, tuple(given)
    if _belong_together(filterset_class):
        return dict(filters)
    return {name: each for name, each in filters.items() if any(parameter.startswith(name) for parameter in given)}


@cache
def _belong_together(filterset_class: Any) -> bool:
    """Say whether a list is narrowed down, or refused, whatever is named, or by what looks at other filters."""
    filters = filterset_class.base_filters.values()
    narrows_always = filterset_class.filter_queryset is not RestFilterSet.filter_queryset
    return narrows_always or any(each.extra.get("required") or each.method for each in filters)


def _narrowed(queryset: QuerySet[Any], filters: Mapping[str, Any], given: Mapping[str, Any]) -> QuerySet[Any]:
    read, faults = {}, ErrorDict()
    for name, each in filters.items():
        try:
            read[name] = each.field.clean(each.field.widget.value_from_datadict(given, {}, name))
        except ValidationError as error:
            faults[name] = ErrorList(error.error_list)
    if faults:
        raise translate_validation(faults)
    _refuse_what_is_read_as_nothing(filters, read, given)
    for name, value in read.items():
        queryset = filters[name].filter(queryset, value)
    return queryset


def _refuse_what_is_read_as_nothing(
    filters: Mapping[str, Any], read: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    """Refuse what was given, but what django-filter takes as not given: `?is_active=perhaps`, `?to=`."""
    for name, each in filters.items():
        if name in given and not isinstance(each, CharFilter) and read.get(name) in (None, ""):
            raise Invalid("This can't be read.", field=name)
