"""JSON parser and renderer of the API, by orjson, and content negotiation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from workix.api.json_limits import MAX_DEPTH, MAX_VALUES, OPTIONS, is_within


class JSONParser(BaseParser):
    """Strict JSON: no NaN, no broken Unicode, and no more of it than a view can work on.

    A view that takes more has a parser of its own: a subclass with other limits, in its `parser_classes`.
    """

    media_type = "application/json"
    max_depth = MAX_DEPTH
    max_values = MAX_VALUES

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError("The body is not valid JSON.") from error
        if not is_within(body, value, depth=self.max_depth, values=self.max_values):
            raise ParseError(
                f"The body nests deeper than {self.max_depth} or holds more than {self.max_values} values."
            )
        return value


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, default=str, option=OPTIONS)


class Negotiation(DefaultContentNegotiation):
    """Answers at once what nearly everybody asks for; leaves the rest to REST framework."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        if format_suffix is None and request.META.get("HTTP_ACCEPT", "*/*") in ("*/*", "application/json"):
            wanted = next(iter(renderers))
            if wanted.media_type == "application/json" and "format" not in request.META.get("QUERY_STRING", ""):
                return wanted, wanted.media_type
        found: tuple[BaseRenderer, str] = super().select_renderer(request, renderers, format_suffix)
        return found
