"""Operations of the OpenAPI document that are tools, and the arguments of each."""

# Note [Which operations are tools]
# Those that take a permission, answer with JSON or with nothing, refuse with problem+json, and have no secret. What is open
# to anybody is there to log in; a file is of no use to a model; SCIM is another protocol, for directories. Whatever takes a
# secret has no dry run (agents/dry_run.py), and the document says so: a mutation without that header is no tool, nor is one
# whose body must have a secret, or whose answer hands one out (Note [No secrets through a model] in gateway/mcp/schemas.py).

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from gateway.mcp.schemas import Schema, SecretNeededError, argument_schema, names_in, shortened

MUTATING = ("post", "put", "patch", "delete")
DRY_RUN, REASON, TRACE, IDEMPOTENCY_KEY = "dry_run", "reason", "trace", "idempotency_key"
#: Argument -> the header it is sent in.
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        DRY_RUN: "Workix-Dry-Run",
        REASON: "Workix-Reason",
        TRACE: "Workix-Trace",
        IDEMPOTENCY_KEY: "Idempotency-Key",
        "if_match": "If-Match",
    }
)
BY_HEADER = {header: argument for argument, header in HEADERS.items()}
_ANSWERS, _REFUSALS = {"application/json"}, {"application/problem+json"}
_OPEN = "open"
#: What members of an answer are called that hold a secret.
_SECRETS = {"access", "key", "recovery_codes", "refresh", "secret", "token"}
_LONGEST_DESCRIPTION = 300
#: In characters. The API says so of a header, with how to write one, which is done here.
SHORTEST_REASON, LONGEST_REASON = 10, 500

#: What every mutation takes besides.
_OF_MUTATIONS: Schema = {
    DRY_RUN: {
        "type": "boolean",
        "default": False,
        "description": "true: change nothing, and say what would change. Try first what can't be undone.",
    },
    REASON: {
        "type": "string",
        "minLength": SHORTEST_REASON,
        "maxLength": LONGEST_REASON,
        "description": "Why you do this, in one line for people: it is kept in the audit trail.",
    },
    TRACE: {
        "type": "string",
        "maxLength": 129,
        "description": "Your run, or run/step: what belongs together in the trail. Letters, digits and . _ -",
    },
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One tool: `locations` says of each argument where it is sent (path, query, header)."""

    name: str
    method: str
    path: str
    permission: str
    title: str
    description: str
    schema: Schema
    locations: Mapping[str, str]

    @property
    def mutates(self) -> bool:
        return self.method in MUTATING

    @property
    def is_paged(self) -> bool:
        return self.locations.get("page_size") == "query"


def operations_of(document: Mapping[str, Any]) -> dict[str, Operation]:
    """Find the operations that are tools. See Note [Which operations are tools]."""
    schemas = document.get("components", {}).get("schemas", {})
    return {each.name: each for each in _operations(document["paths"], schemas)}


def _operations(paths: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in paths.items():
        for method, described in methods.items():
            if method in ("get", *MUTATING) and _is_tool(method, described, schemas):
                try:
                    yield _operation(path, method, described, schemas)
                except SecretNeededError:
                    continue


def _is_tool(method: str, described: Mapping[str, Any], schemas: Mapping[str, Any]) -> bool:
    headers = {each["name"] for each in described.get("parameters", ()) if each["in"] == "header"}
    if described.get("x-permission", "") in ("", _OPEN) or (method in MUTATING and HEADERS[DRY_RUN] not in headers):
        return False
    return all(
        set(each.get("content", ())) <= (_ANSWERS if status[0] == "2" else _REFUSALS)
        and not (_SECRETS & _members(each, schemas))
        for status, each in described["responses"].items()
    )


def _members(response: Mapping[str, Any], schemas: Mapping[str, Any]) -> frozenset[str]:
    answers = (each.get("schema", {}) for each in response.get("content", {}).values())
    return frozenset[str]().union(*(names_in(each, schemas) for each in answers))


def _operation(path: str, method: str, described: Mapping[str, Any], schemas: Mapping[str, Any]) -> Operation:
    properties: Schema = {}
    locations: dict[str, str] = {}
    required: list[str] = []
    for each in described.get("parameters", ()):
        name = BY_HEADER.get(each["name"], "") if each["in"] == "header" else each["name"]
        if name and each["in"] in ("path", "query", "header") and name not in _OF_MUTATIONS:
            about = {"description": each["description"]} if each.get("description") else {}
            properties[name] = argument_schema({**each["schema"], **about}, schemas)
            locations[name] = each["in"]
            required += [name] if each.get("required") else []
    body = described.get("requestBody")
    if body is not None:
        properties["body"] = argument_schema(body["content"]["application/json"]["schema"], schemas)
        required += ["body"] if body.get("required") else []
    if method in MUTATING:
        properties |= _OF_MUTATIONS
        locations |= dict.fromkeys(_OF_MUTATIONS, "header")
        required.append(REASON)
    return Operation(
        name=described["operationId"],
        method=method,
        path=path,
        permission=described["x-permission"],
        title=described.get("summary", ""),
        description=shortened(described.get("description", ""), _LONGEST_DESCRIPTION),
        schema={"type": "object", "properties": properties, "required": required, "additionalProperties": False},
        locations=locations,
    )
