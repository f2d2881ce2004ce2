"""What was approved says so when it is explained: by whom, in which word, and where the proposal is."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.agents.proposals import path_of, proposed, supervised

pytestmark = pytest.mark.requirement("N7")


def test_an_entry_of_an_approved_proposal_names_who_approved_it(acme: Cast, alice: Api) -> None:
    where = path_of(proposed(supervised(acme), acme))
    assert alice.post(f"{where}approval/", {"word": "Bob left."}).status == 200
    ((entry,),) = rows("SELECT id::text FROM audit_logs WHERE action = 'user.deleted'", acme)

    def approval() -> tuple[str, str]:
        told = alice.get(f"audit-logs/{entry}/explanation/").body["said"]
        ((said, leads),) = [(each["said"], each["where"]) for each in told if each["about"] == "approval"]
        return said, leads

    said, leads = approval()
    assert (said.startswith("It was approved by alice@acme.example on "), said.endswith(": “Bob left.”")) == (
        True,
        True,
    )
    assert (leads, alice.get(leads).status) == (f"/api/v1/{where}", 200)
    rows("DELETE FROM proposals", acme)
    assert approval() == ("It was done by a proposal that was approved, and is not kept any more.", leads)
