"""Contract test: what a running platform answers to every GET of the document validates against the document's own schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from tests.cast import Answer
from tests.clients.sandboxes import Sandbox, open_sandbox, person_of
from tests.environment import PROJECT
from tests.servers import Platform
from tools.openapi_clients.__main__ import CONTRACT
from tools.openapi_clients.typed_document import operations

pytestmark = pytest.mark.drill

#: Without one of them a list is empty, and nothing is there to retrieve.
MADE: dict[str, dict[str, Any]] = {
    "agents/": {"name": "Robin", "purpose": "Keeps the list of people tidy.", "scopes": ["users:read"]},
    "api-keys/": {"name": "Runner", "scopes": ["quotas:read"]},
    "compliance-reports/": {"from": "2026-01-01", "to": "2026-01-31"},
    "identity-providers/": {
        "name": "Hooli ID",
        "protocol": "oidc",
        "settings": {"issuer": "https://id.hooli.example", "client_id": "workix"},
        "domains": ["hooli.example"],
    },
    "invitations/": {"email": "erin@hooli.example", "role": "viewer"},
    "privacy/erasures/": {"user": "{viewer}"},
    "privacy/exports/": {},
    "roles/": {"name": "Auditor", "permissions": ["audit:read"]},
    "webhooks/": {"url": "https://siem.hooli.example/workix"},
}
#: What a read has to be told.
QUERIES = {
    "audit-logs/export/": "?format=csv",
    "authz/explanation/": "?action=users:write",
    "authz/holders/": "?permission=users:write",
    "privacy/erasures/preview/": "?user={viewer}",
}
#: Operation -> why a sandbox has nothing of it to retrieve: the refusal is validated in its place.
NOTHING_THERE: dict[str, str] = {}
#: What the worker does each minute: then the first entry of the trail has a proof.
SIGN = "from tenants.trail.periodic import sign_checkpoints; sign_checkpoints(0)"


@dataclass(frozen=True)
class Reader:
    """Asks as the admin of a sandbox, or as a service where only services may."""

    platform: Platform
    sandbox: Sandbox

    def call(self, method: str, path: str, body: Any = None, *, is_service: bool = False) -> Answer:
        access = self.sandbox["api_key"] if is_service else person_of(self.sandbox, "admin")["access_token"]
        return self.platform.call(method, f"/api/v1/{path}", body, access=access)

    def propose(self, path: str) -> Answer:
        """Have the agent of the sandbox delete something, which waits for approval."""
        why = {"Workix-Reason": "Nobody has this role."}
        return self.platform.call("DELETE", f"/api/v1/{path}", access=self.sandbox["agent_key"], **why)

    def read(self, path: str, *, is_service: bool, viewer: str) -> Answer:
        """Ask for something; `{id}` is that of the last row of its list: of the trail the oldest, which has a proof."""
        if "{" in path:
            of = path.partition("{")[0]
            rows = _rows(self.call("GET", of.rstrip("/") if is_service else of, is_service=is_service).body)
            found = rows[-1] if rows else {"id": uuid4()}
            path = re.sub(r"\{\w+\}", str(found.get("id", found.get("resource"))), path)
        return self.call("GET", path + QUERIES.get(path, "").format(viewer=viewer), is_service=is_service)


def test_every_answer_to_a_read_is_what_the_document_says(platform: Platform) -> None:
    """In a sandbox of its own, since somebody there is erased."""
    document = yaml.load((PROJECT / CONTRACT).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    reader = Reader(platform, open_sandbox(platform))
    viewer = reader.call("GET", "users/?role=viewer").body["results"][0]["id"]
    made = _make(reader, viewer)
    platform.manage("shell", "-v", "0", "-c", SIGN)
    answered = {
        operation["operationId"]: (operation, _answer(reader, path, operation, made, viewer))
        for method, path, operation in operations(document)
        if method == "get"
    }
    assert {name: faults for name, (of, answer) in answered.items() if (faults := _faults(document, of, answer))} == {}
    refused = {name: answer.body for name, (_, answer) in answered.items() if answer.status != 200}
    assert {name: body for name, body in refused.items() if name not in NOTHING_THERE} == {}
    assert NOTHING_THERE.keys() - refused == set()


def _make(reader: Reader, viewer: str) -> dict[str, str]:
    """Make one of each, and return their ids."""
    made = {path: reader.call("POST", path, _filled(body, viewer)) for path, body in MADE.items()}
    made["proposals/"] = reader.propose(f"roles/{made['roles/'].body['id']}/")
    assert {path: answer.body for path, answer in made.items() if answer.status not in {201, 202}} == {}
    return {path: answer.body["id"] for path, answer in made.items()}


def _answer(reader: Reader, path: str, operation: dict[str, Any], made: dict[str, str], viewer: str) -> Answer:
    asked = path.removeprefix("/api/v1/")
    if (of := asked.partition("{")[0]) in made:
        asked = re.sub(r"\{\w+\}", made[of], asked)
    return reader.read(asked, is_service=operation["security"] == [{"api_key": []}], viewer=viewer)


def _filled(body: dict[str, Any], viewer: str) -> dict[str, Any]:
    return {name: viewer if value == "{viewer}" else value for name, value in body.items()}


def _rows(answer: Any) -> list[dict[str, Any]]:
    return answer if isinstance(answer, list) else answer.get("results", answer.get("Resources", []))


def _faults(document: dict[str, Any], operation: dict[str, Any], answer: Answer) -> list[str]:
    response = operation["responses"].get(str(answer.status))
    if response is None:
        return [f"{answer.status} is not in the document"]
    kind = answer.headers["Content-Type"].partition(";")[0]
    if kind not in response["content"]:
        return [f"{kind} is not in the document"]
    if "json" not in kind:
        return []
    schema = {**response["content"][kind]["schema"], "components": document["components"]}
    checked = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{each.json_path}: {each.message}"[:300] for each in checked.iter_errors(answer.body)]
