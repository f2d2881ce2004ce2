"""The API of webhooks: who may, what is shown, the secret that is shown once, testing, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.webhooks.receiver import Receiver, added, deliver, grow, row
from tests.integration.webhooks.test_delivery import verified
from webhooks.endpoint_secrets import renew, secrets_of
from workix import settings
from workix.config.secrets import Secret

URL = "https://siem.acme.example/workix"


def test_the_secret_is_shown_once_and_is_nowhere_else(acme: Cast, alice: Api) -> None:
    made = added(alice, URL, description="SIEM", is_enabled=False)
    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert alice.get("webhooks/").body["results"] == [alice.get(f"webhooks/{made['id']}/").body] == [made]
    assert (made["url"], made["description"], made["state"]) == (URL, "SIEM", "disabled")
    kept = str(rows("SELECT webhook_endpoints::text FROM webhook_endpoints", acme))
    written = str(rows("SELECT changes::text FROM audit_logs WHERE resource_type = 'webhook'", acme))
    encrypted = row(acme, made).encrypted_secret
    assert (secret in kept, encrypted in kept) == (False, True)
    assert (secret in written, encrypted in written, "[redacted]" in written) == (False, False, True)


def test_a_repeated_call_adds_one_and_tells_no_secret(alice: Api) -> None:
    calls = [alice.post("webhooks/", {"url": URL}, Idempotency_Key="once") for _ in range(2)]
    assert [call.status for call in calls] == [201, 201]
    assert calls[1].body == {**calls[0].body, "secret": None}
    assert len(alice.get("webhooks/").body["results"]) == 1


@pytest.mark.parametrize("name", ["bob", "vera"])
def test_only_admins_see_or_change_webhooks(acme: Cast, alice: Api, request: pytest.FixtureRequest, name: str) -> None:
    made, api = added(alice, URL), request.getfixturevalue(name)
    path = f"webhooks/{made['id']}/"
    calls = [
        api.get("webhooks/"),
        api.get(path),
        api.post("webhooks/", {"url": URL}),
        api.patch(path, {}),
        api.delete(path),
    ]
    calls += [
        api.post(f"{path}{act}/", {"from": 0} if act == "replay" else None)
        for act in ("test", "replay", "rotate-secret")
    ]
    assert {call.status for call in calls} == {403}


def test_a_webhook_of_another_organization_is_not_there(alice: Api, gina: Api) -> None:
    path = f"webhooks/{added(alice, URL)['id']}/"
    calls = [gina.get(path), gina.patch(path, {"is_enabled": False}), gina.delete(path), gina.get(f"{path}deliveries/")]
    calls += [
        gina.post(f"{path}{act}/", {"from": 0} if act == "replay" else None)
        for act in ("test", "replay", "rotate-secret")
    ]
    assert {call.status for call in calls} == {404}
    assert gina.get("webhooks/").body["results"] == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "http://siem.acme.example/"}, "url"),
        ({"url": "http://127.0.0.1/"}, "url"),
        ({"url": "https://user:pass@siem.acme.example/"}, "url"),
        ({"url": URL + "\u0000"}, "url"),
        ({"url": URL + "x" * 500}, "url"),
        ({"url": 7}, "url"),
        ({}, "url"),
        ({"url": URL, "position": 7}, "position"),
        ({"url": URL, "description": "a\nb"}, "description"),
    ],
    ids=str,
)
def test_what_is_no_webhook_is_refused(alice: Api, body: dict[str, Any], field: str) -> None:
    answer = alice.post("webhooks/", body)
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, field)


@pytest.mark.parametrize("index", [-1, 2**40, 2**63, "0", None, True])
def test_there_is_no_replay_from_where_nothing_is(alice: Api, index: Any) -> None:
    path = f"webhooks/{added(alice, URL, is_enabled=False)['id']}/replay/"
    answer = alice.post(path, {"from": index})
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, "from")


def test_there_are_ten_at_most(alice: Api) -> None:
    for _ in range(10):
        added(alice, URL, is_enabled=False)
    assert alice.post("webhooks/", {"url": URL}).status == 400


def test_while_a_secret_rotates_both_sign(acme: Cast, alice: Api, receiver: Receiver, webhook: dict[str, Any]) -> None:
    path = f"webhooks/{webhook['id']}/rotate-secret/"
    rotated = alice.post(path, {})
    assert (rotated.status, rotated.body["old_secret_expires_at"] is not None) == (201, True)
    grow(acme)
    deliver(acme, webhook)
    headers, body = receiver.got[-1]
    new, old = rotated.body["secret"], webhook["secret"]
    assert (verified(new, headers, body), verified(old, headers, body)) == ([True, False], [False, True])
    again = alice.post(path, {})
    assert (again.status, again.body["code"]) == (409, "rotation_under_way")
    last = alice.post(path, {"overlap_hours": 0}).body
    with use_tenant(acme.organization):
        assert secrets_of(row(acme, webhook), now=timezone.now()) == [last["secret"]]


def test_what_is_over_is_taken_out_at_night(acme: Cast, alice: Api) -> None:
    made = added(alice, URL, is_enabled=False)
    alice.post(f"webhooks/{made['id']}/rotate-secret/", {"overlap_hours": 1})
    with use_tenant(acme.organization):
        renew(now=timezone.now())
        assert row(acme, made).previous_secret
    rows("UPDATE webhook_endpoints SET previous_expires_at = now() - interval '1 second'", acme)
    with use_tenant(acme.organization):
        renew(now=timezone.now())
        assert (row(acme, made).previous_secret, row(acme, made).previous_expires_at) == ("", None)


def test_a_secret_in_another_row_signs_nothing(acme: Cast, alice: Api, receiver: Receiver) -> None:
    ours, other = (added(alice, receiver.url) for _ in range(2))
    move = "UPDATE webhook_endpoints SET encrypted_secret = %(secret)s WHERE id = %(id)s::uuid"
    rows(move, acme, secret=row(acme, ours).encrypted_secret, id=other["id"])
    answer = alice.post(f"webhooks/{other['id']}/test/")
    assert answer.body["failure"] == "Its secret can't be read any more: rotate it."
    assert receiver.got == []


def test_a_test_is_sent_at_once_and_moves_nothing(
    acme: Cast, alice: Api, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    before = row(acme, webhook).position
    receiver.answers = [(500, {})]
    failed, taken = (alice.post(f"webhooks/{webhook['id']}/test/") for _ in range(2))
    assert (failed.status, failed.body["status"], failed.body["failure"]) == (200, 500, "It answers 500.")
    assert (taken.body["status"], taken.body["failure"], taken.body["index"]) == (204, "", None)
    headers, body = receiver.got[-1]
    assert (verified(webhook["secret"], headers, body), json.loads(body)["type"]) == ([True], "webhook.test")
    found = row(acme, webhook)
    assert (found.position, found.failures) == (before, 0)
    codes = [alice.post(f"webhooks/{webhook['id']}/test/").status for _ in range(9)]
    assert codes == [200] * 8 + [429]


def test_deliveries_are_listed_newest_first(
    acme: Cast, alice: Api, receiver: Receiver, webhook: dict[str, Any]
) -> None:
    grow(acme, 25)
    deliver(acme, webhook)
    listed = alice.get(f"webhooks/{webhook['id']}/deliveries/").body
    assert [each["index"] for each in listed] == receiver.indexes()[::-1][:20]
    assert set(listed[0]) == {"at", "index", "status", "failure", "milliseconds"}


def test_who_may_not_read_the_trail_has_it_sent_nowhere(acme: Cast, alice: Api, bob: Api) -> None:
    role = alice.post("roles/", {"name": "Integrator", "permissions": ["webhooks:write", "webhooks:read"]}).body
    assert alice.post(f"roles/{role['id']}/members/", {"user": str(acme.people["bob"].id)}).status == 201
    answer = bob.post("webhooks/", {"url": URL})
    assert (answer.status, answer.body["code"]) == (403, "permission_denied")
    assert "read it" in answer.body["detail"]


def test_a_removed_webhook_is_gone(acme: Cast, alice: Api) -> None:
    made = added(alice, URL)
    assert alice.delete(f"webhooks/{made['id']}/").status == 204
    assert alice.get(f"webhooks/{made['id']}/").status == 404
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'webhook.deleted'", acme) == [(1,)]


def test_secrets_go_under_a_newer_key(acme: Cast, alice: Api) -> None:
    made = added(alice, URL)
    for keys in ("o" * 32, f"{'n' * 32},{'o' * 32}"):
        kept = settings.WORKIX.model_copy(update={"encryption_keys": Secret(keys)})
        before = row(acme, made).encrypted_secret
        with override_settings(WORKIX=kept), use_tenant(acme.organization):
            renew(now=timezone.now())
            found = row(acme, made)
            assert (found.encrypted_secret != before, secrets_of(found, now=timezone.now())) == (True, [made["secret"]])
            renew(now=timezone.now())
            assert row(acme, made).encrypted_secret == found.encrypted_secret, "nothing is written twice"
