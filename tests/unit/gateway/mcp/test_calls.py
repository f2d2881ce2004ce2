"""gateway.mcp.calls: what is sent for a tool's arguments, and what can't be."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.mcp.calls import Call, WrongArgumentsError, call_of
from gateway.mcp.operations import operations_of

TEXT = {"schema": {"type": "string"}}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/api/v1/things/{id}/parts/": {
            "get": {
                "operationId": "parts_list",
                "x-permission": "things:read",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, **TEXT},
                    *({"name": name, "in": "query", **TEXT} for name in ("search", "page_size")),
                ],
                "responses": {"200": {"content": {"application/json": {}}}},
            },
            "patch": {
                "operationId": "parts_change",
                "x-permission": "things:write",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, **TEXT},
                    *(
                        {"name": name, "in": "header", **TEXT}
                        for name in ("Workix-Dry-Run", "Idempotency-Key", "If-Match")
                    ),
                    {"name": "dry_run", "in": "query", **TEXT},
                ],
                "requestBody": {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {"200": {"content": {"application/json": {}}}},
            },
        }
    }
}
OPERATIONS = operations_of(DOCUMENT)
REASON = "Because it is due."


def test_arguments_go_where_the_document_says() -> None:
    call = call_of(OPERATIONS["parts_list"], {"id": "a%2Fb?c", "search": "x&page_size=9", "page_size": None})
    assert call == Call("GET", "/api/v1/things/a%252Fb%3Fc/parts/?page_size=25&search=x%26page_size%3D9", {}, None)
    arguments = {
        "id": "7",
        "body": {"reason": None},
        "reason": " 100 % für Zürich",
        "dry_run": True,
        "trace": "run/1",
        "idempotency_key": "k%1",
        "if_match": '"3"',
    }
    assert call_of(OPERATIONS["parts_change"], arguments) == Call(
        "PATCH",
        "/api/v1/things/7/parts/",
        {
            "If-Match": '"3"',
            "Idempotency-Key": "k%1",
            "Workix-Reason": "UTF-8''100%20%25%20f%C3%BCr%20Z%C3%BCrich",
            "Workix-Dry-Run": "true",
            "Workix-Trace": "run/1",
            "Content-Type": "application/json",
        },
        b'{"reason":null}',
    )


@pytest.mark.parametrize(
    ("reason", "header"),
    [
        ("Because 100 % of it is due", "Because 100 % of it is due"),
        ("utf-8''%41", "UTF-8''utf-8%27%27%2541"),
        ("a\nb and so on", "UTF-8''a%0Ab%20and%20so%20on"),
    ],
)
def test_a_reason_is_sent_as_it_is_or_encoded(reason: str, header: str) -> None:
    assert call_of(OPERATIONS["parts_change"], FINE | {"reason": reason}).headers["Workix-Reason"] == header


FINE: dict[str, Any] = {"id": "7", "body": {}, "reason": REASON}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": None}, "Missing: reason. A reason says in 10 to 500 characters"),
        ({"id": ".."}, "id can't be that."),
        ({"id": "7/secrets"}, "id can't be that."),
        ({"id": {"a": 1}}, "id must be a text, a number, true or false."),
        ({"id": "\ud800"}, "id must be a text, a number, true or false."),
        ({"trace": "run\r\nAuthorization: Bearer x"}, "trace is too long, or has characters that it can't have."),
        ({"idempotency_key": "ü"}, "idempotency_key is too long, or has characters that it can't have."),
        ({"reason": "ü" * 501}, "A reason says in 10 to 500 characters"),
        ({"reason": "Why not"}, "A reason says in 10 to 500 characters"),
        ({"body": {"name": "\ud800"}}, "body can't be written as JSON."),
        ({"body": {"limit": float("inf")}}, "body can't be written as JSON."),
        ({"id": "7" * 8_000}, "The arguments are too long: together 8000 characters at most."),
        ({"force": True}, "There is an argument too many. This tool takes: id, "),
    ],
)
def test_what_can_not_be_sent_is_told(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(WrongArgumentsError) as told:
        call_of(OPERATIONS["parts_change"], FINE | wrong)
    assert str(told.value).startswith(sentence)
