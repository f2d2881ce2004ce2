"""OpenAPI examples: one for every body of the document, from the names of its fields."""

# Note [Examples]
# An example typed beside each operation is forgotten when a field comes or goes. Ours follow the schema: each field of
# a name has one example for the whole API, so that the documents tell one story, of Alice at Acme. A field that means
# something of its own says so beside its serializer: `examples = {"name": "Invoices to the archive"}`.

from __future__ import annotations

from typing import Any

from drf_spectacular.drainage import warn

from workix.api.problems import CONTENT_TYPE

MOMENT = "2026-01-31T12:00:00Z"
IDENTITY = "01a206e4-4f12-7b0a-ac0e-50db732c6473"

EXAMPLES: dict[str, Any] = {
    "id": IDENTITY,
    "organization_id": IDENTITY,
    "user_id": IDENTITY,
    "resource_id": IDENTITY,
    "email": "alice@acme.example",
    "password": "correct horse battery staple",
    "current_password": "an older horse battery staple",
    "first_name": "Alice",
    "last_name": "Archer",
    "role": "admin",
    "name": "Acme",
    "slug": "acme",
    "organization": "acme",
    "plan": "free",
    "status": "active",
    "users": 5,
    "pipelines": 10,
    "executions": 1000,
    "resource": "executions",
    "limit": 1000,
    "used": 250,
    "reserved": 0,
    "remaining": 750,
    "burst": 0,
    "over_limit": False,
    "amount": 1,
    "consumption": IDENTITY,
    "period": "month",
    "period_starts_on": "2026-01-01",
    "resets_at": "2026-02-01T00:00:00Z",
    "action": "user.updated",
    "resource_type": "user",
    "changes": {"role": ["user", "admin"]},
    "reason": "",
    "ip_address": "203.0.113.7",
    "user_agent": "Mozilla/5.0",
    "request_id": "0f3c9d1e7a6b4c5d8e9f0a1b2c3d4e5f",
    "type": "person",
    "label": "alice@acme.example",
    "access": "eyJhbGciOiJFZERTQSJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2lnbmF0dXJl",
    "refresh": "AaIG5E8SewqsDlDbcyxkcwGiBuTtaHlKoQNjR30u1GY1qaY5p5BN1kQsmn-RhP3EceJNkDHvp2T-wnoSqxv37g",
    "token": "AaIG5E8SewqsDlDbcyxkcwGiBuSe2Xnavymjs4F8SgO6tDawRMe8f4N8ryuCgjOzL_1bf3ewU1ScLdPAUlqdVA",
    "challenge": "AZq-3YbTdU2GmQ1xk0f7YwGaqt2G03VNhpkNcZNH-2Kk5cVgS2bq0pXy8uWnTj4L1mRz7eHs9oQdBfA3vCxZ6w",
    "token_type": "Bearer",
    "expires_in": 900,
    "cookie": False,
    "is_active": True,
    "is_current": True,
    "count": 1,
    "next": None,
    "previous": None,
}

_BY_TYPE: dict[str, Any] = {"string": "text", "integer": 1, "boolean": True, "number": 1.0, "object": {}}
_BY_FORMAT = {"date-time": MOMENT, "uuid": IDENTITY, "date": "2026-01-01"}
_CODES = {
    "400": "validation_error",
    "401": "not_authenticated",
    "403": "permission_denied",
    "404": "not_found",
    "406": "not_acceptable",
    "409": "conflict",
    "413": "payload_too_large",
    "415": "unsupported_media_type",
    "429": "rate_limited",
    "500": "internal_error",
    "503": "unavailable",
}

Document = dict[str, Any]


def add_examples(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """Hook of drf-spectacular: see Note [Examples]."""
    schemas = result.get("components", {}).get("schemas", {})
    for operations in result["paths"].values():
        for operation in operations.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                content["example"] = _example(content["schema"], schemas)
            for status, response in operation["responses"].items():
                for media_type, content in response.get("content", {}).items():
                    is_problem = media_type == CONTENT_TYPE
                    meaning = response["description"] if is_problem else ""
                    content["example"] = _answer(status, content["schema"], schemas, meaning)
    return result


def _answer(status: str, schema: Document, schemas: Document, meaning: str) -> Any:
    """Take the example of what is answered; `meaning` is that of a problem."""
    code = _CODES.get(status) if meaning else None
    if code is None:
        return _example(schema, schemas)
    return {
        "type": f"https://workix.dev/problems/{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": int(status),
        "code": code,
        "detail": meaning,
        "request_id": EXAMPLES["request_id"],
    }


def _example(schema: Document, schemas: Document, name: str = "") -> Any:
    if "examples" in schema:
        return schema["examples"][0]
    reference = schema.get("$ref") or next((each["$ref"] for each in _parts(schema) if "$ref" in each), None)
    if reference:
        return _example(schemas[reference.rpartition("/")[2]], schemas, name)
    if "properties" in schema:
        return {key: _example(value, schemas, key) for key, value in schema["properties"].items()}
    if schema.get("type") == "array":
        return [_example(schema["items"], schemas)]
    return _value(schema, name)


def _value(schema: Document, name: str) -> Any:
    """Take the example of a field that holds no other: by its name, or by what it can be."""
    if name in EXAMPLES and EXAMPLES[name] in schema.get("enum", [EXAMPLES[name]]):
        return EXAMPLES[name]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    if _plain(schema) == "string":
        warn(f"The text `{name}` has no example. Give it one beside its serializer: examples = {{'{name}': …}}.")
    return _BY_TYPE.get(_plain(schema))


def _parts(schema: Document) -> list[Document]:
    return [*schema.get("allOf", ()), *schema.get("oneOf", ())]


def _plain(schema: Document) -> str:
    kind = schema.get("type", "string")
    return str(kind[0] if isinstance(kind, list) else kind)
