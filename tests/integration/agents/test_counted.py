"""What agents propose and what becomes of it, and that one was stopped, shows in the metrics."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.agents.proposals import path_of, proposed, supervised
from tests.metrics import value
from workix.observability.metrics import BECOMES_OF_PROPOSALS

pytestmark = pytest.mark.requirement("S29")


def counted() -> dict[str, float]:
    proposals = {each: value("workix_proposals_total", outcome=each) for each in BECOMES_OF_PROPOSALS}
    return {**proposals, "stopped": value("workix_agents_stopped_total")}


def test_proposals_are_counted_by_what_becomes_of_them_and_agents_as_they_are_stopped(acme: Cast, alice: Api) -> None:
    before, robin = counted(), supervised(acme)
    alice.post(f"{path_of(proposed(robin, acme, 'vera'))}refusal/", {})
    alice.post(f"{path_of(proposed(robin, acme, 'vera'))}approval/", {})
    waiting = path_of(proposed(robin, acme))
    alice.patch(f"users/{acme.people['bob'].id}/", {"first_name": "Rob"})
    alice.post(f"{waiting}approval/", {})
    proposed(robin, acme)
    ((agent,),) = rows("SELECT id FROM agents", acme)
    for _ in range(2):
        alice.post(f"agents/{agent}/stop/", {"reason": "It went astray."})
    grown = {name: number - before[name] for name, number in counted().items() if number != before[name]}
    assert grown == {
        **dict.fromkeys(("refused", "approved", "executed", "stale", "dropped", "stopped"), 1),
        "proposed": 4,
    }
