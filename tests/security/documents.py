"""The API document, as tests walk through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator


@dataclass(frozen=True)
class Operation:
    """One operation of the API document. `body` is the example of its body, `queries` the names it is asked with."""

    id: str
    method: str
    path: str
    statuses: frozenset[int]
    body: dict[str, Any] = field(default_factory=dict)
    queries: tuple[str, ...] = ()
    permission: str = ""


@cache
def operations() -> dict[str, Operation]:
    """Map every operation's name to what the document says of it."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    return {
        described["operationId"]: Operation(
            described["operationId"],
            method.upper(),
            path,
            frozenset(int(status) for status in described["responses"]),
            described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example", {}),
            tuple(each["name"] for each in described.get("parameters", ()) if each["in"] == "query"),
            described["x-permission"],
        )
        for path, methods in document["paths"].items()
        for method, described in methods.items()
    }
