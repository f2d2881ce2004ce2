"""What is explained is what happens: many actors, each with operations drawn from the table, under every rule there is."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from accounts.roles.composition import create
from accounts.roles.escalation import MoreThanYouHold
from accounts.roles.membership import give
from agents.dry_run import MUTATING, takes_a_secret
from agents.explanations.actions import read_action
from agents.explanations.api.explanation import explanation_as_json
from agents.explanations.explaining import explain
from agents.explanations.subjects import read_subject
from agents.models import Mode
from tenants.models import Status
from tenants.resolution import find_by_id, forget_all
from tenants.scope import use_tenant
from tests.acts import join, rows, set_limit, set_status
from tests.cast import Api, Cast, api_of
from tests.integration.accounts.api_keys.callers import SCOPES, key_of, outcome
from tests.integration.agents.leashed import REASON, robin
from tests.security.documents import Operation, operations
from tests.security.test_who_may_do_what import BODIES
from workix.core.apps import agent_scopes, grantable
from workix.core.current import SYSTEM, Current
from workix.core.permissions import KNOWN, OPEN, RECENT, Role

pytestmark = pytest.mark.requirement("N7")

HERE = "127.0.0.1"
DRAWN = 12
WHO = (
    *("admin", "idle admin", "user", "viewer with own role"),
    *("key", "key from elsewhere", "revoked key"),
    *("agent", "agent in a sandbox", "stopped agent", "agent of a user"),
)
#: What an operation refuses by what it is about: nobody is given, and nobody loses, what whoever asks does not hold.
BY_OPERATION = "more_than_you_hold"
SHUT_OUT = ("key from elsewhere", "revoked key", "stopped agent")
TRIED = [each for each in operations().values() if each.method == "GET" or not takes_a_secret(each.path)]
ASKED = [each for each in TRIED if each.permission not in (OPEN, KNOWN)]


@pytest.fixture
def caller(acme: Cast, who: str) -> tuple[Api, str]:
    """Speak as one of WHO; return how others name them, too."""
    draw = random.Random(who)  # noqa: S311  # the same in every run
    if "agent" in who:
        mode = Mode.SANDBOX if "sandbox" in who else Mode.LIVE
        agent = robin(acme, *draw.sample(sorted(agent_scopes()), 9), mode=mode)
        if who == "stopped agent":
            rows("UPDATE agents SET stopped_at = now()", acme)
        if who == "agent of a user":
            rows("UPDATE agents SET owner_id = %(bob)s", acme, bob=acme.people["bob"].id)
        ((identity,),) = rows("SELECT id FROM agents", acme)
        return agent, f"agent:{identity}"
    if "key" in who:
        networks = ("203.0.113.0/24",) if "elsewhere" in who else ()
        api = Api(key_of(acme, *draw.sample(SCOPES, 2), networks=networks))
        if who == "revoked key":
            rows("UPDATE api_keys SET deleted_at = now()", acme)
        ((identity,),) = rows("SELECT id FROM api_keys", acme)
        return api, f"api_key:{identity}"
    name = {"user": "bob", "viewer with own role": "vera"}.get(who, "dora")
    person = join(acme, "dora@acme.example", Role.ADMIN) if name == "dora" else acme.people[name]
    if name == "vera":
        with use_tenant(acme.organization):
            role = create(name="Drawn", permissions=draw.sample(sorted(grantable()), 6))
            give(role.id, user_id=person.id)
    api = api_of(Cast(acme.organization, {name: person}), name)
    if who == "idle admin":
        then = timezone.now() - RECENT - timedelta(minutes=1)
        rows("UPDATE sessions SET authenticated_at = %(then)s WHERE user_id = %(id)s", acme, then=then, id=person.id)
    return api, f"person:{person.id}"


def call(api: Api, operation: Operation, acme: Cast, who: str) -> tuple[int, str]:
    """Try an operation about Bob, who may be no such thing. In a sandbox nothing but trying is let pass, so it is done."""
    bob, body = str(acme.people["bob"].id), BODIES.get(operation.id, operation.body) or None
    path = operation.path.replace("{id}", bob).replace("{user_id}", bob).replace("{resource}", "executions")
    tries = {"Workix_Dry_Run": "true"} if operation.method in MUTATING and "sandbox" not in who else {}
    answer = api.call(operation.method, path, body, **tries, **REASON)
    by_itself = isinstance(answer.body, dict) and answer.body.get("detail") == MoreThanYouHold.detail
    return (403, BY_OPERATION) if by_itself else outcome(answer)


def explanation(api: Api, **asked: str) -> dict[str, Any]:
    answer = api.get(f"authz/explanation/?{urlencode(asked)}")
    assert answer.status == 200, answer.body
    said: dict[str, Any] = answer.body
    return said


def agrees(said: dict[str, Any], status: int, code: str) -> bool:
    """Compare an explanation with what came of the call. SCIM's errors have no code."""
    refused = [each["code"] for each in said["steps"] if each["outcome"] == "refused"]
    unknown = {each["check"] for each in said["steps"] if each["outcome"] == "unknown"} - {"operation"}
    if said["allowed"]:
        if code == BY_OPERATION:
            return said["steps"][-1]["check"] == "operation"
        return status not in (401, 403) or (code == "reauthentication_required" and "reauthentication" in unknown)
    return status in (401, 403) and code in ("", refused[0])


