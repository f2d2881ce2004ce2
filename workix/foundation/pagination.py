"""Page and cursor paging shared by all lists."""

from __future__ import annotations

from datetime import datetime

from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination, PageNumberPagination
from rest_framework.request import Request

PAGE_SIZE, LARGEST_PAGE = 50, 200


class Pages(PageNumberPagination):
    """For lists a person leafs through."""

    page_size = PAGE_SIZE
    max_page_size = LARGEST_PAGE
    page_size_query_param = "page_size"


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
