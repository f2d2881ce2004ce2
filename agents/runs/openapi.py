"""OpenAPI of reasons and runs: their headers for each operation that changes something."""

from __future__ import annotations

from typing import Any

from agents.dry_run import MUTATING
from agents.openapi import refusal_beside
from agents.runs.headers import LONGEST_HEADER, REASON, SHORTEST_REASON, TRACE, TRACE_PATTERN

Document = dict[str, Any]

PARAMETERS: list[Document] = [
    {
        "name": REASON,
        "in": "header",
        "description": "Why, in one line of 10 to 500 characters: kept in the audit trail. What is not ASCII is written as "
        "`UTF-8''` and the percent-encoded text (RFC 8187). An agent has to say why.",
        "schema": {
            "type": "string",
            "minLength": SHORTEST_REASON,
            "maxLength": LONGEST_HEADER,
            "pattern": "^[!-~][ -~]+[!-~]$",
        },
        "example": "Ticket 4711: left the company",
    },
    {
        "name": TRACE,
        "in": "header",
        "description": "Your own ids of the run, and of the step in it: kept in the audit trail, where a run is found by them.",
        "schema": {"type": "string", "pattern": f"^{TRACE_PATTERN}$"},
        "example": "run-2026-01-31/step-3",
    },
]


def add_reasons(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """Hook of drf-spectacular. A header that is wrong is 400, whatever the operation takes besides."""
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if method.upper() in MUTATING:
                operation["parameters"] = [*operation.get("parameters", []), *PARAMETERS]
                responses = operation["responses"]
                responses.setdefault("400", refusal_beside(responses["500"], "A header is not as it has to be."))
    return result
