"""Agents and each operation of the API document, in each mode: what a scope opens, what none does, what is only tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agents.dry_run import MUTATING, takes_a_secret
from agents.models import Mode
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON, robin
from tests.security.credentials.test_key_scopes import OPEN_TO_ANYBODY
from tests.security.documents import Operation, operations
from workix.core.apps import agent_scopes, permissions

pytestmark = pytest.mark.requirement("N6", "S48")

DENIED, SECRET = (403, "permission_denied"), (403, "not_for_agents")


def asked_by(agent: Api, acme: Cast, **headers: str) -> Iterator[tuple[Operation, Answer]]:
    """Ask every operation that is not open to anybody; ids are those of Vera, who owns nothing. No agent makes an admin."""
    vera = str(acme.people["vera"].id)
    for name, asked in operations().items():
        if name not in OPEN_TO_ANYBODY:
            path = asked.path.replace("{id}", vera).replace("{user_id}", vera).replace("{resource}", "executions")
            body = asked.body | ({"role": "user"} if "role" in asked.body else {})
            yield asked, agent.call(asked.method, path, body or None, **REASON, **headers)


def changes(asked: Operation) -> bool:
    return asked.method in MUTATING


def is_refused(asked: Operation, answer: Answer) -> bool:
    """Say whether it was not let in; SCIM knows no other credential than its own."""
    return outcome(answer) == DENIED or (asked.permission == "scim:provision" and answer.status == 401)


def of_agents(asked: Operation) -> bool:
    return asked.permission in agent_scopes()


def test_what_agents_may_use_is_written_down_here() -> None:
    """A permission that agents may use is a decision: this list and the guide say so."""
    never = {name for name, each in permissions().items() if not each.agent}
    assert never >= {"profile:read", "profile:write", "privacy:request", "dashboard:enter", "console:enter"}
    assert never >= {"api_keys:write", "webhooks:write"}, "what they leave behind outlives a stop"
    assert never >= {"agents:read", "agents:write", "agents:manage", "proposals:decide"}
    assert never >= {
        "policies:write",
        "identity_providers:write",
        "scim:provision",
        "quotas:release_any",
        "compliance:report",
    }


def test_live_it_reaches_what_its_scopes_open_and_nothing_else(acme: Cast) -> None:
    for asked, answer in asked_by(robin(acme, *agent_scopes()), acme):
        if changes(asked) and takes_a_secret(asked.path):
            assert outcome(answer) == SECRET, asked.id
        else:
            assert (is_refused(asked, answer), answer.status < 500) == (not of_agents(asked), True), asked.id


def test_in_a_sandbox_it_reads_and_changes_nothing(acme: Cast) -> None:
    for asked, answer in asked_by(robin(acme, *agent_scopes(), mode=Mode.SANDBOX), acme):
        if changes(asked):
            assert answer.status == 403, asked.id
        else:
            assert is_refused(asked, answer) != of_agents(asked), asked.id


def test_in_a_sandbox_it_tries_what_its_scopes_open(acme: Cast) -> None:
    for asked, answer in asked_by(robin(acme, *agent_scopes(), mode=Mode.SANDBOX), acme, Workix_Dry_Run="true"):
        if changes(asked) and not takes_a_secret(asked.path):
            assert (is_refused(asked, answer), answer.status < 500) == (not of_agents(asked), True), asked.id


@pytest.mark.parametrize("mode", list(Mode))
def test_with_one_scope_it_reaches_no_more_in_any_mode(acme: Cast, mode: Mode) -> None:
    reached = {
        asked.permission
        for asked, answer in asked_by(robin(acme, "users:read", mode=mode), acme)
        if answer.status < 300
    }
    assert reached == {"users:read"}
