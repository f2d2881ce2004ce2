"""GET and POST /api-keys/, GET, PATCH and DELETE /api-keys/{id}/, rotation and confirmation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.api_keys import key_format
from accounts.members import remove
from tenants.scope import use_tenant
from tests import cast
from tests.acts import at_once, join, rows, statements_of
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import NOT_VALID, id_of, key_of, outcome
from workix.core.permissions import Role

NEW = {"name": "Runner", "scopes": ["quotas:consume", "quotas:read"]}


def in_future(**time: int) -> str:
    return (timezone.now() + timedelta(**time)).isoformat()


def actions(acme: Cast) -> list[tuple[str, str]]:
    asked = "SELECT action, actor_label FROM audit_logs WHERE resource_type = 'api_key' ORDER BY created_at, id"
    return [(action, who) for action, who in rows(asked, acme)]


@pytest.mark.requirement("S74")
def test_a_key_is_shown_once_and_kept_as_a_keyed_hash(acme: Cast, alice: Api) -> None:
    sent = NEW | {"networks": ["203.0.113.0/24", "2001:db8::/32"], "expires_at": "2030-01-31T12:00:00Z"}
    answer = alice.post("api-keys/", sent)
    key, who = answer.body["key"], {"id": str(acme.people["alice"].id), "email": "alice@acme.example"}
    assert (answer.status, answer.headers["Location"]) == (201, f"/api/v1/api-keys/{answer.body['id']}/")
    shown = {name: value for name, value in answer.body.items() if name not in ("id", "created_at", "confirmed_at")}
    assert shown == {
        "name": "Runner",
        "key": key,
        "prefix": key[: key_format.PREFIX_LENGTH],
        "scopes": ["quotas:consume", "quotas:read"],
        "networks": ["203.0.113.0/24", "2001:db8::/32"],
        "expires_at": "2030-01-31T12:00:00Z",
        "old_key_expires_at": None,
        "last_used_at": None,
        "created_by": who,
        "confirmed_by": who,
        "needs_confirmation": False,
    }
    del answer.body["key"]
    assert alice.get(f"api-keys/{answer.body['id']}/").body == answer.body
    assert alice.get("api-keys/").body["results"] == [answer.body]
    everything = str(rows("SELECT to_jsonb(k) FROM api_keys AS k", acme)) + str(rows("SELECT * FROM audit_logs", acme))
    assert (key_format.hash_of(key) in everything, key[30:] in everything) == (True, False)
    seen = ("api_key.accessed", "alice@acme.example")
    assert actions(acme) == [("api_key.created", "alice@acme.example"), seen, seen]


def test_a_replay_by_idempotency_key_issues_no_second_key_and_tells_none(acme: Cast, alice: Api) -> None:
    first, again = (alice.post("api-keys/", NEW, Idempotency_Key="once") for _ in range(2))
    assert (first.status, again.status, again.headers["Idempotency-Replayed"]) == (201, 201, "true")
    assert again.body == first.body | {"key": None}
    assert rows("SELECT count(*) FROM api_keys", acme) == [(1,)]
    assert first.body["key"] not in str(rows("SELECT * FROM idempotency_keys", acme))


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"scopes": []}, "scopes", "min_length"),
        ({"scopes": ["users:write"]}, "scopes.0", "invalid_choice"),
        ({"scopes": ["api_keys:write"]}, "scopes.0", "invalid_choice"),
        ({"scopes": ["profile:read"]}, "scopes.0", "invalid_choice"),
        ({"scopes": ["console:enter"]}, "scopes.0", "invalid_choice"),
        ({"scopes": ["quotas:consume quotas:read"]}, "scopes.0", "invalid_choice"),
        ({"scopes": "quotas:read"}, "scopes", "not_a_list"),
        ({"scopes": [1]}, "scopes.0", "invalid_choice"),
        ({"name": ""}, "name", "blank"),
        ({"name": "a\u0000b"}, "name", "null_characters_not_allowed"),
        ({"name": "a\nb"}, "name", "invalid"),
        ({"name": "x" * 101}, "name", "max_length"),
        ({"networks": ["203.0.113.1/24"]}, "networks.0", "invalid"),
        ({"networks": ["2001:db8::/32", "fe80::1%eth0/64"]}, "networks.1", "invalid"),
        ({"networks": ["::ffff:203.0.113.0/120"]}, "networks.0", "invalid"),
        ({"networks": ["203.0.113.0/24 0.0.0.0/0"]}, "networks.0", "invalid"),
        ({"networks": ["everywhere"]}, "networks.0", "invalid"),
        ({"networks": ["10.0.0.0/8"] * 51}, "networks", "max_length"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at", "past"),
        ({"expires_at": "soon"}, "expires_at", "invalid"),
        ({"key_hash": "0" * 64}, "key_hash", "unknown_field"),
        ({"created_by": "somebody"}, "created_by", "unknown_field"),
    ],
    ids=str,
)
def test_what_no_key_can_be_is_refused(acme: Cast, alice: Api, changes: dict[str, Any], field: str, code: str) -> None:
    answer = alice.post("api-keys/", NEW | changes)
    assert (answer.status, [(each["field"], each["code"]) for each in answer.body["errors"]]) == (400, [(field, code)])
    assert rows("SELECT count(*) FROM api_keys", acme) == [(0,)]


def test_a_change_is_that_of_what_was_named(acme: Cast, alice: Api) -> None:
    made = alice.post("api-keys/", NEW).body
    path = f"api-keys/{made['id']}/"
    until = in_future(days=3)
    changed = alice.patch(path, {"name": "Invoices", "networks": ["10.0.0.0/8"], "expires_at": until})
    assert (changed.body["name"], changed.body["networks"], changed.body["scopes"]) == (
        "Invoices",
        ["10.0.0.0/8"],
        made["scopes"],
    )
    assert changed.body["expires_at"][:19] == until[:19]
    cleared = alice.patch(path, {"networks": [], "expires_at": None})
    assert (cleared.status, cleared.body["networks"], cleared.body["expires_at"]) == (200, [], None)
    assert alice.patch(path, {}).status == 200
    assert [action for action, _ in actions(acme)] == ["api_key.created", "api_key.updated", "api_key.updated"]


def test_a_revoked_key_is_gone_and_its_row_is_not(acme: Cast, alice: Api) -> None:
    made = alice.post("api-keys/", NEW).body
    path = f"api-keys/{made['id']}/"
    assert alice.delete(path).status == 204
    again = [
        alice.call(method, end)
        for method, end in (
            ("GET", path),
            ("DELETE", path),
            ("PATCH", path),
            ("POST", f"{path}rotation/"),
            ("POST", f"{path}confirmation/"),
        )
    ]
    assert [answer.status for answer in again] == [404, 404, 404, 404, 404]
    assert (alice.get("api-keys/").body["results"], rows("SELECT name FROM api_keys", acme)) == ([], [("Runner",)])
    assert actions(acme)[-2:] == [(f"api_key.{done}", "alice@acme.example") for done in ("deleted", "accessed")]


def test_a_rotated_key_is_the_same_service_and_the_old_one_ends_when_it_was_said(acme: Cast, alice: Api) -> None:
    made = alice.post("api-keys/", NEW).body
    rotated = alice.post(f"api-keys/{made['id']}/rotation/", {"overlap_hours": 2})
    new = rotated.body["key"]
    assert (rotated.status, rotated.body["id"], new != made["key"]) == (201, made["id"], True)
    assert rotated.body["old_key_expires_at"][:19] < in_future(hours=2, seconds=1)[:19]
    assert [Api(key).get("quotas/").status for key in (made["key"], new)] == [200, 200]
    rows("UPDATE api_keys SET previous_expires_at = now()", acme)
    assert [outcome(Api(key).get("quotas/")) for key in (made["key"], new)] == [NOT_VALID, (200, "")]
    assert alice.get(f"api-keys/{made['id']}/").body["old_key_expires_at"] is None
    assert [action for action, _ in actions(acme)] == [
        "api_key.created",
        "api_key.updated",
        "api_key.rotated",
        "api_key.updated",  # by the test
        "api_key.accessed",
    ]


def test_without_an_overlap_the_old_key_ends_at_once(acme: Cast, alice: Api) -> None:
    made = alice.post("api-keys/", NEW).body
    rotated = alice.post(f"api-keys/{made['id']}/rotation/", {"overlap_hours": 0}).body
    assert (outcome(Api(made["key"]).get("quotas/")), rotated["old_key_expires_at"]) == (NOT_VALID, None)
    assert Api(rotated["key"]).get("quotas/").status == 200


def test_an_overlap_that_was_promised_is_kept_unless_everything_is_to_end(acme: Cast, alice: Api) -> None:
    made = alice.post("api-keys/", NEW).body
    path = f"api-keys/{made['id']}/rotation/"
    second = alice.post(path).body["key"]
    assert outcome(alice.post(path, {"overlap_hours": 1})) == (409, "rotation_under_way")
    assert [Api(key).get("quotas/").status for key in (made["key"], second)] == [200, 200]
    third = alice.post(path, {"overlap_hours": 0}).body["key"]
    assert [Api(key).get("quotas/").status for key in (made["key"], second, third)] == [401, 401, 200]


def test_a_key_that_expired_is_not_rotated_but_given_another_end(acme: Cast, alice: Api) -> None:
    key, path = key_of(acme), f"api-keys/{id_of(acme)}/"
    rows("UPDATE api_keys SET expires_at = now()", acme)
    assert outcome(alice.post(f"{path}rotation/")) == (409, "conflict")
    assert alice.patch(path, {"name": "Runner", "expires_at": None}).status == 200
    assert (alice.post(f"{path}rotation/").status, Api(key).get("quotas/").status) == (201, 200)


@pytest.mark.parametrize("hours", [-1, 169, 2**31, 1.5, "1", True])
def test_an_overlap_has_bounds(acme: Cast, alice: Api, hours: Any) -> None:
    key = key_of(acme)
    assert alice.post(f"api-keys/{id_of(acme)}/rotation/", {"overlap_hours": hours}).status == 400
    assert Api(key).get("quotas/").status == 200


def test_twenty_rotations_at_once_leave_one_new_key(acme: Cast, alice: Api) -> None:
    key, path = key_of(acme), f"api-keys/{id_of(acme)}/rotation/"
    answers = at_once(lambda _: alice.post(path, {"overlap_hours": 1}), 20)
    assert sorted(answer.status for answer in answers) == [201, *[409] * 19]
    (new,) = (answer.body["key"] for answer in answers if answer.status == 201)
    assert [Api(each).get("quotas/").status for each in (key, new)] == [200, 200]


def test_twenty_rotations_at_once_without_an_overlap_leave_one_good_key(acme: Cast, alice: Api) -> None:
    key, path = key_of(acme), f"api-keys/{id_of(acme)}/rotation/"
    answers = at_once(lambda _: alice.post(path, {"overlap_hours": 0}), 20)
    made = [answer.body["key"] for answer in answers]
    assert len(set(made)) == 20
    assert sorted(Api(each).get("quotas/").status for each in (key, *made)) == [200, *[401] * 20]


def test_a_key_lives_on_when_its_creator_leaves_and_asks_for_a_confirmation(acme: Cast, alice: Api) -> None:
    ada = join(acme, "ada@acme.example", Role.ADMIN)
    acme.people["ada"] = ada
    key = key_of(acme, by="ada")
    path = f"api-keys/{id_of(acme)}/"
    assert alice.get(path).body["needs_confirmation"] is False
    with use_tenant(acme.organization):
        remove(ada.id, now=timezone.now())
    left = alice.get(path).body
    assert (left["created_by"]["email"], left["needs_confirmation"]) == ("ada@acme.example", True)
    assert Api(key).get("quotas/").status == 200
    confirmed = alice.post(f"{path}confirmation/").body
    assert (confirmed["created_by"]["email"], confirmed["confirmed_by"]["email"], confirmed["needs_confirmation"]) == (
        "ada@acme.example",
        "alice@acme.example",
        False,
    )
    del acme.people["ada"]


def test_an_admin_who_is_none_any_more_confirms_nothing(acme: Cast, alice: Api) -> None:
    acme.people["ada"] = join(acme, "ada@acme.example", Role.ADMIN)
    key_of(acme, by="ada")
    alice.patch(f"users/{acme.people.pop('ada').id}/", {"role": "viewer"})
    assert alice.get(f"api-keys/{id_of(acme)}/").body["needs_confirmation"] is True


@pytest.mark.parametrize("who", ["bob", "vera"])
def test_only_admins_have_to_do_with_keys(acme: Cast, who: str) -> None:
    key_of(acme)
    api, path = cast.api_of(acme, who), f"api-keys/{id_of(acme)}/"
    tried = [api.get("api-keys/"), api.get(path), api.post("api-keys/", NEW), api.patch(path, {}), api.delete(path)]
    tried += [api.post(f"{path}rotation/"), api.post(f"{path}confirmation/")]
    assert {outcome(answer) for answer in tried} == {(403, "permission_denied")}


def test_a_list_costs_the_same_for_one_key_and_for_three(acme: Cast, alice: Api) -> None:
    key_of(acme)
    alice.get("api-keys/")  # looks up the organization
    for_one = len(statements_of(lambda: alice.get("api-keys/")))
    key_of(acme)
    key_of(acme)
    assert (for_one, len(statements_of(lambda: alice.get("api-keys/")))) == (4, 4), (
        "one reads own roles of who confirmed, one whether the reader left an entry not long ago"
    )


def test_lists_are_searched(acme: Cast, alice: Api) -> None:
    key = key_of(acme)
    alice.post("api-keys/", NEW | {"name": "Invoices"})
    assert [each["name"] for each in alice.get("api-keys/?search=invo").body["results"]] == ["Invoices"]
    assert [each["name"] for each in alice.get(f"api-keys/?search={key[:30]}").body["results"]] == ["Runner"]
