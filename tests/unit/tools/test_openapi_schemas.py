"""Comparing JSON Schemas: each kind of break in a request and in a response, and each change that harms nobody."""

from __future__ import annotations

from typing import Any

import pytest

from tools.openapi_schemas import SchemaComparison, resolved

TEXT, NUMBER, NULL = {"type": "string"}, {"type": "number"}, {"type": "null"}


def record(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*required]}


def breaks(
    old: dict[str, Any], new: dict[str, Any], *, is_request: bool, components: tuple[Any, Any] = ({}, {})
) -> list[str]:
    documents = [{"components": {"schemas": each}} for each in components]
    return list(SchemaComparison(*documents, is_request=is_request).breaks(old, new, "it"))


#: Old, new, what breaks in a request, what breaks in a response.
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str], list[str]]] = {
    "nothing": (record(("a",), a=TEXT), record(("a",), a=TEXT), [], []),
    "words": (TEXT | {"description": "A name."}, TEXT | {"description": "A title.", "example": "x"}, [], []),
    "optional field added": (record(a=TEXT), record(a=TEXT, b=TEXT), [], []),
    "required field added": (record(), record(("a",), a=TEXT), ["it.a is required now"], []),
    "field became required": (record(a=TEXT), record(("a",), a=TEXT), ["it.a is required now"], []),
    "field became optional": (record(("a",), a=TEXT), record(a=TEXT), [], ["it.a may be missing now"]),
    "field removed": (record(("a",), a=TEXT), record(), ["it.a is gone"], ["it.a is gone"]),
    "type changed": (
        record(a=TEXT),
        record(a={"type": "boolean"}),
        ["it.a no longer takes string"],
        ["it.a may now be boolean"],
    ),
    "integer became number": ({"type": "integer"}, NUMBER, [], ["it may now be number"]),
    "number became integer": (NUMBER, {"type": "integer"}, ["it no longer takes number"], []),
    "null allowed": (TEXT, {"type": ["string", "null"]}, [], ["it may now be null"]),
    "null forbidden": ({"type": ["string", "null"]}, TEXT, ["it no longer takes null"], []),
    "value removed": (
        TEXT | {"enum": ["a", "b"]},
        TEXT | {"enum": ["b"]},
        ['it no longer takes "a"'],
        [],
    ),
    "value added": (TEXT | {"enum": ["a"]}, TEXT | {"enum": ["a", "b"]}, [], ['it may now be "b"']),
    "values listed": (TEXT, TEXT | {"enum": ["a"]}, ["it no longer takes any other value"], []),
    "values no longer listed": (TEXT | {"const": "a"}, TEXT, [], ["it may now be any other value"]),
    "shorter": (
        TEXT | {"maxLength": 9},
        TEXT | {"maxLength": 8},
        ["it: maxLength was 9, is 8"],
        [],
    ),
    "longer": (TEXT | {"maxLength": 8}, TEXT | {"maxLength": 9}, [], ["it: maxLength was 8, is 9"]),
    "limited": (NUMBER, NUMBER | {"minimum": 1}, ["it: minimum was open, is 1"], []),
    "unlimited": (NUMBER | {"minimum": 1}, NUMBER, [], ["it: minimum was 1, is open"]),
    "format": (
        TEXT | {"format": "date"},
        TEXT | {"format": "date-time"},
        ["it: format was date, is date-time"],
        ["it: format was date, is date-time"],
    ),
    "pattern added": (TEXT, TEXT | {"pattern": "^a"}, ["it: pattern was open, is ^a"], []),
    "members": (
        {"type": "array", "items": TEXT},
        {"type": "array", "items": NUMBER},
        ["it[] no longer takes string"],
        ["it[] may now be integer", "it[] may now be number"],
    ),
    "other fields forbidden": (
        record(),
        record() | {"additionalProperties": False},
        ["it no longer takes fields that are not listed"],
        [],
    ),
    "other fields allowed": (
        record() | {"additionalProperties": False},
        record(),
        [],
        ["it may now have fields that are not listed"],
    ),
    "other fields changed": (
        record() | {"additionalProperties": TEXT},
        record() | {"additionalProperties": {"type": "boolean"}},
        ["it.* no longer takes string"],
        ["it.* may now be boolean"],
    ),
    "choice added": ({"oneOf": [TEXT]}, {"oneOf": [TEXT, NULL]}, [], ["it may now be null"]),
    "choice removed": ({"oneOf": [TEXT, NULL]}, {"anyOf": [TEXT]}, ["it no longer takes null"], []),
    "became a choice": (TEXT, {"oneOf": [TEXT, NULL]}, [], ["it may now be null"]),
}


@pytest.mark.parametrize(("old", "new", "in_a_request", "in_a_response"), CASES.values(), ids=CASES)
def test_a_change_breaks_the_side_it_takes_something_from(
    old: dict[str, Any], new: dict[str, Any], in_a_request: list[str], in_a_response: list[str]
) -> None:
    assert (breaks(old, new, is_request=True), breaks(old, new, is_request=False)) == (in_a_request, in_a_response)


def test_references_are_followed_in_the_document_they_stand_in() -> None:
    user = {"$ref": "#/components/schemas/User"}
    components = ({"User": record(("name",), name=TEXT)}, {"User": record(name=TEXT)})
    for old, new in ((user, user), ({"allOf": [user]}, user), ({"oneOf": [user, NULL]}, {"oneOf": [user, NULL]})):
        assert breaks(old, new, is_request=False, components=components) == ["it.name may be missing now"]


def test_a_schema_that_contains_itself_is_looked_at_once() -> None:
    tree = {"$ref": "#/components/schemas/Tree"}
    components = ({"Tree": record(left=tree, name=TEXT)}, {"Tree": record(left=tree, name=NULL)})
    assert breaks(tree, tree, is_request=True, components=components) == ["it.name no longer takes string"]


def test_all_that_must_fit_is_one_schema() -> None:
    parts = {"allOf": [record(("a",), a=TEXT), {"allOf": [record(("b",), b=TEXT)]}], "description": "Both."}
    assert resolved({}, parts) == record(("a", "b"), a=TEXT, b=TEXT) | {"description": "Both."}
