"""A page that was opened before somebody else changed the row gives nothing back that was taken away meanwhile."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import Api, Cast
from tests.integration.accounts.roles.composed import with_role
from tests.integration.agents.leashed import key_of

TOLD = "Somebody else changed this since you opened it."


def a_person(acme: Cast, alice: Api) -> tuple[str, str, dict[str, Any], dict[str, Any], str]:
    bob = acme.people["bob"].id
    page, sent = f"accounts/user/{bob}", {"role": "user", "is_active": "on", "first_name": "Rob", "last_name": ""}
    return page, f"users/{bob}/", {"role": "viewer"}, sent, f"SELECT role, first_name FROM users WHERE id = '{bob}'"


def a_role(acme: Cast, alice: Api) -> tuple[str, str, dict[str, Any], dict[str, Any], str]:
    _, role = with_role(acme, alice, "bob", "users:read", "users:write", name="Helpers")
    sent = {"name": "Aides", "description": "", "permissions": ["users:read", "users:write"]}
    return (
        f"accounts/customrole/{role}",
        f"roles/{role}/",
        {"permissions": ["users:read"]},
        sent,
        "SELECT name, permissions FROM roles",
    )


def an_agent(acme: Cast, alice: Api) -> tuple[str, str, dict[str, Any], dict[str, Any], str]:
    key_of(acme, "users:read", "users:write")
    ((agent,),) = rows("SELECT id FROM agents", acme)
    sent = {
        "name": "Wren",
        "purpose": "Helps",
        "mode": "live",
        "scopes": ["users:read", "users:write"],
        "calls_per_hour": "",
    }
    return (
        f"agents/agent/{agent}",
        f"agents/{agent}/",
        {"calls_per_hour": 1},
        sent,
        "SELECT name, calls_per_hour FROM agents",
    )


@pytest.mark.parametrize("opened", [a_person, a_role, an_agent])
def test_an_old_page_saves_nothing_and_a_new_one_does(acme: Cast, alice: Api, opened: Any) -> None:
    page, path, taken, sent, statement = opened(acme, alice)
    browser, page = browser_of(acme, "alice"), f"/admin/{page}/change/"

    def seen() -> str:
        (found,) = re.findall(r'name="seen" value="(\w+)"', browser.get(page).text)
        return str(found)

    old = seen()
    assert alice.patch(path, taken).status == 200
    kept = rows(statement, acme)
    for _ in range(2):  # and the page that says so is no way around it
        answer = browser.post(page, seen=old, **sent)
        assert (answer.status, TOLD in answer.words, old in answer.text) == (200, True, True)
    assert rows(statement, acme) == kept
    assert browser.post(page, seen=seen(), **sent).status == 302
    assert rows(statement, acme) != kept
