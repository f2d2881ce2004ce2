"""The document that types are made from: without examples, each refusal once; and what clients know of operations."""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

from tools.openapi_clients import typescript
from tools.openapi_clients.typed_document import for_types, operations_in_typescript

_REFUSED = {
    "description": "Whoever asks may not do this.",
    "content": {
        "application/problem+json": {
            "schema": {"$ref": "#/components/schemas/Problem403"},
            "example": {"code": "refused"},
        }
    },
}
_USED = {
    "type": "object",
    "properties": {"example": {"type": "string", "example": "x"}},
    "examples": [{"example": "x"}],
}
_CREATED = {"description": "As asked.", "links": {}, "content": {"application/json": {"schema": _USED}}}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/a/": {"post": {"parameters": [{"name": "Idempotency-Key"}], "responses": {"201": _CREATED, "403": _REFUSED}}},
        "/b/": {"post": {"security": [{}], "responses": {"403": {**_REFUSED, "description": "For another reason."}}}},
        "/c/": {"get": {"responses": {"403": _REFUSED}}},
    },
    "components": {"schemas": {}},
}


def test_examples_go_but_a_property_of_that_name_stays() -> None:
    before = deepcopy(DOCUMENT)
    created = for_types(DOCUMENT)["paths"]["/a/"]["post"]["responses"]["201"]
    schema = {"type": "object", "properties": {"example": {"type": "string"}}}
    assert created == {"description": "As asked.", "content": {"application/json": {"schema": schema}}}
    assert before == DOCUMENT


def test_a_refusal_is_written_once_unless_it_says_something_else() -> None:
    reduced = for_types(DOCUMENT)
    named = {"$ref": "#/components/responses/Problem403"}
    refusals = [operation["responses"]["403"] for path in reduced["paths"].values() for operation in path.values()]
    assert [each == named for each in refusals] == [True, False, True]
    assert list(reduced["components"]["responses"]) == ["Problem403"]


def test_clients_are_told_what_takes_a_key_and_what_needs_nobody() -> None:
    told = operations_in_typescript(DOCUMENT)
    taking, _, anonymous = told.partition("ANONYMOUS")
    assert ('"POST /a/"' in taking, '"POST /b/"' in anonymous, told.count("/c/")) == (True, True, 0)


def test_types_that_differ_from_the_document_are_shown(tmp_path: Path) -> None:
    shutil.copytree(typescript.PACKAGE / "src", tmp_path / "src")
    assert typescript.drifted(tmp_path) == []
    with (tmp_path / "src" / "operations.ts").open("a") as generated:
        generated.write("export const LATER = 1;\n")
    (shown,) = typescript.drifted(tmp_path)
    assert (shown.splitlines()[0], shown.splitlines()[-1]) == (
        "--- clients/typescript/src/operations.ts",
        "+export const LATER = 1;",
    )
