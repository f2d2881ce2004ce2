"""Breaking changes between two OpenAPI documents: what a client that was written for the old one trips over."""

# Note [Why a comparison of our own]
# oasdiff, the known program for this, is a binary made by Go, which neither the Python nor the npm index has; npm's openapi-diff
# reads OpenAPI 3.0, and ours is 3.1; the others are first releases of single authors. What our document uses is a small part of
# OpenAPI: 200 lines compare it, and name each break as a sentence.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tools.openapi_schemas import Schema, SchemaComparison

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """List, as sentences, what breaks clients of `old`. An empty list: whatever was added harms nobody."""
    return [*_security_schemes(old, new), *_paths(old, new)]


def _security_schemes(old: Schema, new: Schema) -> Iterator[str]:
    """Look at how a credential travels; one that is gone is named where it was taken."""
    had, has = (each.get("components", {}).get("securitySchemes", {}) for each in (old, new))
    for scheme in (each for each in had if each in has):
        for trait in sorted((had[scheme].keys() | has[scheme].keys()) - {"description"}):
            before, after = had[scheme].get(trait), has[scheme].get(trait)
            if before != after:
                yield f"Credential {scheme}: its {trait} was {before}, is {after}"


def _paths(old: Schema, new: Schema) -> Iterator[str]:
    for path, operations in old["paths"].items():
        for method in (each for each in _METHODS if each in operations):
            call = f"{method.upper()} {path}"
            after = new["paths"].get(path, {}).get(method)
            if after is None:
                yield f"{call} is gone"
            else:
                yield from _Operation(old, new, call).breaks(operations[method], after)


class _Operation:
    """One method of one path, before and after."""

    def __init__(self, old: Schema, new: Schema, call: str) -> None:
        self._call = call
        self._documents = old, new
        self._sent = SchemaComparison(old, new, is_request=True)
        self._received = SchemaComparison(old, new, is_request=False)

    def breaks(self, before: Schema, after: Schema) -> Iterator[str]:
        had, has = before.get("operationId"), after.get("operationId")
        if had != has:
            yield f"{self._call}: its operationId was {had}, is {has}"
        yield from self._credentials(before, after)
        yield from self._parameters(_parameters(before), _parameters(after))
        yield from self._body(before.get("requestBody"), after.get("requestBody"))
        yield from self._responses(before["responses"], after["responses"])

    def _credentials(self, before: Schema, after: Schema) -> Iterator[str]:
        had, has = (
            [frozenset(each) for each in operation.get("security", document.get("security", [{}]))]
            for operation, document in zip((before, after), self._documents, strict=True)
        )
        for each in had or [frozenset[str]()]:
            # Whoever brings more than is asked for is let in as well.
            if not any(enough <= each for enough in has or [frozenset[str]()]):
                yield f"{self._call} no longer takes {' with '.join(sorted(each)) or 'calls without credentials'}"

    def _parameters(self, before: dict[str, Schema], after: dict[str, Schema]) -> Iterator[str]:
        yield from (f"{self._call}: {each} is gone" for each in sorted(before.keys() - after.keys()))
        for name, parameter in after.items():
            was = before.get(name, {})
            if parameter.get("required") and not was.get("required"):
                yield f"{self._call}: {name} is required now"
            if was:
                yield from self._sent.breaks(was["schema"], parameter["schema"], f"{self._call}: {name}")

    def _body(self, before: Schema | None, after: Schema | None) -> Iterator[str]:
        if before is None:
            if after and after.get("required"):
                yield f"{self._call}: a body is required now"
            return
        if after is None:
            yield f"{self._call} no longer takes a body"
            return
        if after.get("required") and not before.get("required"):
            yield f"{self._call}: a body is required now"
        yield from self._content(before, after, f"{self._call}: body", self._sent)

    def _responses(self, before: Schema, after: Schema) -> Iterator[str]:
        for status, response in before.items():
            where = f"{self._call}: {status}"
            if status not in after:
                yield f"{where} is gone"
                continue
            gone = response.get("headers", {}).keys() - after[status].get("headers", {}).keys()
            yield from (f"{where}: header {each} is gone" for each in sorted(gone))
            yield from self._content(response, after[status], where, self._received)

    def _content(self, before: Schema, after: Schema, where: str, comparison: SchemaComparison) -> Iterator[str]:
        has: Mapping[str, Any] = after.get("content", {})
        for media_type, content in before.get("content", {}).items():
            if media_type not in has:
                yield f"{where} is no longer {media_type}"
            else:
                yield from comparison.breaks(content.get("schema", {}), has[media_type].get("schema", {}), where)


def _parameters(operation: Schema) -> dict[str, Schema]:
    return {f"{each['in']} parameter {each['name']}": each for each in operation.get("parameters", ())}
