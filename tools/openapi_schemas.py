"""Compares two JSON Schemas of an OpenAPI document, and says what breaks a client that knows the old one."""

# Note [Which schema must be the wider]
# A client breaks when the server refuses what it sent until now, or sends what it never saw. So a request's new schema must take
# all that the old one took, and a response's new schema may give only what the old one gave. One comparison does for both:
# whatever is good for `inner` must be good for `outer`. Of a request the new schema is the outer one, of a response the old.

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
Refs = tuple[str | None, str | None]

_ANY = "any other value"
_UPPER = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
_LOWER = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
_EXACT = ("pattern", "format", "multipleOf", "uniqueItems")


@dataclass(frozen=True, slots=True)
class SchemaComparison:
    """The two documents that `$ref` leads into, and which way the values travel."""

    old: Schema
    new: Schema
    is_request: bool

    def breaks(self, old: Schema, new: Schema, where: str, seen: frozenset[Refs] = frozenset()) -> Iterator[str]:
        """Name each break: `where` and what happened there."""
        refs = (old.get("$ref"), new.get("$ref"))
        if refs in seen:
            return
        if None not in refs:
            seen |= {refs}
        before, after = resolved(self.old, old), resolved(self.new, new)
        if _is_choice(before) or _is_choice(after):
            yield from self._choices(_choices(old, before), _choices(new, after), where, seen)
            return
        inner, outer = self._ordered(before, after)
        verb = self._verb()
        yield from (f"{where} {verb} {each}" for each in sorted(_types(inner) - _types(outer)))
        yield from (f"{where} {verb} {each}" for each in sorted(_values(inner) - _values(outer)) if _has_values(outer))
        yield from (
            f"{where}: {limit} was {before.get(limit, 'open')}, is {after.get(limit, 'open')}"
            for limit in _narrower(inner, outer)
        )
        yield from self._properties(before, after, where, seen)
        yield from self._contents(before, after, where, seen)

    def _properties(self, before: Schema, after: Schema, where: str, seen: frozenset[Refs]) -> Iterator[str]:
        had, has = before.get("properties", {}), after.get("properties", {})
        for name in sorted(had.keys() - has.keys()):
            yield f"{where}.{name} is gone"
        inner, outer = self._ordered(before, after)
        for name in sorted(set(outer.get("required", ())) - set(inner.get("required", ()))):
            if name in has:
                yield f"{where}.{name} {'is required now' if self.is_request else 'may be missing now'}"
        for name in sorted(had.keys() & has.keys()):
            yield from self.breaks(had[name], has[name], f"{where}.{name}", seen)

    def _contents(self, before: Schema, after: Schema, where: str, seen: frozenset[Refs]) -> Iterator[str]:
        """Look at the members of a list, and at the fields that have no name."""
        if "items" in before or "items" in after:
            yield from self.breaks(before.get("items", {}), after.get("items", {}), f"{where}[]", seen)
        had, has = (each.get("additionalProperties", True) for each in (before, after))
        inner, outer = self._ordered(had, has)
        if isinstance(had, Mapping) and isinstance(has, Mapping):
            yield from self.breaks(had, has, f"{where}.*", seen)
        elif outer is not True and inner is not False and "object" in _types(before) & _types(after):
            yield f"{where} {'no longer takes' if self.is_request else 'may now have'} fields that are not listed"

    def _choices(
        self, before: dict[str, Schema], after: dict[str, Schema], where: str, seen: frozenset[Refs]
    ) -> Iterator[str]:
        inner, outer = self._ordered(before, after)
        yield from (f"{where} {self._verb()} {each}" for each in sorted(inner.keys() - outer.keys()))
        for name in sorted(before.keys() & after.keys()):
            yield from self.breaks(before[name], after[name], where, seen)

    def _ordered(self, before: Any, after: Any) -> tuple[Any, Any]:
        # See Note [Which schema must be the wider]
        return (before, after) if self.is_request else (after, before)

    def _verb(self) -> str:
        return "no longer takes" if self.is_request else "may now be"


def resolved(document: Schema, schema: Schema) -> Schema:
    """Follow `$ref`, and make one schema of those that `allOf` lists."""
    if "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        return resolved(document, {**found, **{key: value for key, value in schema.items() if key != "$ref"}})
    if "allOf" not in schema:
        return schema
    own = {key: value for key, value in schema.items() if key != "allOf"}
    whole: dict[str, Any] = {}
    for part in (*(resolved(document, each) for each in schema["allOf"]), own):
        properties = {**whole.get("properties", {}), **part.get("properties", {})}
        required = [*whole.get("required", ()), *part.get("required", ())]
        whole |= part
        whole |= {key: value for key, value in (("properties", properties), ("required", required)) if value}
    return whole


def _is_choice(schema: Schema) -> bool:
    return "oneOf" in schema or "anyOf" in schema


def _choices(schema: Schema, whole: Schema) -> dict[str, Schema]:
    """Name the schemas of which one must fit; a schema that offers no choice is its only one."""
    listed = [*whole.get("oneOf", ()), *whole.get("anyOf", ())] or [schema]
    return {_name(each): each for each in listed}


def _name(schema: Schema) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    alone = isinstance(schema.get("type"), str) and len(schema) == 1
    return str(schema["type"]) if alone else json.dumps(schema, sort_keys=True)


def _types(schema: Schema) -> set[str]:
    """List what a value may be; a schema that names no type takes every one. Each integer is a number."""
    named = schema.get("type", ["array", "boolean", "null", "number", "object", "string"])
    types = {named} if isinstance(named, str) else set(named)
    return types | {"integer"} if "number" in types else types


def _has_values(schema: Schema) -> bool:
    return "enum" in schema or "const" in schema


def _values(schema: Schema) -> set[str]:
    listed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    return {_ANY} if listed is None else {json.dumps(each) for each in listed}


def _narrower(inner: Schema, outer: Schema) -> Iterator[str]:
    """Name the limits of `outer` that something good for `inner` may not keep."""
    for keyword in _UPPER:
        if keyword in outer and not inner.get(keyword, float("inf")) <= outer[keyword]:
            yield keyword
    for keyword in _LOWER:
        if keyword in outer and not inner.get(keyword, float("-inf")) >= outer[keyword]:
            yield keyword
    yield from (keyword for keyword in _EXACT if keyword in outer and inner.get(keyword) != outer[keyword])
