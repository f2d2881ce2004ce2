"""Attacks by the form of a call: a page for an answer, or a body too large, where it is tried first."""

from __future__ import annotations

import pytest

from agents.models import Mode
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON, robin
from tests.integration.agents.proposals import DAVE, supervised

pytestmark = pytest.mark.requirement("N5", "N6")


def test_what_answers_with_a_page_is_neither_tried_nor_proposed(acme: Cast, alice: Api) -> None:
    robin_asks = supervised(acme)
    tried = alice.post("users/?format=api", DAVE, Workix_Dry_Run="true")
    asked = robin_asks.post("users/?format=api", DAVE, **REASON)
    assert [outcome(each) for each in (tried, asked)] == [(400, "dry_run_refused")] * 2
    assert robin_asks.post("users/", DAVE, Accept="text/html", **REASON).status == 400, "the refusal is a page, too"
    assert rows("SELECT count(*) FROM users WHERE email = 'dave@acme.example'", acme) == [(0,)]


@pytest.mark.parametrize("mode", [Mode.SUPERVISED, Mode.LIVE])
def test_a_body_that_is_too_large_is_refused_as_ever(acme: Cast, mode: Mode) -> None:
    answer = robin(acme, mode=mode).post("users/", b'"' + b"x" * 1_048_576, **REASON)
    assert outcome(answer) == (413, "payload_too_large")


@pytest.mark.parametrize("tried", [True, False])
def test_what_it_may_not_reverse_is_refused_as_ever_and_in_the_trail(acme: Cast, alice: Api, tried: bool) -> None:
    assert alice.patch(f"users/{acme.people['bob'].id}/", {"first_name": "Rob"}).status == 200
    ((entry,),) = rows("SELECT id FROM audit_logs WHERE action = 'user.updated' AND changes ? 'first_name'", acme)
    dry = {"Workix_Dry_Run": "true"} if tried else {}
    for mode in (Mode.SUPERVISED, Mode.LIVE):
        answer = robin(acme, "audit:read", mode=mode).post(f"audit-logs/{entry}/reversal/", {}, **REASON, **dry)
        assert outcome(answer) == (403, "permission_denied")
    refused = "SELECT resource_id FROM audit_logs WHERE action = 'access.refused'"
    assert rows(refused, acme) == [("users:write",)] * 2
