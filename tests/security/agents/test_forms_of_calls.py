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
