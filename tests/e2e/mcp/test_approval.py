"""An agent is asked to remove an idle person, over MCP: it tries, proposes, an admin approves, and it is done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.customers import Customer
from tests.e2e.mcp.speaking import SCOPES, Agent

pytestmark = [pytest.mark.slow, pytest.mark.requirement("S5")]

#: In any script: a header of ASCII brings it (RFC 8187).
REASON = "Nicht angemeldet seit März: geprüft, 100 % sicher."


@pytest.fixture(scope="module")
def robin(url: str, customer: Customer) -> Agent:
    """An agent whose risky acts wait for approval, on behalf of the admin."""
    asked = {"name": "Robin", "purpose": "Keeps the list of people tidy.", "scopes": [*SCOPES, "proposals:read"]}
    created = customer.call("POST", "agents/", {**asked, "mode": "supervised"})
    assert created.status == 201, created.body
    return Agent(url, created.body["key"])


def test_what_waits_for_approval_is_done_once_a_person_approved(robin: Agent, customer: Customer) -> None:
    people = robin.call("users_list", ordering="email")[1]["results"]
    (idle,) = [each for each in people if "last_login" not in each]
    removal: dict[str, Any] = {"id": idle["id"], "reason": REASON, "trace": "tidy-7/step-2"}
    told, tried = robin.call("users_destroy", dry_run=True, **removal)
    assert told.startswith("Dry run: nothing was changed.")
    assert "user.deleted" in {each["action"] for each in tried["dry_run"]["changes"]}

    told, proposed = robin.call("users_destroy", **removal)
    assert told.startswith(f"Not done: it waits for approval by a person, as proposal {proposed['id']}.")
    assert robin.call("users_destroy", **removal)[1]["id"] == proposed["id"]
    assert robin.call("proposals_retrieve", id=proposed["id"])[1]["status"] == "pending"
    assert robin.call("users_retrieve", id=idle["id"])[0].startswith("OK (200).")

    approved = customer.call("POST", f"proposals/{proposed['id']}/approval/", {"word": "Yes, they left."})
    assert approved.status == 200, approved.body
    assert robin.call("proposals_retrieve", id=proposed["id"])[1]["status"] == "executed"
    assert robin.call("users_retrieve", id=idle["id"])[0].startswith("Refused: 404 not_found.")
    (entry,) = customer.call("GET", f"audit-logs/?action=user.deleted&resource_id={idle['id']}").body["results"]
    assert (entry["actor"]["type"], entry["actor"]["label"], entry["reason"]) == ("agent", "Robin", REASON)
    assert (entry["run_id"], entry["step_id"]) == ("tidy-7", "step-2")


def test_an_agent_can_not_approve_what_it_proposed(robin: Agent) -> None:
    assert {each for each in robin.tools() if each.startswith("proposals")} == {"proposals_list", "proposals_retrieve"}
    told, _ = robin.call("proposals_approval_create", id="01a206e4-4f12-7b0a-ac0e-50db732c6473", reason=REASON)
    assert told.startswith(("Refused: 403 ", "There is no such tool."))
