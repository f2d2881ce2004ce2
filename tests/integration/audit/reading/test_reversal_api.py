"""POST /audit-logs/{id}/reversal/: a thing is put back through its own call, unless something newer stands in the way."""

from __future__ import annotations

from typing import Any

import pytest

from audit.api import reversal
from tests.acts import rows
from tests.cast import Answer, Api, Cast, api_of


def newest(cast: Cast, action: str) -> str:
    ((found,),) = rows(
        "SELECT id FROM audit_logs WHERE action = %(action)s ORDER BY created_at DESC, id DESC LIMIT 1",
        cast,
        action=action,
    )
    return str(found)


def reverse(api: Api, entry: str) -> Answer:
    return api.post(f"audit-logs/{entry}/reversal/", {})


def bob(cast: Cast) -> str:
    return str(cast.people["bob"].id)


def change(cast: Cast, alice: Api, **wanted: Any) -> str:
    assert alice.patch(f"users/{bob(cast)}/", wanted).status == 200
    return newest(cast, "user.updated")


def person(cast: Cast, alice: Api) -> dict[str, Any]:
    found: dict[str, Any] = alice.get(f"users/{bob(cast)}/").body
    return found


def test_a_person_is_put_back_and_that_is_an_entry_that_can_be_reversed_too(acme: Cast, alice: Api) -> None:
    before = person(acme, alice)
    entry = change(acme, alice, first_name="Robert", role="viewer")
    answer = reverse(alice, entry)
    assert (answer.status, answer.body["action"], answer.body["changes"]["role"]) == (
        200,
        "user.updated",
        ["viewer", "user"],
    )
    assert {**person(acme, alice), "updated_at": 0} == {**before, "updated_at": 0}
    assert rows("SELECT resource_id FROM audit_logs WHERE action = 'audit_log.reversed'", acme) == [(entry,)]
    assert reverse(alice, answer.body["id"]).status == 200
    assert (person(acme, alice)["first_name"], person(acme, alice)["role"]) == ("Robert", "viewer")


def test_a_list_that_is_kept_as_text_is_put_back(acme: Cast, alice: Api) -> None:
    role = alice.post("roles/", {"name": "Readers", "permissions": ["users:read"]}).body["id"]
    assert alice.patch(f"roles/{role}/", {"permissions": ["quotas:read", "users:read"]}).status == 200
    assert reverse(alice, newest(acme, "role.updated")).status == 200
    assert alice.get(f"roles/{role}/").body["permissions"] == ["users:read"]
    assert reverse(alice, newest(acme, "role.created")).body["code"] == "changed_since"


def test_what_was_added_is_removed(acme: Cast, alice: Api) -> None:
    role = alice.post("roles/", {"name": "Readers", "permissions": ["users:read"]}).body["id"]
    answer = reverse(alice, newest(acme, "role.created"))
    assert (answer.status, answer.body["action"], alice.get(f"roles/{role}/").status) == (200, "role.deleted", 404)


def test_something_newer_stands_in_the_way_and_is_named_and_other_columns_do_not(acme: Cast, alice: Api) -> None:
    first = change(acme, alice, first_name="Robert")
    second = change(acme, alice, first_name="Bobby")
    change(acme, alice, last_name="Builder")
    answer = reverse(alice, first)
    assert (answer.status, answer.body["code"], answer.body["entry"]) == (409, "changed_since", second)
    assert person(acme, alice)["first_name"] == "Bobby"
    assert reverse(alice, second).status == 200
    assert (person(acme, alice)["first_name"], person(acme, alice)["last_name"]) == ("Robert", "Builder")


def test_the_same_call_twice_is_done_once(acme: Cast, alice: Api) -> None:
    entry = change(acme, alice, first_name="Robert")
    assert [reverse(alice, entry).status for _ in range(2)] == [200, 409]


def test_whoever_was_in_between_is_found_and_all_is_rolled_back(
    acme: Cast, alice: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their change is committed between the look at the trail and ours."""
    entry, asked = change(acme, alice, first_name="Robert"), reversal._ask

    def late(*arguments: Any) -> Any:
        rows("UPDATE users SET first_name = 'Late' WHERE email = 'bob@acme.example'", acme)
        return asked(*arguments)

    monkeypatch.setattr(reversal, "_ask", late)
    answer = reverse(alice, entry)
    assert (answer.status, answer.body["code"], person(acme, alice)["first_name"]) == (409, "changed_since", "Late")


def test_it_asks_what_the_change_itself_asks(acme: Cast, alice: Api) -> None:
    """Whoever may read the trail may not undo what it tells."""
    role = alice.post("roles/", {"name": "Auditors", "permissions": ["audit:read"]}).body["id"]
    assert alice.post(f"roles/{role}/members/", {"user": str(acme.people["vera"].id)}).status == 201
    entry = change(acme, alice, first_name="Robert")
    answer = reverse(api_of(acme, "vera"), entry)
    assert (answer.status, answer.body["code"], person(acme, alice)["first_name"]) == (
        403,
        "permission_denied",
        "Robert",
    )
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'audit_log.reversed'", acme) == [(0,)]


def test_the_rules_of_the_thing_hold(acme: Cast, alice: Api) -> None:
    """Bob, who was made an admin, is the last one now."""
    promoted = change(acme, alice, role="admin")
    bob_api = api_of(acme, "bob")
    assert bob_api.patch(f"users/{acme.people['alice'].id}/", {"role": "user"}).status == 200
    answer = reverse(bob_api, promoted)
    assert (answer.status, answer.body["code"]) == (409, "last_admin")


@pytest.mark.parametrize("action", ["session.started", "user.deleted"])
def test_events_and_deletions_are_not_put_back(acme: Cast, alice: Api, action: str) -> None:
    alice.delete(f"users/{bob(acme)}/")
    rows("INSERT INTO audit_logs (actor_type, action, resource_type) VALUES ('x', 'session.started', 'session')", acme)
    answer = reverse(alice, newest(acme, action))
    assert (answer.status, answer.body["code"]) == (409, "not_reversible")


def test_a_secret_and_what_is_gone_are_not_put_back(acme: Cast, alice: Api) -> None:
    entry = change(acme, alice, first_name="Robert")
    rows("UPDATE users SET password_hash = 'x' WHERE email = 'bob@acme.example'", acme)
    assert reverse(alice, newest(acme, "user.updated")).body["code"] == "not_reversible"
    alice.delete(f"users/{bob(acme)}/")
    assert reverse(alice, entry).body["detail"] == "It is not there any more."


@pytest.mark.parametrize("path", ["%00", "x", "00000000-0000-0000-0000-000000000000"])
def test_of_no_entry_there_is_none(alice: Api, path: str) -> None:
    assert alice.post(f"audit-logs/{path}/reversal/", {}).status == 404
