"""gateway.mcp.operations: which operations of the committed document are tools, and how much a model has to read."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
import yaml

from gateway.mcp.operations import Operation, operations_of
from gateway.mcp.schemas import SecretNeededError, argument_schema, shortened
from tools.openapi_document import CONTRACT


@pytest.fixture(scope="module")
def document() -> Any:
    return yaml.load(CONTRACT.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@pytest.fixture(scope="module")
def operations(document: Any) -> dict[str, Operation]:
    return operations_of(document)


def test_what_takes_a_secret_is_open_or_answers_with_a_file_is_no_tool(
    document: Any, operations: dict[str, Operation]
) -> None:
    every = {each["operationId"] for methods in document["paths"].values() for each in methods.values()}
    left_out = every - set(operations)
    assert left_out >= {
        "me_password",
        "organizations_create",
        "audit_logs_export_retrieve",
    }
    assert {each for each in every if each.startswith(("auth_", "scim_", "me_passkeys_create"))} <= left_out
    handed_out = {"api_keys_create", "api_keys_rotation_create", "webhooks_create", "privacy_exports_link_create"}
    assert handed_out <= left_out
    assert "agents_create" not in operations
    assert operations.keys() >= {"users_list", "users_create", "users_destroy", "quotas_consumptions_create"}


def test_a_secret_that_may_be_left_out_is_no_argument(operations: dict[str, Operation]) -> None:
    body = operations["users_create"].schema["properties"]["body"]
    assert (set(body["properties"]), body["required"]) == ({"email", "first_name", "last_name", "role"}, ["email"])
    assert not [each.name for each in operations.values() if b'"password"' in orjson.dumps(each.schema)]


def test_every_change_takes_a_reason_and_can_be_tried(operations: dict[str, Operation]) -> None:
    for each in operations.values():
        arguments = each.schema["properties"]
        assert ("reason" in each.schema["required"], {"dry_run", "trace"} <= arguments.keys()) == (each.mutates,) * 2


def test_a_tool_is_short(operations: dict[str, Operation]) -> None:
    """What a model reads of each before it does anything: 4 characters are about a token."""
    sizes = {each.name: len(orjson.dumps(each.schema)) + len(each.description) for each in operations.values()}
    assert {name: size for name, size in sizes.items() if size > 4_000} == {}
    assert sum(sizes.values()) / len(sizes) < 900


def test_a_required_secret_is_found_however_deep_it_is() -> None:
    components = {
        "Key": {"type": "string", "writeOnly": True},
        "Inner": {"type": "object", "properties": {"key": {"$ref": "#/components/schemas/Key"}}, "required": ["key"]},
        "Loop": {"type": "object", "properties": {"again": {"$ref": "#/components/schemas/Loop"}}},
    }
    inner = {"$ref": "#/components/schemas/Inner"}
    with pytest.raises(SecretNeededError):
        argument_schema({"properties": {"list": {"type": "array", "items": inner}}, "required": ["list"]}, components)
    assert argument_schema({"properties": {"inner": inner}}, components) == {"properties": {}}
    assert "properties" in argument_schema({"$ref": "#/components/schemas/Loop"}, components)


def test_descriptions_are_cut_behind_a_sentence_or_a_word() -> None:
    assert shortened("One. Two three.\n\nPermission …", 200) == "One. Two three."
    assert (shortened("One. Two three.", 10), shortened("One two three", 10)) == ("One.", "One two …")
