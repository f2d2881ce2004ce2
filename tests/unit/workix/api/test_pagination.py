"""Paging: 50 rows, 200 at most, newest first where rows only grow."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.test import RequestFactory
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from accounts.models import User
from audit.models import LogEntry
from quotas.models import Quota
from tenants.models import Domain
from workix.api.pagination import NewestFirst, Pages, totally_ordered
from workix.core.errors import Invalid


@pytest.mark.parametrize(
    ("query", "size"), [("", 50), ("page_size=7", 7), ("page_size=9999", 200), (f"page_size=1{'0' * 5000}", 200)]
)
@pytest.mark.parametrize("paging", [Pages, NewestFirst])
def test_a_page_has_50_rows_or_as_many_as_asked_up_to_200(paging: type[Pages], query: str, size: int) -> None:
    assert paging().get_page_size(Request(RequestFactory().get(f"/?{query}"))) == size


@pytest.mark.parametrize("wanted", ["", "x", "0", "-1", "1.5", "+1", " 1", "٣", "null"])
@pytest.mark.parametrize("paging", [Pages, NewestFirst])
def test_a_size_that_is_no_number_is_refused(paging: type[Pages], wanted: str) -> None:
    with pytest.raises(Invalid) as caught:
        paging().get_page_size(Request(RequestFactory().get("/", {"page_size": wanted})))
    assert caught.value.field == "page_size"


def test_a_trail_is_read_newest_first_and_two_of_one_moment_in_a_fixed_order() -> None:
    assert NewestFirst.ordering == ("-created_at", "-id")


@pytest.mark.parametrize("position", ["yesterday", "2026-99-99", "\x00", "1e9", "2026-11-23T00:00:00"])
def test_a_forged_cursor_leads_nowhere(position: str) -> None:
    cursor = b64encode(f"p={position}".encode()).decode()
    request = Request(RequestFactory().get("/", {"cursor": cursor}))
    with pytest.raises(NotFound):
        NewestFirst().paginate_queryset(LogEntry.objects.all(), request)


@pytest.mark.fault("E2")
@pytest.mark.parametrize(
    ("rows", "order"),
    [
        (User.objects.all(), ()),
        (User.objects.order_by("role"), ("role", "pk")),
        (User.objects.order_by("-role", "last_name"), ("-role", "last_name", "pk")),
        (User.objects.order_by(Lower("email")), (Lower("email"), "pk")),
        (User.objects.order_by("-id"), ("-id",)),
        (User.objects.order_by("pk", "role"), ("pk", "role")),
        (User.objects.order_by(), ("pk",)),
        (Domain.objects.order_by("-host"), ("-host",)),
        (Domain.objects.order_by("organization__name"), ("organization__name", "pk")),
        (Quota.objects.order_by("used"), ("used", "pk")),
    ],
    ids=lambda value: str(value.query.order_by) if isinstance(value, QuerySet) else "",
)
def test_the_key_decides_between_equals(rows: QuerySet[Any], order: tuple[Any, ...]) -> None:
    assert totally_ordered(rows).query.order_by == order


def test_what_is_no_query_keeps_its_order() -> None:
    assert totally_ordered([3, 1, 2]) == [3, 1, 2]


@pytest.mark.parametrize(
    "sent", ["o=50", "p=2026-11-23T00:00:00%2B00:00", f"p=2026-11-23T00:00:00 {UUID(int=1)}", "r=x"]
)
def test_a_cursor_that_names_no_row_leads_nowhere(sent: str) -> None:
    request = Request(RequestFactory().get("/", {"cursor": b64encode(sent.encode()).decode()}))
    with pytest.raises(NotFound):
        NewestFirst().paginate_queryset(LogEntry.objects.all(), request)
