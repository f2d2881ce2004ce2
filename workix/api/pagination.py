"""Pagination of all lists: page number pagination, and cursor pagination for what only grows."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.paginator import Page
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from workix.core.errors import Invalid

PAGE_SIZE, LARGEST_PAGE = 50, 200
SIZE = "page_size"

_NUMBER = re.compile(r"[1-9][0-9]*", re.ASCII)


class Pages(PageNumberPagination):
    """For lists a person leafs through."""

    page_size = PAGE_SIZE
    max_page_size = LARGEST_PAGE
    page_size_query_param = SIZE
    last_page_strings = ()  # a page is a number, as the document says

    def get_page_number(self, request: Request, paginator: Any) -> str:
        """Return which page; what is no number is a page that is not there, and so is an empty one."""
        wanted: str = request.query_params.get(self.page_query_param, "1")
        if not _NUMBER.fullmatch(wanted):
            raise NotFound
        return wanted

    def get_page_size(self, request: Request) -> int:
        return _wanted_size(request)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return _from_one(super().get_schema_operation_parameters(view))

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        """Look at one row more than the first page takes: where there is none, nothing has to be counted."""
        size = self.get_page_size(request)
        if request.query_params.get(self.page_query_param, "1") != "1":
            return super().paginate_queryset(queryset, request, view)
        rows = list(queryset[: size + 1])
        paginator = self.django_paginator_class(queryset, size)
        if len(rows) <= size:
            paginator.count = len(rows)  # a cached property, filled
        self.request = request
        self.page = Page(rows[:size], 1, paginator)
        return list(self.page)


class NewestFirst(CursorPagination):
    """For rows that only grow: no COUNT, and a page stays the same while new rows come."""

    page_size = PAGE_SIZE
    max_page_size = LARGEST_PAGE
    page_size_query_param = SIZE
    ordering = ("-created_at", "-id")

    def get_page_size(self, request: Request) -> int:
        return _wanted_size(request)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return _from_one(super().get_schema_operation_parameters(view))

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Read where to go on; a position that we did not write is nowhere."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None and not _is_moment(cursor.position):
            raise NotFound
        return cursor


def _wanted_size(request: Request) -> int:
    """Return how many rows somebody wants; more than the largest page is the largest page.

    :raises Invalid: when it is no number above zero.
    """
    wanted = request.query_params.get(SIZE, str(PAGE_SIZE))
    if not _NUMBER.fullmatch(wanted):
        raise Invalid("Use a whole number above zero.", field=SIZE)
    return min(int(wanted[:9]), LARGEST_PAGE)


def _from_one(parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tell the document, too, that numbers begin at one."""
    for each in parameters:
        if each["schema"]["type"] == "integer":
            each["schema"]["minimum"] = 1
    return parameters


def _is_moment(text: object) -> bool:
    try:
        return datetime.fromisoformat(str(text)).tzinfo is not None
    except ValueError:
        return False
