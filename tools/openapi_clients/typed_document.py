"""The OpenAPI document as types are made from it: without examples and links, and with each refusal written once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]

_METHODS = ("get", "put", "post", "patch", "delete")
#: No type depends on these, and most of what would be written is of them.
_OF_NO_TYPE = ("example", "examples", "links")
_PROBLEM = "#/components/schemas/Problem"


def for_types(document: Document) -> Document:
    """Return a document of the same types in a third of the text: a change of an example changes no client."""
    reduced: Document = _without_examples(document)
    named: dict[str, Any] = {}
    for _, _, operation in operations(reduced):
        for status, response in operation["responses"].items():
            schema = response.get("content", {}).get("application/problem+json", {}).get("schema", {})
            name = f"Problem{status}"
            if schema == {"$ref": f"{_PROBLEM}{status}"} and named.setdefault(name, response) == response:
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    reduced["components"]["responses"] = named
    return reduced


def operations_in_typescript(document: Document) -> str:
    """Write what a client has to know of operations when it runs: which take an Idempotency-Key, and which nobody's token."""
    taking, anonymous = [], []
    for method, path, operation in operations(document):
        call = f"{method.upper()} {path}"
        if any(each.get("name") == "Idempotency-Key" for each in operation.get("parameters", [])):
            taking.append(call)
        if operation.get("security") == [{}]:
            anonymous.append(call)
    return (
        "// Written from the OpenAPI document by `make openapi`; not by hand.\n"
        + _set("What takes an Idempotency-Key: the same call twice is done once.", "IDEMPOTENT", taking)
        + _set("What is asked before anybody is known: it is sent without a token.", "ANONYMOUS", anonymous)
    )


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Give each operation with its method and path, in the order of the document."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield method, path, item[method]


def _without_examples(value: Any, *, is_named: bool = False) -> Any:
    """`is_named`: the keys of this object are names of somebody's, such as those of properties, and not words of OpenAPI."""
    if isinstance(value, list):
        return [_without_examples(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_examples(each, is_named=not is_named and key == "properties")
        for key, each in value.items()
        if is_named or key not in _OF_NO_TYPE
    }


def _set(purpose: str, name: str, calls: list[str]) -> str:
    lines = "".join(f'  "{call}",\n' for call in calls)
    return f"\n/** {purpose} */\nexport const {name}: ReadonlySet<string> = new Set([\n{lines}]);\n"
