"""Page and cursor paging shared by all lists."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination, PageNumberPagination

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
