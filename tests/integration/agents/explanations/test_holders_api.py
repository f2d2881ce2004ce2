"""GET /authz/holders/: who could do something, by which role or scope, now and at an earlier moment."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from accounts.roles.composition import create
from accounts.roles.membership import give, take
from tenants.scope import use_tenant
from tests.acts import follow, join, rows, statements_of
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.api_keys.callers import outcome, service
from tests.integration.agents.leashed import robin
from tests.integration.audit.reading.test_as_of_api import now

pytestmark = pytest.mark.requirement("N7")


def who(api: Api, permission: str, **more: Any) -> Answer:
    return api.get(f"authz/holders/?{urlencode({'permission': permission, **more})}")


def named(answer: Answer) -> list[tuple[str, str, list[str]]]:
    assert answer.status == 200, answer.body
    return [(each["type"], each["label"], each["by"]) for each in answer.body["results"]]


def test_people_and_keys_are_named_with_what_gives_it_to_them(acme: Cast, alice: Api) -> None:
    service(acme, "audit:read")
    robin(acme, "audit:read", "users:read")
    with use_tenant(acme.organization):
        role = create(name="Auditors", permissions=["audit:read"])
        for name in ("alice", "vera"):
            give(role.id, user_id=acme.people[name].id)
    assert named(who(alice, "audit:read")) == [
        ("person", "alice@acme.example", ["Admin", "Auditors"]),
        ("person", "vera@acme.example", ["Auditors"]),
        ("api_key", "Runner", ["scope"]),
        ("agent", "Robin", ["scope", "alice@acme.example"]),
    ]
    rows("UPDATE agents SET stopped_at = now()", acme)
    rows("UPDATE users SET is_active = false WHERE email LIKE 'vera%%'", acme)
    rows("UPDATE api_keys SET expires_at = now()", acme)
    assert named(who(alice, "audit:read")) == [("person", "alice@acme.example", ["Admin", "Auditors"])]


def test_an_earlier_moment_has_those_of_then(acme: Cast, alice: Api) -> None:
    before = now(acme)
    service(acme, "audit:read")
    robin(acme, "audit:read")
    with use_tenant(acme.organization):
        role = create(name="Auditors", permissions=["audit:read"])
        give(role.id, user_id=acme.people["vera"].id)
    alice.patch(f"users/{acme.people['bob'].id}/", {"role": "admin"})
    then = now(acme)
    with use_tenant(acme.organization):
        take(role.id, user_id=acme.people["vera"].id)
    alice.patch(f"users/{acme.people['bob'].id}/", {"role": "user"})
    rows("UPDATE api_keys SET scopes = 'quotas:read'", acme)
    rows("UPDATE agents SET deleted_at = now()", acme)
    admin = ("person", "alice@acme.example", ["Admin"])
    assert named(who(alice, "audit:read", at=before)) == named(who(alice, "audit:read")) == [admin]
    assert named(who(alice, "audit:read", at=then)) == [
        admin,
        ("person", "bob@acme.example", ["Admin"]),
        ("person", "vera@acme.example", ["Auditors"]),
        ("api_key", "Runner", ["scope"]),
        ("agent", "Robin", ["scope", "alice@acme.example"]),
    ]


def test_they_come_in_pages_of_the_same_few_statements(acme: Cast, alice: Api) -> None:
    for number in range(2):
        join(acme, f"person{number}@acme.example")
        first = who(alice, "users:read", page_size=2)
        assert len(statements_of(lambda: who(alice, "users:read", page_size=2))) == 5
    assert (len(first.body["results"]), first.body["previous"]) == (2, None)
    assert len(follow(alice, first.body["next"]).body["results"]) == 2


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"permission": "organizations:open"}, "permission"),
        ({"permission": "\0"}, "permission"),
        ({}, "permission"),
        ({"permission": "users:read", "at": "2999-01-01T00:00:00Z"}, "at"),
        ({"permission": "users:read", "at": "then"}, "at"),
        ({"permission": "users:read", "page_size": "0"}, "page_size"),
    ],
)
def test_what_can_not_be_asked_is_refused(alice: Api, asked: dict[str, str], field: str) -> None:
    answer = alice.get(f"authz/holders/?{urlencode(asked)}")
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, field)


def test_who_may_not_ask_of_others_learns_nobody(acme: Cast, bob: Api) -> None:
    """An attack: to list the admins, or the keys, without being one."""
    for api in (bob, service(acme, "users:read", "audit:read")):
        assert outcome(who(api, "users:write")) == (403, "permission_denied")
