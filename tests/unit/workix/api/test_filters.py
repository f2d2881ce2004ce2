"""Filters (django-filter): classes and forms are made once, and what narrows a list down still does."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.forms import Form
from django_filters import BooleanFilter, CharFilter, DateFromToRangeFilter, ModelChoiceFilter
from django_filters.filterset import BaseFilterSet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from accounts.models import User
from audit.api.audit_logs import LogEntryViewSet
from audit.models import LogEntry
from tests.acts import calls_of
from workix.api.filters import Filters, FilterSet
from workix.core.errors import Invalid


class View:
    """A list of people."""

    filterset_fields: Any = ("role", "is_active")


def request_of(query: str) -> Request:
    return Request(APIRequestFactory().get(f"/?{query}"))


def narrowed(query: str, view: Any = View, model: Any = User) -> bool:
    """Say whether a query narrows a list down; the list itself stays unread."""
    before = model._base_manager.all()
    return bool(Filters().filter_queryset(request_of(query), before, view()).query.where)


@pytest.fixture
def _nothing_is_collected() -> Iterator[None]:
    """Let classes stay, used or not, so that those which are made can be counted."""
    gc.disable()
    yield
    gc.enable()


def made() -> int:
    """Count the filter and form classes of this process."""
    return sum(1 + len(each.__subclasses__()) for each in (*BaseFilterSet.__subclasses__(), FilterSet, Form))


@pytest.mark.fault("G1")
@pytest.mark.usefixtures("_nothing_is_collected")
@pytest.mark.parametrize("query", ["", "page_size=20", "role=user", "is_active=true&role=user", "role=nobody", "role="])
def test_no_request_makes_a_class(query: str) -> None:
    def ask() -> None:
        with suppress(Invalid, ValidationError):
            narrowed(query)

    ask()
    before = made()
    ask()
    assert made() == before


@pytest.mark.fault("G1")
@pytest.mark.usefixtures("_nothing_is_collected")
def test_the_trail_does_not_either() -> None:
    assert narrowed("action=a", LogEntryViewSet, LogEntry)
    before = made()
    assert narrowed("action=b", LogEntryViewSet, LogEntry)
    assert made() == before


@pytest.mark.fault("G1")
@pytest.mark.parametrize(
    ("query", "expected"),
    [("", False), ("page_size=20", False), ("unknown=1", False), ("role=user", True), ("is_active=false", True)],
)
def test_a_list_is_narrowed_down_by_what_is_named(query: str, expected: bool) -> None:
    assert narrowed(query) is expected


def test_filters_of_one_model_and_other_fields_are_other_classes() -> None:
    class Other:
        filterset_fields = {"role": ["exact", "in"]}

    assert (narrowed("role__in=user", Other), narrowed("role__in=user")) == (True, False)
    assert (narrowed("is_active=true", Other), narrowed("is_active=true")) == (False, True)


class _Days(FilterSet):
    created = DateFromToRangeFilter(field_name="created_at")


class _Required(FilterSet):
    role = CharFilter(required=True)


class _Always(FilterSet):
    role = CharFilter()

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(queryset).filter(is_active=True)


def view_of(filters: type[FilterSet]) -> type:
    return type("Filtered", (), {"filterset_class": filters})


def test_a_filter_of_two_parameters_is_named_by_either() -> None:
    assert [
        narrowed(query, view_of(_Days)) for query in ("created_after=2026-01-01", "created_before=2026-01-01", "x=1")
    ] == [
        True,
        True,
        False,
    ]


def test_a_filter_that_looks_at_another_finds_it_named_or_not() -> None:
    class Together(FilterSet):
        role = CharFilter(method="in_activity")
        is_active = BooleanFilter(method="in_activity")

        def in_activity(self, queryset: Any, name: str, value: Any) -> Any:
            return queryset.filter(is_active=self.form.cleaned_data["is_active"] is not False)

    assert [narrowed(query, view_of(Together)) for query in ("role=user", "is_active=true")] == [True, True]


@pytest.mark.fault("G1")
def test_filters_that_are_not_named_are_not_copied() -> None:
    def cost(query: str) -> int:
        narrowed(query, LogEntryViewSet, LogEntry)
        return calls_of(lambda: narrowed(query, LogEntryViewSet, LogEntry))

    assert cost("page_size=20") < 200
    assert cost("action=a") < 500


@pytest.mark.parametrize("query", ["", "page_size=20"])
def test_a_filter_that_must_be_named_is_asked_for(query: str) -> None:
    with pytest.raises(ValidationError):
        narrowed(query, view_of(_Required))


@pytest.mark.parametrize("query", ["", "page_size=20"])
def test_what_narrows_a_list_down_always_does_so_without_a_query(query: str) -> None:
    assert narrowed(query, view_of(_Always))


def test_the_rows_one_request_may_choose_from_are_not_kept_for_the_next() -> None:
    class Chosen(FilterSet):
        entry = ModelChoiceFilter(queryset=lambda request: LogEntry.objects.filter(action=request.query_params["who"]))
        odd = BooleanFilter()

    def offered(who: str) -> str:
        filterset = Chosen({}, User.objects.all(), request=request_of(f"who={who}"))
        return str(filterset.form.fields["entry"].queryset.query)

    assert ("alice" in offered("alice"), "alice" in offered("bob")) == (True, False)
