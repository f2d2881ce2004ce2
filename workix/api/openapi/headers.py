"""OpenAPI response headers: the rate limits every operation has (RateLimit, RateLimit-Policy, Retry-After)."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

HEADERS: Document = {
    "RateLimit": {
        "description": "For each limit that was counted: how many requests are left (r), and in how many seconds all are (t).",
        "schema": {"type": "string"},
        "example": '"actor";r=1199;t=1, "organization";r=2999;t=1',
    },
    "RateLimit-Policy": {
        "description": "For each limit that was counted: how many requests at once (q), and in each window of seconds (w).",
        "schema": {"type": "string"},
        "example": '"actor";q=1200;w=60, "organization";q=3000;w=60',
    },
    "Retry-After": {
        "description": "Come again after so many seconds.",
        "schema": {"type": "integer", "minimum": 0},
        "example": 1,
    },
}
_ALWAYS = ("RateLimit", "RateLimit-Policy")


def add_headers(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """Hook of drf-spectacular: name the headers of what was done, and of what came too often, while limits are on."""
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                names = (*_ALWAYS, "Retry-After") if status == "429" else _ALWAYS if status.startswith("2") else ()
                for name in names:
                    response.setdefault("headers", {})[name] = {"$ref": f"#/components/headers/{name}"}
    result.setdefault("components", {})["headers"] = HEADERS
    return result
