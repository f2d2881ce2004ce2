"""Contract test: what a running platform answers to every GET of the document validates against the document's own schema."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from tests.cast import Answer
from tests.clients.sandboxes import open_sandbox
from tests.customers import Customer
from tests.environment import PROJECT
from tests.servers import Platform
from tools.openapi_clients.__main__ import CONTRACT
from tools.openapi_clients.typed_document import operations

pytestmark = pytest.mark.drill

#: Without one of them somewhere a list is empty, and nothing is there to retrieve.
MADE = {
    "api-keys/": {"name": "Directory", "scopes": ["scim:provision"]},
    "compliance-reports/": {"from": "2026-01-01", "to": "2026-01-31"},
    "identity-providers/": {
        "name": "Hooli ID",
        "protocol": "oidc",
        "settings": {"issuer": "https://id.hooli.example", "client_id": "workix"},
        "domains": ["hooli.example"],
    },
    "invitations/": {"email": "erin@hooli.example", "role": "viewer"},
    "privacy/exports/": {},
    "roles/": {"name": "Auditor", "permissions": ["audit:read"]},
    "webhooks/": {"url": "https://siem.hooli.example/workix"},
}


#: What a read has to be told.
QUERIES = {"audit-logs/export/": "?format=csv", "privacy/erasures/preview/": "?user={viewer}"}

#: What the worker does each minute: then the first entry of the trail has a proof.
SIGN = "from tenants.trail.periodic import sign_checkpoints; sign_checkpoints(0)"


def test_every_answer_to_a_read_is_what_the_document_says(platform: Platform) -> None:
    """In an organization of its own, since it asks for the erasure of somebody."""
    document = yaml.load((PROJECT / CONTRACT).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    admin = Customer(platform, open_sandbox(platform, "endframe")["organization"]["slug"])
    assert admin.log_in().status == 200
    viewer = admin.call("GET", "users/?role=viewer").body["results"][0]["id"]
    made = {
        path: admin.call("POST", path, body) for path, body in [*MADE.items(), ("privacy/erasures/", {"user": viewer})]
    }
    assert {path: answer.body for path, answer in made.items() if answer.status not in {201, 202}} == {}
    platform.manage("shell", "-v", "0", "-c", SIGN)
    answered = {
        path: _ask(
            admin, path.removeprefix("/api/v1/"), made, is_of_a_service=operation["security"] == [{"api_key": []}]
        )
        for method, path, operation in operations(document)
        if method == "get"
    }
    assert {path: faults for path, answer in answered.items() if (faults := _faults(document, path, answer))} == {}
    assert {path: answer.body for path, answer in answered.items() if answer.status != 200} == {}


def _ask(admin: Customer, path: str, made: dict[str, Answer], *, is_of_a_service: bool) -> Answer:
    """Ask as the admin, or as the service where only services may."""
    if "{" in path:
        of = path.partition("{")[0]
        found = made[of].body if of in made else _one_of(admin, of, made, is_of_a_service=is_of_a_service)
        path = re.sub(r"\{\w+\}", str(found.get("id", found.get("resource"))), path)
    query = QUERIES.get(path, "").format(viewer=made["privacy/erasures/"].body["user"])
    access = made["api-keys/"].body["key"] if is_of_a_service else admin.access
    return admin.platform.call("GET", f"/api/v1/{path}{query}", access=access)


def _one_of(admin: Customer, path: str, made: dict[str, Answer], *, is_of_a_service: bool) -> dict[str, Any]:
    listed = _ask(admin, path.rstrip("/") if is_of_a_service else path, made, is_of_a_service=is_of_a_service)
    return _rows(listed.body)[-1]  # of the trail the oldest, which has a proof


def _rows(answer: Any) -> list[dict[str, Any]]:
    return answer if isinstance(answer, list) else answer.get("results", answer.get("Resources", []))


def _faults(document: dict[str, Any], path: str, answer: Answer) -> list[str]:
    response = document["paths"][path]["get"]["responses"].get(str(answer.status))
    if response is None:
        return [f"{answer.status} is not in the document"]
    kind = answer.headers["Content-Type"].partition(";")[0]
    if kind not in response["content"]:
        return [f"{kind} is not in the document"]
    schema = {**response["content"][kind].get("schema", {}), "components": document["components"]}
    if "json" not in kind:
        return []
    checked = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{each.json_path}: {each.message}"[:300] for each in checked.iter_errors(answer.body)]
