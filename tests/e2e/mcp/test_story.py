"""A story over MCP and in the browser: asked to remove an idle person, an agent proposes; then it misbehaves, and is stopped."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import PASSWORD
from tests.chromium import CHROMIUM, Person
from tests.customers import Customer
from tests.e2e.conftest import Visit
from tests.e2e.mcp.speaking import SCOPES, Agent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.requirement("N6"),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed."),
]

LEASH = {"deletions_per_day": 3}
REASON = "Has not logged in since they were added."
WANTED = [*SCOPES, "proposals:read", "roles:read", "roles:write"]


@pytest.fixture(scope="module")
def created(customer: Customer) -> dict[str, Any]:
    asked = {"name": "Robin", "purpose": "Keeps the list of people tidy.", "scopes": WANTED, **LEASH}
    answer = customer.call("POST", "agents/", {**asked, "mode": "supervised"})
    assert answer.status == 201, answer.body
    return dict(answer.body)


@pytest.fixture(scope="module")
def robin(url: str, created: dict[str, Any]) -> Agent:
    return Agent(url, created["key"])


def test_an_agent_asks_is_approved_misbehaves_and_is_stopped(
    robin: Agent, created: dict[str, Any], customer: Customer, visit: Visit
) -> None:
    idle = propose(robin)
    admin = visit(customer.slug)
    admin.log_in(customer.address, PASSWORD)
    approve(admin)
    assert robin.call("users_retrieve", id=idle)[0].startswith("Refused: 404 not_found.")
    tell(admin)
    assert customer.call("PATCH", f"agents/{created['id']}/", {"mode": "live"}).status == 200
    misbehave(robin)
    stop(admin, created["id"])
    told, _ = robin.call("users_list")
    assert told.startswith("Refused: 401 agent_stopped.") or "stopped" in told, told
    admin.go("/admin/audit/logentry/")
    admin.reads("was stopped by")
    admin.photograph("trail-of-an-agent")
    assert "a session of the database" not in admin.words()


def propose(robin: Agent) -> str:
    """Have the agent look, try, and then ask, as part of a run of its own."""
    people = robin.call("users_list", ordering="email")[1]["results"]
    (idle,) = [each["id"] for each in people if "last_login" not in each]
    removal: dict[str, Any] = {"id": idle, "reason": REASON, "trace": "tidy-1/step-1"}
    told, tried = robin.call("users_destroy", dry_run=True, **removal)
    assert told.startswith("Dry run: nothing was changed.")
    assert "user.deleted" in {each["action"] for each in tried["dry_run"]["changes"]}
    told, _ = robin.call("users_destroy", **removal)
    assert told.startswith("Not done: it waits for approval by a person")
    return str(idle)


def approve(admin: Person) -> None:
    """Have an admin read what would change, field by field, and say yes with a word."""
    admin.go("/admin/agents/proposal/")
    admin.reads("Robin: Keeps the list of people tidy.")
    admin.photograph("proposals")
    admin.page.locator("#result_list tbody th a").first.click()
    admin.reads(REASON, "What would change", "Deletions (1)")
    admin.photograph("proposal")
    admin.click("Approve …", "link")
    admin.fill(word="Yes, Gavin left.")
    admin.photograph("proposal-approval")
    admin.click("Approve")
    admin.reads("Approved and done")


def tell(admin: Person) -> None:
    """Read the run as a story, in plain words."""
    admin.go("/admin/audit/logentry/run/tidy-1/")
    admin.reads("Robin for", REASON, "step-1")
    admin.photograph("run")


def misbehave(robin: Agent) -> None:
    """Have it delete a hundred things, whatever it is told."""
    for number in range(5):
        told, _ = robin.call("roles_create", body=team(number), reason=REASON)
        assert told.startswith("Done (201)."), told
    roles = [each["id"] for each in robin.call("roles_list")[1]["results"]]
    told = [robin.call("roles_destroy", id=roles[number % 5], reason=REASON)[0] for number in range(100)]
    done = [each for each in told if each.startswith("Done")]
    assert len(done) == LEASH["deletions_per_day"] - 1, "one was the person's"
    assert {each.split(".")[0] for each in told[len(done) :]} <= {"Refused: 429 agent_limit", "Refused: 404 not_found"}
    assert len(robin.call("roles_list")[1]["results"]) == 5 - len(done)


def team(number: int) -> dict[str, Any]:
    return {"name": f"Team {number}", "permissions": ["users:read"]}


def stop(admin: Person, agent: str) -> None:
    admin.go(f"/admin/agents/agent/{agent}/change/")
    admin.reads("Deletions")
    admin.photograph("agent")
    admin.click("Stop")
    admin.reads("Stopped")
    admin.photograph("agent-stopped")
