"""Comparing OpenAPI documents: each break of paths, parameters, bodies, responses, and each harmless addition."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from tools.openapi_changes import breaking_changes

TEXT = {"type": "string"}


def content(schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {"content": {media_type: {"schema": schema}}}


def operation(**changes: Any) -> dict[str, Any]:
    """Describe GET /things/, or what a test makes of it."""
    return {
        "operationId": "things_list",
        "security": [{"bearer": []}, {"cookie": []}],
        "parameters": [{"in": "query", "name": "page", "schema": TEXT}],
        "responses": {"200": content(TEXT) | {"headers": {"ETag": {"schema": TEXT}}}, "404": content(TEXT)},
    } | changes


def document(**methods: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "paths": {"/things/": methods}}


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return breaking_changes(document(get=operation(**old)), document(get=operation(**new)))


def test_the_same_document_breaks_nobody() -> None:
    assert breaks({}, {}) == []


@pytest.mark.parametrize("old", [document(get=operation(), post=operation()), {"paths": {}}])
def test_more_paths_and_methods_break_nobody(old: dict[str, Any]) -> None:
    new = deepcopy(old)
    new["paths"].setdefault("/things/", {})["delete"] = operation()
    new["paths"]["/others/"] = {"get": operation()}
    assert breaking_changes(old, new) == []


def test_a_path_or_a_method_that_is_gone() -> None:
    assert breaking_changes(document(get=operation()), {"paths": {}}) == ["GET /things/ is gone"]
    assert breaking_changes(document(get=operation(), post=operation()), document(get=operation())) == [
        "POST /things/ is gone"
    ]


def test_a_client_made_from_the_document_calls_by_the_operations_name() -> None:
    assert breaks({}, {"operationId": "list_things"}) == [
        "GET /things/: its operationId was things_list, is list_things"
    ]


PAGE = {"in": "query", "name": "page", "schema": TEXT}
SIZE = {"in": "query", "name": "size", "schema": TEXT}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ([PAGE, SIZE], []),
        ([], ["GET /things/: query parameter page is gone"]),
        ([PAGE | {"in": "header"}], ["GET /things/: query parameter page is gone"]),
        ([PAGE, SIZE | {"required": True}], ["GET /things/: query parameter size is required now"]),
        ([PAGE | {"required": True}], ["GET /things/: query parameter page is required now"]),
        (
            [PAGE | {"schema": TEXT | {"enum": ["1"]}}],
            ["GET /things/: query parameter page no longer takes any other value"],
        ),
    ],
)
def test_parameters(parameters: list[dict[str, Any]], said: list[str]) -> None:
    assert breaks({}, {"parameters": parameters}) == said


BODY = content(TEXT)
FORM = content(TEXT, "application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {"requestBody": BODY}, []),
        ({}, {"requestBody": BODY | {"required": True}}, ["GET /things/: a body is required now"]),
        ({"requestBody": BODY}, {"requestBody": BODY | {"required": True}}, ["GET /things/: a body is required now"]),
        ({"requestBody": BODY | {"required": True}}, {"requestBody": BODY}, []),
        ({"requestBody": BODY}, {}, ["GET /things/ no longer takes a body"]),
        ({"requestBody": BODY}, {"requestBody": FORM}, ["GET /things/: body is no longer application/json"]),
        (
            {"requestBody": BODY},
            {"requestBody": content(TEXT | {"maxLength": 5})},
            ["GET /things/: body: maxLength was open, is 5"],
        ),
    ],
)
def test_bodies(old: dict[str, Any], new: dict[str, Any], said: list[str]) -> None:
    assert breaks(old, new) == said


OK = operation()["responses"]["200"]
MISSING = content(TEXT)


@pytest.mark.parametrize(
    ("responses", "said"),
    [
        ({"200": OK, "404": MISSING, "409": MISSING}, []),
        ({"200": OK}, ["GET /things/: 404 is gone"]),
        ({"200": content(TEXT), "404": MISSING}, ["GET /things/: 200: header ETag is gone"]),
        ({"200": OK, "404": {}}, ["GET /things/: 404 is no longer application/json"]),
        (
            {"200": OK, "404": content({"type": ["string", "null"]})},
            ["GET /things/: 404 may now be null"],
        ),
    ],
)
def test_responses(responses: dict[str, Any], said: list[str]) -> None:
    assert breaks({}, {"responses": responses}) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ([{"bearer": []}], [{"bearer": []}, {"key": []}], []),
        ([{"bearer": []}], [{}], []),
        ([{"bearer": []}, {"cookie": []}], [{"bearer": []}], ["GET /things/ no longer takes cookie"]),
        ([{}], [{"bearer": []}], ["GET /things/ no longer takes calls without credentials"]),
        ([], [{"bearer": []}], ["GET /things/ no longer takes calls without credentials"]),
        ([{"key": []}], [{"key": [], "secret": []}], ["GET /things/ no longer takes key"]),
    ],
)
def test_credentials(old: list[dict[str, Any]], new: list[dict[str, Any]], said: list[str]) -> None:
    assert breaks({"security": old}, {"security": new}) == said


def test_an_operation_that_says_nothing_of_credentials_asks_for_those_of_the_document() -> None:
    plain = operation()
    del plain["security"]
    secured = document(get=plain) | {"security": [{"bearer": []}]}
    assert breaking_changes(document(get=plain), secured) == ["GET /things/ no longer takes calls without credentials"]
    assert breaking_changes(secured, document(get=plain)) == []


def test_a_credential_that_travels_another_way() -> None:
    cookie = {"type": "apiKey", "in": "cookie", "name": "workix", "description": "A session."}
    old, new = (
        {"paths": {}, "components": {"securitySchemes": schemes}}
        for schemes in (
            {"cookie": cookie},
            {"cookie": cookie | {"name": "__Host-workix", "description": "Log in."}, "key": {"type": "http"}},
        )
    )
    assert breaking_changes(old, new) == ["Credential cookie: its name was workix, is __Host-workix"]
    assert breaking_changes(old, old) == []
