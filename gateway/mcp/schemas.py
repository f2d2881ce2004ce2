"""JSON Schema of a tool's arguments, out of the OpenAPI document: references resolved, secrets left out, words cut."""

# Note [No secrets through a model]
# What is in a tool's arguments or result was in a model's context, and is in the logs of whoever runs it. So a field that is
# marked as a secret (writeOnly, or of the format password) is no argument; an operation that can't do without is no tool.
# Neither is one that hands a secret out: a new key is made, and a link opened, by people.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

_KEPT = frozenset(
    "type enum const format minLength maxLength minimum maximum minItems maxItems uniqueItems default"
    " additionalProperties".split()
)
_OF_SCHEMAS = ("anyOf", "oneOf", "allOf")
_LONGEST_DESCRIPTION, _DEEPEST = 200, 8


class SecretNeededError(Exception):
    """There is no call without a secret. See Note [No secrets through a model]."""


def argument_schema(schema: Mapping[str, Any], components: Mapping[str, Any], *, depth: int = 0) -> Schema:
    """Return what a model has to know of a schema.

    :raises SecretNeededError: when a secret is required.
    """
    if depth > _DEEPEST:
        return {}
    if "$ref" in schema:
        named = components[schema["$ref"].rpartition("/")[2]]
        return argument_schema({**named, **_beside(schema)}, components, depth=depth + 1)
    kept = {key: value for key, value in schema.items() if key in _KEPT}
    if schema.get("description") and "enum" not in schema:  # the library describes an enum by its own words once more
        kept["description"] = shortened(schema["description"], _LONGEST_DESCRIPTION)
    for key in _OF_SCHEMAS:
        if key in schema:
            kept[key] = [argument_schema(each, components, depth=depth + 1) for each in schema[key]]
    if isinstance(schema.get("items"), Mapping):
        kept["items"] = argument_schema(schema["items"], components, depth=depth + 1)
    if isinstance(schema.get("additionalProperties"), Mapping):
        kept["additionalProperties"] = argument_schema(schema["additionalProperties"], components, depth=depth + 1)
    return kept | _members(schema, components, depth)


def names_in(schema: Mapping[str, Any], components: Mapping[str, Any]) -> frozenset[str]:
    """Name the members of an object, of whichever schemas it is put together."""
    if "$ref" in schema:
        return names_in(components[schema["$ref"].rpartition("/")[2]], components)
    parts = (names_in(each, components) for key in _OF_SCHEMAS for each in schema.get(key, ()))
    return frozenset(schema.get("properties", ())).union(*parts)


def shortened(text: str, most: int) -> str:
    """Return the first paragraph in one line, cut behind a sentence or a word where it is too long."""
    line = " ".join(text.partition("\n\n")[0].split())
    if len(line) <= most:
        return line
    sentences, full_stop, _ = line[:most].rpartition(". ")
    return f"{sentences}." if full_stop else line[: most - 2].rpartition(" ")[0] + " …"


def _members(schema: Mapping[str, Any], components: Mapping[str, Any], depth: int) -> Schema:
    if "properties" not in schema:
        return {}
    required = list(schema.get("required", ()))
    made: Schema = {}
    for name, each in schema["properties"].items():
        if is_secret(each, components):
            if name in required:
                raise SecretNeededError
        elif not each.get("readOnly"):
            try:
                made[name] = argument_schema(each, components, depth=depth + 1)
            except SecretNeededError:
                if name in required:
                    raise
    kept = [name for name in required if name in made]
    return {"properties": made, **({"required": kept} if kept else {})}


def is_secret(schema: Mapping[str, Any], components: Mapping[str, Any]) -> bool:
    """Say whether a field is marked as a secret, itself or by what it refers to."""
    if "$ref" in schema:
        return is_secret({**components[schema["$ref"].rpartition("/")[2]], **_beside(schema)}, components)
    return bool(schema.get("writeOnly")) or schema.get("format") == "password"


def _beside(schema: Mapping[str, Any]) -> Schema:
    return {key: value for key, value in schema.items() if key != "$ref"}
