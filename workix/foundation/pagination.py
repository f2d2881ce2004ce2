"""Page and cursor paging shared by all lists."""

from __future__ import annotations

from datetime import datetime

from rest_framework.exceptions import NotFound
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from rest_framework.pagination import Cursor, CursorPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework.request import Request

PAGE_SIZE, LARGEST_PAGE = 50, 200


class Pages(PageNumberPagination):
    """For lists a person leafs through."""

    page_size = PAGE_SIZE
    max_page_size = LARGEST_PAGE
    page_size_query_param = "page_size"

    def paginate_queryset(
        self, queryset: QuerySet[Any], request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        """Look at one row more than the first page takes: where there is none, nothing has to be counted."""
        size = self.get_page_size(request)
        if size is None or request.query_params.get(self.page_query_param, "1") != "1":
            return super().paginate_queryset(queryset, request, view)
        rows = list(queryset[: size + 1])
        paginator = self.django_paginator_class(queryset, size)
        if len(rows) <= size:
            paginator.count = len(rows)  # type: ignore[misc]  # a cached property, filled
        self.request = request
        self.page = Page(rows[:size], 1, paginator)
        return list(self.page)


class NewestFirst(CursorPagination):
    """For rows that only grow: no COUNT, and a page stays the same while new rows come."""

    page_size = PAGE_SIZE
    max_page_size = LARGEST_PAGE
    page_size_query_param = "page_size"
    ordering = ("-created_at", "-id")

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Read where to go on; a position that we did not write is nowhere."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None and not _is_moment(cursor.position):
            raise NotFound
        return cursor


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
