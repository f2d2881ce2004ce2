"""Keys of SCIM: who may provision people, what such a key never opens, and another organization's people."""

from __future__ import annotations

import pytest

from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import id_of, service
from tests.integration.accounts.scim.provider import carol, fault, patch, person, provider, replace
from tests.security.documents import Operation, operations

SCIM = [each for each in operations().values() if "/scim/" in each.path]


def path_of(operation: Operation, cast: Cast) -> str:
    identity = "user" if "Groups" in operation.path else person(cast, "bob")
    return operation.path.replace("{id}", identity)


@pytest.mark.parametrize("operation", SCIM, ids=lambda operation: operation.id)
def test_people_and_keys_without_the_scope_are_refused_whatever_they_ask(
    acme: Cast, alice: Api, operation: Operation
) -> None:
    path, body = path_of(operation, acme), operation.body or None
    assert fault(alice.call(operation.method, path, body)) == (401, "")
    other = service(acme, "users:read", "organization:read")
    assert fault(other.call(operation.method, path, body)) == (403, "")


def test_a_session_of_the_dashboard_is_nobody_here(acme: Cast) -> None:
    browser = browser_of(acme, "alice")
    assert browser.get("/api/v1/scim/v2/Users", Accept="*/*").status == 401


def test_a_key_of_scim_opens_nothing_else(acme: Cast) -> None:
    okta = provider(acme)
    paths = ("users/", "api-keys/", "organization/", "audit-logs/", "invitations/", "me/", "organization/policies/")
    assert [okta.get(path).status for path in paths] == [403] * len(paths)


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_person_of_another_organization_is_answered_like_nobody(acme: Cast, globex: Cast, method: str) -> None:
    body = {"PUT": carol(), "PATCH": replace("active", False)}.get(method)
    theirs = provider(globex).call(method, f"scim/v2/Users/{person(acme, 'bob')}", body)
    nobodys = provider(globex).call(method, "scim/v2/Users/00000000-0000-4000-8000-000000000000", body)
    assert (fault(theirs), theirs.body) == ((404, ""), nobodys.body)
    assert rows("SELECT is_active, deleted_at FROM users WHERE email = 'bob@acme.example'", acme) == [(True, None)]


def test_an_address_of_another_organization_opens_nothing_there(acme: Cast, globex: Cast) -> None:
    """Gina's address, added at Acme by a key: her log-in, which names no organization, leads to Globex as before."""
    index = rows("SELECT address_hash, organization_id FROM public.email_index ORDER BY 1, 2")
    okta = provider(acme)
    made = okta.post("scim/v2/Users", carol(userName="gina@globex.example")).body["id"]
    okta.patch(f"scim/v2/Users/{made}", replace("active", False))
    okta.patch(f"scim/v2/Users/{made}", replace("active", True))
    assert rows("SELECT address_hash, organization_id FROM public.email_index ORDER BY 1, 2") == index
    okta.delete(f"scim/v2/Users/{made}")
    assert rows("SELECT address_hash, organization_id FROM public.email_index ORDER BY 1, 2") == index


def test_a_key_moves_nobodys_mailbox_to_its_holder(acme: Cast) -> None:
    okta, alice = provider(acme), f"scim/v2/Users/{person(acme, 'alice')}"
    for change in (
        replace("userName", "eve@evil.example"),
        patch({"op": "add", "value": {"USERNAME": "eve@evil.example"}}),
    ):
        assert fault(okta.patch(alice, change)) == (400, "mutability")
    okta.patch(alice, replace('emails[type eq "work"].value', "eve@evil.example"))
    okta.patch(alice, patch({"op": "replace", "path": "password", "value": "correct horse battery staple 2"}))
    kept = rows("SELECT email, left(password_hash, 6) FROM users WHERE email LIKE 'alice%%'", acme)
    assert kept == [("alice@acme.example", "argon2")]


def test_a_key_that_is_revoked_provisions_nobody_from_the_next_call_on(acme: Cast, alice: Api) -> None:
    okta = provider(acme)
    assert okta.get("scim/v2/Users").status == 200
    alice.delete(f"api-keys/{id_of(acme)}/")
    assert fault(okta.get("scim/v2/Users")) == (401, "")


def test_a_refusal_is_in_the_trail_as_that_of_the_service(acme: Cast) -> None:
    assert fault(service(acme, "quotas:read").get("scim/v2/Users")) == (403, "")
    asked = "SELECT actor_type, resource_id FROM audit_logs WHERE action = 'access.refused'"
    assert rows(asked, acme) == [("api_key", "scim:provision")]
