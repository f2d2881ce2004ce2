"""/identity-providers/: who may name one, what is refused, what is never shown, and what the trail says."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import IdentityProvider
from accounts.single_sign_on import provider_secrets
from accounts.single_sign_on.identity import SignOnFailed
from tenants.scope import use_tenant
from tests.acts import rows, statements_of
from tests.cast import Answer, Api, Cast

SECRET = "a very secret client secret"  # noqa: S105  # of a provider that is not there
NEW: dict[str, Any] = {
    "name": "Acme ID",
    "protocol": "oidc",
    "settings": {"issuer": "https://login.acme.example", "client_id": "workix"},
    "secret": SECRET,
    "domains": ["ACME.example"],
    "group_roles": {"bosses": "admin"},
}


def outcome(answer: Answer) -> tuple[int, str, list[tuple[str, str]]]:
    return answer.status, answer.body["code"], [(each["field"], each["code"]) for each in answer.body.get("errors", [])]


def test_an_admin_adds_changes_and_removes_a_provider(acme: Cast, alice: Api) -> None:
    added = alice.post("identity-providers/", NEW)
    path = f"identity-providers/{added.body['id']}/"
    assert (added.status, added.headers["Location"]) == (201, f"/api/v1/{path}")
    told = {name: added.body[name] for name in added.body if name not in ("id", "created_at", "updated_at")}
    assert told == {
        "name": "Acme ID",
        "protocol": "oidc",
        "is_enabled": False,
        "settings": {"issuer": "https://login.acme.example", "client_id": "workix", "groups_claim": "groups"},
        "has_secret": True,
        "domains": ["acme.example"],
        "is_authoritative": False,
        "creates_people": False,
        "default_role": "user",
        "group_roles": {"bosses": "admin"},
        "callback": f"/sso/{added.body['id']}/callback/",
    }
    assert alice.patch(path, {"is_enabled": True, "name": "Ours"}).body["is_enabled"] is True
    assert alice.get(path).body["name"] == "Ours"
    assert [each["name"] for each in alice.get("identity-providers/").body["results"]] == ["Ours"]
    assert (alice.delete(path).status, alice.get(path).status) == (204, 404)


def test_a_secret_is_shown_nowhere(acme: Cast, alice: Api) -> None:
    added = alice.post("identity-providers/", NEW)
    path = f"identity-providers/{added.body['id']}/"
    answers = [added, alice.get(path), alice.get("identity-providers/"), alice.patch(path, {"secret": SECRET + "!"})]
    everywhere = [str(answer.body) for answer in answers] + [
        str(rows(f"SELECT * FROM {table}", acme))  # noqa: S608  # names of tables
        for table in ("identity_providers", "audit_logs", "idempotency_keys")
    ]
    with use_tenant(acme.organization):
        provider = IdentityProvider.objects.get()
        everywhere += [repr(provider), str(provider)]
        assert provider_secrets.reveal(provider) == SECRET + "!"
    assert not [each for each in everywhere if SECRET in each]
    kept = rows("SELECT encrypted_secret FROM identity_providers", acme)[0][0]
    assert kept not in str(rows("SELECT * FROM audit_logs", acme))


def test_another_issuer_has_no_secret_until_it_is_given_anew(acme: Cast, alice: Api) -> None:
    path = f"identity-providers/{alice.post('identity-providers/', NEW).body['id']}/"
    settings = {"issuer": "https://evil.example", "client_id": "workix"}
    assert alice.patch(path, {"settings": settings}).body["has_secret"] is False
    changed = alice.patch(path, {"settings": NEW["settings"], "secret": SECRET})
    assert changed.body["has_secret"] is True
    assert alice.patch(path, {"name": "Ours"}).body["has_secret"] is True
    assert alice.patch(path, {"secret": ""}).body["has_secret"] is False


def test_a_secret_of_another_row_or_organization_can_not_be_read(
    acme: Cast, globex: Cast, alice: Api, gina: Api
) -> None:
    alice.post("identity-providers/", NEW)
    gina.post("identity-providers/", NEW)
    (kept,) = rows("SELECT encrypted_secret FROM identity_providers", acme)[0]
    rows("UPDATE identity_providers SET encrypted_secret = %(kept)s", globex, kept=kept)
    with use_tenant(globex.organization), pytest.raises(SignOnFailed):
        provider_secrets.reveal(IdentityProvider.objects.get())


@pytest.mark.parametrize(
    ("said", "field", "problem"),
    [
        ({"protocol": "ldap"}, "protocol", "invalid_choice"),
        ({"name": " "}, "name", "blank"),
        ({"name": "a\nb"}, "name", "invalid"),
        ({"settings": {}}, "settings.issuer", "invalid"),
        ({"settings": {"issuer": "http://login.acme.example"}}, "settings.issuer", "invalid"),
        ({"settings": {"issuer": "http://127.0.0.1"}}, "settings.issuer", "invalid"),
        ({"settings": {"issuer": "https://user@login.acme.example"}}, "settings.issuer", "invalid"),
        ({"settings": {"issuer": "https://login.acme.example?x=1"}}, "settings.issuer", "invalid"),
        ({"settings": {"issuer": "https://login.acme.example/#x"}}, "settings.issuer", "invalid"),
        ({"settings": {"issuer": "file:///etc/passwd"}}, "settings.issuer", "invalid"),
        ({"settings": {**NEW["settings"], "token_endpoint": "x"}}, "settings.token_endpoint", "unknown_field"),
        ({"settings": {**NEW["settings"], "client_id": "a\nb"}}, "settings.client_id", "invalid"),
        ({"domains": ["not a domain"]}, "domains.0", "invalid"),
        ({"domains": ["*"]}, "domains.0", "invalid"),
        ({"domains": ["acme.example b.example"]}, "domains.0", "invalid"),
        ({"default_role": "admin"}, "default_role", "invalid_choice"),
        ({"group_roles": {"": "admin"}}, "group_roles", "invalid"),
        ({"group_roles": {"a\nb": "admin"}}, "group_roles", "invalid"),
        ({"is_enabled": True}, "is_enabled", "unknown_field"),
        ({"encrypted_secret": "x"}, "encrypted_secret", "unknown_field"),
    ],
)
def test_what_can_not_be_said_of_a_provider(
    acme: Cast, alice: Api, said: dict[str, Any], field: str, problem: str
) -> None:
    refused = alice.post("identity-providers/", NEW | said)
    assert outcome(refused) == (400, "validation_error", [(field, problem)])
    assert rows("SELECT count(*) FROM identity_providers", acme) == [(0,)]


@pytest.mark.parametrize("said", [{"domains": []}, {"settings": {"issuer": "https://login.acme.example"}}])
def test_without_all_it_needs_a_provider_is_not_enabled(acme: Cast, alice: Api, said: dict[str, Any]) -> None:
    path = f"identity-providers/{alice.post('identity-providers/', NEW | said).body['id']}/"
    assert outcome(alice.patch(path, {"is_enabled": True})) == (409, "provider_not_complete", [])
    complete = alice.patch(path, {"is_enabled": True, "domains": NEW["domains"], "settings": NEW["settings"]})
    assert complete.body["is_enabled"] is True
    assert outcome(alice.patch(path, said)) == (409, "provider_not_complete", [])


def test_the_list_takes_the_same_statements_for_one_and_for_three(acme: Cast, alice: Api) -> None:
    alice.post("identity-providers/", NEW)
    alice.get("identity-providers/")
    one = len(statements_of(lambda: alice.get("identity-providers/")))
    for name in ("B", "C"):
        alice.post("identity-providers/", NEW | {"name": name})
    assert (one, len(statements_of(lambda: alice.get("identity-providers/")))) == (2, 2)


def test_the_trail_says_who_named_a_provider(acme: Cast, alice: Api) -> None:
    path = f"identity-providers/{alice.post('identity-providers/', NEW).body['id']}/"
    alice.patch(path, {"is_enabled": True})
    alice.delete(path)
    assert rows(
        "SELECT actor_label, action, resource_label FROM audit_logs"
        " WHERE resource_type = 'identity_provider' ORDER BY created_at, id",
        acme,
    ) == [("alice@acme.example", f"identity_provider.{act}", "Acme ID") for act in ("created", "updated", "deleted")]
