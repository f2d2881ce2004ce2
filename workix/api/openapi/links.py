"""OpenAPI links: from the response that made or listed something to what can be done with it."""

# Note [Links]
# As with the examples, the paths say it all: whatever is below `/users/{id}/` can be reached with the id of a person,
# and a person's id is in the response to whoever adds one, and in every row of the list of people.

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]

_ITEM_PATH = re.compile(r"(?P<collection>.*/)\{(?P<name>\w+)\}/(?:[^{}]*)")


def add_links(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """Hook of drf-spectacular: see Note [Links]."""
    paths = result["paths"]
    for path, operations in paths.items():
        item = _ITEM_PATH.fullmatch(path)
        if item is not None:
            _link(paths.get(item["collection"], {}), item["name"], operations)
    return result


def _link(collection: Document, parameter: str, operations: Document) -> None:
    for source, at in _sources(collection, parameter):
        for operation in operations.values():
            name = operation["operationId"]
            source.setdefault("links", {})[name] = {"operationId": name, "parameters": {parameter: at}}


def _sources(collection: Document, name: str) -> Iterator[tuple[Document, str]]:
    """Find the responses that hold such a name, and where in them it is."""
    made = collection.get("post", {}).get("responses", {}).get("201")
    if made is not None:
        yield made, f"$response.body#/{name}"
    listed = collection.get("get", {}).get("responses", {}).get("200")
    if listed is not None:
        yield listed, f"$response.body#/results/0/{name}"
