"""/scim/v2/Users: what an identity provider does with people, and what comes of it here."""

from __future__ import annotations

from collections.abc import Callable

from django.core import mail

from tests.acts import rows, statements_of
from tests.browsers import browser_of
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import id_of
from tests.integration.accounts.scim.provider import (
    BASE,
    LIST,
    USER,
    carol,
    fault,
    found,
    patch,
    person,
    provider,
    replace,
    roles,
)


def test_a_person_is_added_as_a_viewer_and_read_back(acme: Cast) -> None:
    okta = provider(acme)
    answer = okta.post("scim/v2/Users", carol())
    made = answer.body
    assert (answer.status, answer.headers["Content-Type"]) == (201, "application/scim+json")
    assert answer.headers["Location"] == f"{BASE}/Users/{made['id']}" == made["meta"]["location"]
    assert made == {
        "schemas": [USER],
        "id": made["id"],
        "externalId": "00u1",
        "userName": "carol@acme.example",
        "name": {"givenName": "Carol", "familyName": "Cole"},
        "displayName": "Carol Cole",
        "active": True,
        "emails": [{"value": "carol@acme.example", "type": "work", "primary": True}],
        "groups": [{"value": "viewer", "$ref": f"{BASE}/Groups/viewer", "display": "Viewer"}],
        "meta": {
            "resourceType": "User",
            "created": made["meta"]["created"],
            "lastModified": made["meta"]["lastModified"],
            "location": f"{BASE}/Users/{made['id']}",
            "version": answer.headers["ETag"],
        },
    }
    assert okta.get(f"scim/v2/Users/{made['id']}").body == made


def test_who_is_added_has_no_password_proves_the_address_by_mail_and_opens_nothing_before(
    acme: Cast, run_jobs: Callable[[], None]
) -> None:
    provider(acme).post("scim/v2/Users", carol())
    kept = "SELECT left(password_hash, 1), email_confirmed_at FROM users WHERE email = 'carol@acme.example'"
    assert rows(kept, acme) == [("!", None)]
    before = rows("SELECT count(*) FROM public.email_index")
    run_jobs()
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["carol@acme.example"], "Confirm your e-mail address")
    ]
    assert rows("SELECT count(*) FROM public.email_index") == before
    tried = {"email": "carol@acme.example", "password": PASSWORD, "organization": "acme"}
    assert Api().post("auth/login/", tried).status == 401


def test_who_is_added_inactive_gets_the_mail_once_they_are_active(acme: Cast, run_jobs: Callable[[], None]) -> None:
    okta = provider(acme)
    made = okta.post("scim/v2/Users", carol(active=False)).body
    run_jobs()
    assert (made["active"], len(mail.outbox)) == (False, 0)
    assert okta.patch(f"scim/v2/Users/{made['id']}", replace("active", True)).body["active"] is True
    run_jobs()
    assert len(mail.outbox) == 1


def test_deactivation_ends_sessions_on_the_next_call(acme: Cast, bob: Api) -> None:
    okta, where = provider(acme), f"scim/v2/Users/{person(acme, 'bob')}"
    assert bob.get("me/").status == 200
    assert okta.patch(where, replace("active", False)).body["active"] is False
    assert (bob.get("me/").status, bob.get("me/").body["code"]) == (401, "session_revoked")
    tried = {"email": "bob@acme.example", "password": PASSWORD, "organization": "acme"}
    assert Api().post("auth/login/", tried).status == 401
    okta.patch(where, replace("active", True))
    assert Api().post("auth/login/", tried).status == 200


def test_who_is_deleted_is_gone_and_comes_back_as_the_same_person_and_a_viewer(acme: Cast) -> None:
    okta, where = provider(acme), f"scim/v2/Users/{person(acme, 'bob')}"
    okta.patch(where, replace("externalId", "00u2"))
    assert okta.delete(where).status == 204
    assert [fault(okta.get(where)), fault(okta.delete(where))] == [(404, "")] * 2
    assert found(okta.get("scim/v2/Users")) == ["alice", "vera"]
    back = okta.post("scim/v2/Users", {"schemas": [USER], "userName": "bob@acme.example"})
    assert (back.status, back.body["id"]) == (201, person(acme, "bob"))
    assert ("externalId" in back.body, "name" in back.body) == (False, False)
    assert roles(acme)["bob"] == "viewer"


def test_seats_are_counted_exactly(acme: Cast) -> None:
    okta = provider(acme)
    full = "UPDATE quotas SET \"limit\" = 4 WHERE resource = 'users' AND organization_id = %(id)s"
    rows(full, id=acme.organization.id)
    assert okta.post("scim/v2/Users", carol()).status == 201
    refused = okta.post("scim/v2/Users", carol(userName="dave@acme.example"))
    assert fault(refused) == (403, "")
    made = okta.get('scim/v2/Users?filter=userName eq "carol@acme.example"').body["Resources"][0]
    okta.delete(f"scim/v2/Users/{made['id']}")
    assert okta.post("scim/v2/Users", carol(userName="dave@acme.example")).status == 201


