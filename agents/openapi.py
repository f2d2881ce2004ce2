"""OpenAPI of dry run (header, parameter, what its answer has besides), and of proposals: 202 of a supervised agent."""

from __future__ import annotations

from typing import Any

from agents.answers import EXAMPLE, SCHEMA
from agents.dry_run import HEADER, MUTATING, PARAMETER, takes_a_secret
from workix.api.problems import CONTENT_TYPE

Document = dict[str, Any]

_WORD = {"type": "string", "enum": ["true", "false"]}
_SAYS = "Do everything, keep nothing, and say what would have happened."
PARAMETERS: list[Document] = [
    {"name": HEADER, "in": "header", "description": _SAYS, "schema": _WORD, "example": "true"},
    {"name": PARAMETER, "in": "query", "description": f"{_SAYS} As the header.", "schema": _WORD, "example": "true"},
]
_REFERENCE = {"$ref": "#/components/schemas/DryRun"}
_PROPOSED: Document = {
    "202": {
        "description": "Of an agent in supervised mode alone: it waits for approval.",
        "headers": {"Location": {"description": "Where the proposal is.", "schema": {"type": "string"}}},
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Proposal"}}},
    }
}


def add_dry_run(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """Hook of drf-spectacular, after the examples, which show real calls. What has no body (204) is 200 in a dry run."""
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            if method.upper() in MUTATING and not takes_a_secret(path):
                operation["parameters"] = [*operation.get("parameters", []), *PARAMETERS]
                operation["responses"] = _widened(operation["responses"])
                if any("agent" in each for each in operation.get("security", ())):
                    operation["responses"] = dict(sorted((_PROPOSED | operation["responses"]).items()))
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    result["components"]["schemas"] = dict(sorted({**schemas, "DryRun": SCHEMA}.items()))
    return result


def _widened(responses: Document) -> Document:
    for status, response in responses.items():
        if status.startswith("2"):
            response.setdefault("headers", {})[HEADER] = {"description": "Of a dry run: true.", "schema": _WORD}
            for content in response.get("content", {}).values():
                content["schema"] = {"allOf": [content["schema"], _REFERENCE]}
    if "400" not in responses:
        in_other_words = "It can't be tried, or is asked for in other words."
        responses = {**responses, "400": refusal_beside(responses["500"], in_other_words)}
    if "204" in responses:
        body = {"application/json": {"schema": _REFERENCE, "example": EXAMPLE}}
        of_a_dry_run = {"description": "Of a dry run alone.", "headers": responses["204"]["headers"], "content": body}
        return {"200": of_a_dry_run} | responses
    return responses


def refusal_beside(refusal: Document, description: str) -> Document:
    """Describe a 400 in the shape of another refusal: SCIM has one of its own."""
    ((media_type, content),) = refusal["content"].items()
    schema = {"$ref": "#/components/schemas/Problem400"} if media_type == CONTENT_TYPE else content["schema"]
    return {"description": description, "content": {media_type: {"schema": schema}}}