@pytest.mark.parametrize("who", WHO)
def test_what_is_explained_is_what_happens(acme: Cast, alice: Api, caller: tuple[Api, str], who: str) -> None:
    api, reference = caller
    drawn = random.Random(f"{who} asks").sample(ASKED, DRAWN)  # noqa: S311  # as above
    wrong = []
    for operation in drawn:
        action = f"{operation.method} {operation.path}"
        said = [explanation(alice, action=action, actor=reference, address=HERE, object="executions")]
        if who not in SHUT_OUT:
            said.append(explanation(api, action=action, object="executions"))
        came = call(api, operation, acme, who)
        wrong += [(operation.id, came, each) for each in said if not agrees(each, *came)]
    assert wrong == []


def explained(acme: Cast, action: str) -> dict[str, Any]:
    """Ask beside the API, which a rule may shut to whoever would ask."""
    organization = find_by_id(acme.organization.id)
    assert organization is not None
    with use_tenant(organization), Current.scoped(actor=SYSTEM):
        bob = read_subject(f"person:{acme.people['bob'].id}", by=acme.people["alice"], address=HERE)
        return explanation_as_json(explain(bob, read_action(action), now=timezone.now()))


def shut(acme: Cast, rule: str) -> None:
    """Have a rule of the organization shut it to everybody, or a quota be spent."""
    if rule == "organization":
        set_status(acme, Status.SUSPENDED)
    elif rule == "network":
        rows("UPDATE organizations SET allowed_networks = '203.0.113.0/24' WHERE id = %(id)s", id=acme.organization.id)
        forget_all()
    else:
        set_limit(acme, "executions", 0)


@pytest.mark.parametrize(
    ("rule", "code"),
    [("organization", "organization_suspended"), ("network", "network_not_allowed"), ("quota", "quota_exceeded")],
)
def test_a_rule_of_the_organization_decides_in_both(acme: Cast, bob: Api, rule: str, code: str) -> None:
    with use_tenant(acme.organization):
        give(create(name="Consumers", permissions=["quotas:consume"]).id, user_id=acme.people["bob"].id)
    path, action = "quotas/executions/consumptions/", "POST /api/v1/quotas/executions/consumptions/"
    assert (bob.post(path, {"amount": 1}).status, explained(acme, action)["allowed"]) == (201, True)
    shut(acme, rule)
    said = explained(acme, action)
    assert outcome(bob.post(path, {"amount": 1})) == (403, code)
    assert (said["allowed"], said["decided_by"]) == (False, rule)
    assert [each["code"] for each in said["steps"] if each["outcome"] == "refused"] == [code]