def test_the_last_active_admin_stays(acme: Cast) -> None:
    okta, where = provider(acme), f"scim/v2/Users/{person(acme, 'alice')}"
    assert fault(okta.delete(where)) == (409, "")
    assert fault(okta.patch(where, replace("active", False))) == (409, "")
    assert fault(okta.call("PUT", where, {"schemas": [USER], "userName": "alice@acme.example", "active": False})) == (
        409,
        "",
    )
    assert okta.get(where).body["active"] is True


def test_an_admin_who_is_activated_again_by_a_key_is_a_viewer(acme: Cast, alice: Api) -> None:
    bob = person(acme, "bob")
    alice.patch(f"users/{bob}/", {"role": "admin"})
    okta = provider(acme)
    okta.patch(f"scim/v2/Users/{bob}", replace("active", False))
    assert roles(acme)["bob"] == "admin"
    okta.patch(f"scim/v2/Users/{bob}", replace("active", True))
    assert roles(acme)["bob"] == "viewer"


def test_an_invitation_gives_its_seat_to_who_is_provisioned(acme: Cast, alice: Api) -> None:
    alice.post("invitations/", {"email": "carol@acme.example", "role": "user"})
    assert provider(acme).post("scim/v2/Users", carol()).status == 201
    assert rows("SELECT status FROM invitations", acme) == [("withdrawn",)]


def test_what_a_key_does_is_in_the_trail_as_the_keys(acme: Cast) -> None:
    okta = provider(acme)
    made = okta.post("scim/v2/Users", carol()).body["id"]
    okta.patch(f"scim/v2/Users/{made}", replace("name.givenName", "Caroline"))
    okta.delete(f"scim/v2/Users/{made}")
    asked = (
        "SELECT action, actor_type, actor_id::text FROM audit_logs WHERE resource_id = %(id)s ORDER BY created_at, id"
    )
    key = id_of(acme)
    assert rows(asked, acme, id=made) == [
        (action, "api_key", key) for action in ("user.created", "user.updated", "user.deleted")
    ]


def test_a_provider_that_repeats_itself_changes_nothing(acme: Cast) -> None:
    okta, where = provider(acme), f"scim/v2/Users/{person(acme, 'bob')}"
    first = okta.patch(where, replace("name.familyName", "Brown"))
    entries = rows("SELECT count(*) FROM audit_logs", acme)
    again = okta.patch(where, replace("name.familyName", "Brown"))
    assert (again.body, again.headers["ETag"]) == (first.body, first.headers["ETag"])
    assert rows("SELECT count(*) FROM audit_logs", acme) == entries


def test_a_patch_is_done_as_a_whole_or_not_at_all(acme: Cast) -> None:
    okta, where = provider(acme), f"scim/v2/Users/{person(acme, 'bob')}"
    before = okta.get(where).body
    half = patch(
        {"op": "replace", "path": "name.givenName", "value": "Robert"}, {"op": "replace", "path": "id", "value": "x"}
    )
    assert fault(okta.patch(where, half)) == (400, "mutability")
    assert okta.get(where).body == before


def test_the_same_post_with_one_idempotency_key_adds_one_person(acme: Cast) -> None:
    okta = provider(acme)
    first, again = (okta.post("scim/v2/Users", carol(), Idempotency_Key="once") for _ in range(2))
    assert (first.status, again.status, again.body) == (201, 201, first.body)
    assert again.headers["Idempotency-Replayed"] == "true"


def test_one_person_and_three_take_the_same_number_of_queries(acme: Cast) -> None:
    okta = provider(acme)
    assert len(okta.get("scim/v2/Users").body["Resources"]) == 3
    three = statements_of(lambda: okta.get("scim/v2/Users"))
    rows("UPDATE users SET deleted_at = now() WHERE email <> 'alice@acme.example'", acme)
    one = statements_of(lambda: okta.get("scim/v2/Users"))
    assert (len(one), len(three)) == (4, 4)


def test_people_are_listed_in_pages_in_the_order_they_came(acme: Cast) -> None:
    answer = provider(acme).get("scim/v2/Users?startIndex=2&count=1")
    said = {name: value for name, value in answer.body.items() if name != "Resources"}
    assert said == {"schemas": [LIST], "totalResults": 3, "startIndex": 2, "itemsPerPage": 1}
    assert found(answer) == ["bob"]


def test_the_dashboard_says_by_what_a_provider_knows_somebody(acme: Cast) -> None:
    browser, where = browser_of(acme, "alice"), f"/admin/accounts/user/{person(acme, 'bob')}/change/"
    assert "Id at the identity provider" not in browser.get(where).words
    provider(acme).patch(f"scim/v2/Users/{person(acme, 'bob')}", replace("externalId", "00u-bob"))
    assert "Id at the identity provider: 00u-bob" in browser.get(where).words
