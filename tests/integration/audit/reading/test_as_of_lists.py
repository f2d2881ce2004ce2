"""`?as_of=` of API keys, invitations, identity providers and webhooks: before a change, before they came, after they went."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.acts import rows, statements_of
from tests.cast import Api, Cast, api_of
from tests.integration.audit.reading.test_as_of_api import now
from tests.integration.privacy.erased import erase_now
from tests.integration.tenants.trail.sequenced import tamper

SECRET = "a very secret client secret"  # noqa: S105  # of a provider that is not there
PROVIDER = {
    "name": "Acme ID",
    "protocol": "oidc",
    "settings": {"issuer": "https://login.acme.example", "client_id": "workix"},
    "secret": SECRET,
}
KEY = {"name": "Runner", "scopes": ["quotas:read"], "networks": ["203.0.113.0/24"]}
WEBHOOK = {"url": "https://siem.acme.example/workix", "description": "SIEM"}
#: Path -> what is added, what of it is changed, and what is not known of the past.
LISTS: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("api-keys/", KEY, {"name": "Walker", "networks": []}, {"needs_confirmation": None, "last_used_at": None}),
    ("invitations/", {"email": "carol@acme.example", "role": "viewer"}, {}, {"sent_at": None}),
    ("identity-providers/", PROVIDER, {"name": "Ours", "domains": ["acme.example"]}, {"has_secret": None}),
    (
        "webhooks/",
        WEBHOOK,
        {"description": "Security", "url": "https://b.acme.example/"},
        dict.fromkeys(("state", "position", "failures", "last_failure")),
    ),
]


def listed(api: Api, path: str, moment: str) -> list[dict[str, Any]]:
    answer = api.get(f"{path}?as_of={quote(moment)}")
    assert answer.status == 200, answer.body
    found: list[dict[str, Any]] = answer.body["results"]
    return found


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


@pytest.mark.parametrize(("path", "new", "change", "unknown"), LISTS, ids=[each[0] for each in LISTS])
def test_a_list_is_as_it_was_before_a_change_before_it_came_and_after_it_went(
    acme: Cast, alice: Api, path: str, new: dict[str, Any], change: dict[str, Any], unknown: dict[str, Any]
) -> None:
    beginning = now(acme)
    made = alice.post(path, new)
    (shown,) = alice.get(path).body["results"]
    added, where = now(acme), f"{path}{made.body['id']}/"
    if change:
        assert alice.patch(where, change).status == 200
    (changed,) = alice.get(path).body["results"]
    then = now(acme)
    assert alice.delete(where).status == 204
    assert listed(alice, path, beginning) == []
    assert [without(each, "updated_at") for each in listed(alice, path, added)] == [
        without(shown | unknown, "updated_at")
    ]
    assert [without(each, "updated_at") for each in listed(alice, path, then)] == [
        without(changed | unknown, "updated_at")
    ]
    after = listed(alice, path, now(acme))
    assert [each["status"] for each in after] == (["withdrawn"] if path == "invitations/" else [])
    secrets = {SECRET, made.body.get("key"), made.body.get("secret")} - {None}
    everything = str([listed(alice, path, moment) for moment in (added, then)]) + "[redacted]"
    assert [secret for secret in secrets if str(secret) in everything] == []
    assert everything.count("[redacted]") == 1


def test_what_ends_by_itself_is_judged_by_the_clock_of_that_moment(acme: Cast, alice: Api) -> None:
    alice.post("invitations/", {"email": "carol@acme.example"})
    for path, new, rotation in (("api-keys/", KEY, "rotation/"), ("webhooks/", WEBHOOK, "rotate-secret/")):
        alice.post(f"{path}{alice.post(path, new).body['id']}/{rotation}", {"overlap_hours": 1})
    moment = now(acme)
    tamper(  # time passes, and the trail says nothing of it
        acme,
        "UPDATE invitations SET expires_at = clock_timestamp()",
        "UPDATE api_keys SET previous_expires_at = clock_timestamp()",
        "UPDATE webhook_endpoints SET previous_expires_at = clock_timestamp()",
    )

    def shown(asked: str) -> list[Any]:
        (invitation,), (key,), (webhook,) = (
            alice.get(f"{path}{asked}").body["results"] for path in ("invitations/", "api-keys/", "webhooks/")
        )
        return [invitation["status"], bool(key["old_key_expires_at"]), bool(webhook["old_secret_expires_at"])]

    assert shown("") == ["expired", False, False]
    assert shown(f"?as_of={quote(moment)}") == ["pending", True, True]


def test_erased_people_do_not_come_back_by_what_they_made_or_were_invited_by(acme: Cast, alice: Api) -> None:
    alice.patch(f"users/{acme.people['bob'].id}/", {"role": "admin"})
    alice.post("invitations/", {"email": "carol@acme.example", "first_name": "Carol"})
    api_of(acme, "bob").post("api-keys/", KEY)
    rows("UPDATE invitations SET email = 'bob@acme.example', first_name = 'Zebulon'", acme)
    moment = now(acme)
    (invitation,), (key,) = listed(alice, "invitations/", moment), listed(alice, "api-keys/", moment)
    assert (invitation["email"], key["created_by"]["email"]) == ("bob@acme.example", "bob@acme.example")
    erase_now(acme)
    everything = str([listed(alice, path, moment) for path in ("invitations/", "api-keys/", "users/")])
    assert ("bob@acme" in everything, "Zebulon" in everything, "erased.invalid" in everything) == (False, False, True)


def test_what_had_no_such_column_yet_or_another_kind_of_it_has_the_default(acme: Cast, alice: Api) -> None:
    path = "identity-providers/"
    for number in range(2):
        alice.post(path, {**PROVIDER, "name": f"Number {number}"})
    moment = now(acme)
    for provider in alice.get(path).body["results"]:
        assert alice.delete(f"{path}{provider['id']}/").status == 204
    old = "UPDATE audit_logs SET changes = changes - 'group_roles' - 'domains' - 'is_authoritative'"
    tamper(acme, f"{old} || '{{\"creates_people\": [\"at times\", null]}}' WHERE action = 'identity_provider.deleted'")
    found = listed(alice, path, moment)
    assert [
        [each[name] for name in ("name", "group_roles", "domains", "is_authoritative", "creates_people")]
        for each in found
    ] == [["Number 0", {}, [], False, False], ["Number 1", {}, [], False, False]]


def test_another_organization_reads_nothing_of_it(acme: Cast, alice: Api, gina: Api) -> None:
    for path, new, _, _ in LISTS:
        assert alice.post(path, new).status == 201
    moment = now(acme)
    assert [len(listed(alice, path, moment)) for path, *_ in LISTS] == [1, 1, 1, 1]
    assert [listed(gina, path, moment) for path, *_ in LISTS] == [[], [], [], []]


@pytest.mark.parametrize("path", [each[0] for each in LISTS])
def test_what_can_not_be_told_is_refused(acme: Cast, alice: Api, path: str) -> None:
    for asked in ("", "%00", "9999-01-01T00:00:00Z", "2026-01-01T00:00:00Z&search=x", "1&as_of=2"):
        assert alice.get(f"{path}?as_of={asked}").status == 400
    rows("INSERT INTO audit_prunings (size, note, older_than) VALUES (1, '', now() - interval '1 day')", acme)
    too_short = alice.get(f"{path}?as_of=2001-01-01T00:00:00Z")
    assert (too_short.status, too_short.body["code"]) == (409, "trail_too_short")


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_keys_there_were_the_statements_are_the_same(acme: Cast, alice: Api, count: int) -> None:
    for number in range(count):
        alice.post("api-keys/", {**KEY, "name": str(number)})
    moment = quote(now(acme))
    assert len(statements_of(lambda: alice.get(f"api-keys/?as_of={moment}"))) == 9
