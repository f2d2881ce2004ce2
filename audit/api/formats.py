"""Content negotiation of an export: `?format=csv` (text/csv, RFC 4180) or `?format=ndjson` (application/x-ndjson)."""

# An export writes itself. What these renderers render is its refusals, which are JSON as everywhere.

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import BaseRenderer

from workix.api.renderers import JSONRenderer, Negotiation
from workix.core.errors import Invalid

FORMAT = OpenApiParameter("format", str, enum=["csv", "ndjson"], default="csv", description="How entries are written.")
EXAMPLES = {
    "text/csv": '"id","created_at","actor_type"\r\n"0b9c…","2026-01-31T09:30:00Z","person"\r\n',
    "application/x-ndjson": '{"id":"0b9c…","action":"user.created"}\n{"id":"0b9b…","action":"session.started"}\n',
}


def text_like(example: str) -> dict[str, Any]:
    """Describe a text for the API document."""
    return {"type": "string", "examples": [example]}


class CSVRenderer(JSONRenderer):
    media_type = "text/csv"
    format = "csv"


class NDJSONRenderer(JSONRenderer):
    media_type = "application/x-ndjson"
    format = "ndjson"


class FormatNegotiation(Negotiation):
    """Refuses a format there is none of; REST framework says of one that nothing is at this address."""

    def filter_renderers(self, renderers: Iterable[BaseRenderer], format: str) -> list[BaseRenderer]:  # noqa: A002  # its name
        found: list[Any] = [each for each in renderers if each.format == format]
        if not found:
            raise Invalid("Ask for csv or ndjson.", field="format")
        return found
