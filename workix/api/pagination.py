"""Pagination of all lists: page number pagination, and cursor pagination for what only grows; ListRows, a list of columns."""

# Note [Rows of a list]
# An instance of a model is made with signals and a state of its own, and a serializer makes its fields anew for each request:
# of a list of twenty that was a third. What a list shows are columns. So they are read as named tuples, and one function
# writes a row, whether it is such a tuple or, where a single one is asked for, an instance.

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workix.core.errors import Invalid

if TYPE_CHECKING:
    from rest_framework.viewsets import GenericViewSet

    _GenericViewSet = GenericViewSet[Any]
else:  # REST framework's views import what pages them
    _GenericViewSet = object

PAGE_SIZE, LARGEST_PAGE = 50, 200
SIZE = "page_size"

_NUMBER = re.compile(r"[1-9][0-9]*", re.ASCII)


class ListRows(_GenericViewSet):
    """GET of a list, by the columns it shows: in place of ListModelMixin. See Note [Rows of a list]."""

    columns: ClassVar[tuple[str, ...]]

    @staticmethod
    def row_as_json(row: Any, /) -> dict[str, Any]:
        """Write one row."""
        raise NotImplementedError

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        rows = self.filter_queryset(self.get_queryset()).values_list(*self.columns, named=True)
        page = self.paginate_queryset(rows)
        assert page is not None  # every list of ours is paged
        return self.get_paginated_response([self.row_as_json(row) for row in page])


class Pages(PageNumberPagination):
    """For lists a person leafs through. Whatever a view orders by, no two rows are equal: see `totally_ordered`."""

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

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return _with_links(super().get_paginated_response_schema(schema))

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any] | None:
        """Look at one row more than the first page takes: where there is none, nothing has to be counted."""
        queryset = totally_ordered(queryset)
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
    """For rows that only grow: no COUNT, and a page stays the same while new rows come.

    A cursor names the last row that was seen by time and id. REST framework's names a time, and a number of rows of that
    time to pass over, a thousand at most: of a larger import the rest would never be reached.
    """

    page_size = PAGE_SIZE
    max_page_size = LARGEST_PAGE
    page_size_query_param = SIZE
    ordering = ("-created_at", "-id")

    def get_page_size(self, request: Request) -> int:
        return _wanted_size(request)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return _from_one(super().get_schema_operation_parameters(view))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return _with_links(super().get_paginated_response_schema(schema))

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        """Read on from the row the cursor names, one row more than a page takes."""
        self.base_url = request.build_absolute_uri()
        size = self.get_page_size(request)
        cursor = self.decode_cursor(request) or Cursor(0, False, None)
        order = ("created_at", "id") if cursor.reverse else self.ordering
        beyond = queryset if cursor.position is None else queryset.filter(_beyond(cursor))
        found = list(beyond.order_by(*order)[: size + 1])
        self.page = found[size - 1 :: -1] if cursor.reverse else found[:size]
        came_from, goes_on = cursor.position is not None, len(found) > size
        self.has_previous, self.has_next = (goes_on, came_from) if cursor.reverse else (came_from, goes_on)
        return self.page

    def get_next_link(self) -> str | None:
        """Lead on behind the last row; behind no row, to the beginning."""
        return self.encode_cursor(_cursor_at(self.page or [], -1)) if self.has_next else None

    def get_previous_link(self) -> str | None:
        """Lead back before the first row; before no row, to the end."""
        return self.encode_cursor(_cursor_at(self.page or [], 0)) if self.has_previous else None

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Read where to go on; a position that we did not write is nowhere."""
        cursor = super().decode_cursor(request)
        if cursor is None or (cursor.position is None and not cursor.offset):
            return cursor
        try:
            position: Any = cursor.position  # a text, whatever its stubs say
            time, _, row_id = position.partition(" ")
            moment, key = datetime.fromisoformat(time), UUID(row_id)
        except (ValueError, AttributeError):
            raise NotFound from None
        if moment.tzinfo is None:
            raise NotFound
        return _cursor(cursor.reverse, (moment, key))


def _cursor(reverse: bool, position: Any) -> Cursor:
    return Cursor(0, reverse, position)


def _cursor_at(rows: list[Any], end: int) -> Cursor:
    """Lead on from the last row (-1), or back from the first (0)."""
    row = rows[end] if rows else None
    return _cursor(end == 0, f"{row.created_at.isoformat()} {row.id}" if row else None)


def _beyond(cursor: Any) -> Q:
    """Ask for the rows on the far side of a cursor. The first condition is what an index on the time begins with."""
    moment, key = cursor.position
    if cursor.reverse:
        return Q(created_at__gte=moment) & (Q(created_at__gt=moment) | Q(id__gt=key))
    return Q(created_at__lte=moment) & (Q(created_at__lt=moment) | Q(id__lt=key))


def totally_ordered(rows: Any) -> Any:
    """Order rows by their key where whatever they are ordered by leaves two of them equal.

    PostgreSQL puts equals in any order, and in another one for each page: some rows would be on two, and some on none.
    """
    if not isinstance(rows, QuerySet):
        return rows
    options = rows.model._meta
    order = rows.query.order_by or (options.ordering if rows.query.default_ordering else ())
    keys = {"pk"} | {field.name for field in options.concrete_fields if field.unique and not field.null}
    named = {part.removeprefix("-") for part in order if isinstance(part, str)}
    if named & keys:
        return rows
    last = order[-1] if order else ""
    turned_round = isinstance(last, str) and last.startswith("-")  # as its index is, read from the other end
    return rows.order_by(*order, "-pk" if turned_round else "pk")


def _wanted_size(request: Request) -> int:
    """Return how many rows somebody wants; more than the largest page is the largest page.

    :raises Invalid: when it is no number above zero.
    """
    wanted = request.query_params.get(SIZE, str(PAGE_SIZE))
    if not _NUMBER.fullmatch(wanted):
        raise Invalid("Use a whole number above zero.", field=SIZE)
    return min(int(wanted[:9]), LARGEST_PAGE)


def _with_links(page: dict[str, Any]) -> dict[str, Any]:
    """Write the links to other pages as OpenAPI 3.1 does: `nullable` is a word of 3.0."""
    for name in ("next", "previous"):
        page["properties"][name] = {"type": ["string", "null"], "format": "uri"}
    return page


def _from_one(parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tell the document, too, that numbers begin at one."""
    for each in parameters:
        if each["schema"]["type"] == "integer":
            each["schema"]["minimum"] = 1
    return parameters
