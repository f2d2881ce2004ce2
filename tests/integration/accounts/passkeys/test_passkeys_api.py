"""GET and POST /me/passkeys/, POST …/options/, PATCH and DELETE …/{id}/."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from accounts.models import Passkey
from accounts.passkeys.registration import MOST
from tenants.scope import use_tenant
from tests.acts import rows, statements_of
from tests.cast import Api, Cast
from tests.integration.accounts.passkeys.authenticators import (
    HOST,
    Authenticator,
    at_host,
    b64,
    log_in_with,
    offer,
    options_of,
    person,
    register,
)
from tests.integration.accounts.second_factors.phones import actions, give_phone, let_log_in_age, outcome


@pytest.fixture
def alice(acme: Cast) -> Api:
    return person(acme)


def test_the_options_ask_for_a_discoverable_credential_of_a_verified_person(acme: Cast, alice: Api) -> None:
    options, user = options_of(alice), acme.people["alice"]
    challenge = options.pop("challenge")
    assert (len(challenge), options) == (
        86,
        {
            "rp": {"id": HOST, "name": "Acme"},
            "user": {"id": b64(user.id.bytes), "name": "alice@acme.example", "displayName": "Alice"},
            "pubKeyCredParams": [{"type": "public-key", "alg": alg} for alg in (-7, -8, -257)],
            "timeout": 300_000,
            "excludeCredentials": [],
            "authenticatorSelection": {
                "residentKey": "required",
                "requireResidentKey": True,
                "userVerification": "required",
            },
            "attestation": "none",
            "extensions": {"credProps": True},
        },
    )


def test_a_passkey_is_added_with_recovery_codes_listed_renamed_and_removed(acme: Cast, alice: Api) -> None:
    authenticator = Authenticator()
    answer = offer(alice, authenticator.create(options_of(alice)))
    codes = answer.body.pop("recovery_codes")
    identity, made = answer.body["id"], answer.body["created_at"]
    shown = {"id": identity, "name": "Laptop", "rp_id": HOST, "is_backed_up": False, "last_used_at": None}
    assert (answer.status, len(codes), answer.body) == (201, 10, shown | {"created_at": made})
    assert alice.get("me/passkeys/").body["results"] == [answer.body]
    renamed = alice.patch(f"me/passkeys/{identity}/", {"name": " Old laptop "})
    assert (renamed.status, renamed.body["name"]) == (200, "Old laptop")
    assert options_of(alice)["excludeCredentials"] == [
        {"type": "public-key", "id": b64(authenticator.credential_id), "transports": ["hybrid", "internal"]}
    ]
    assert alice.delete(f"me/passkeys/{identity}/").status == 204
    assert alice.get("me/passkeys/").body["count"] == 0
    assert actions(acme, "passkey.%") == ["passkey.created", "passkey.updated", "passkey.deleted"]
    assert rows("SELECT count(*) FROM recovery_codes", acme) == [(0,)]


def test_its_person_is_told_by_mail_when_one_is_added_and_removed(acme: Cast, alice: Api) -> None:
    register(alice)
    (identity,) = (each["id"] for each in alice.get("me/passkeys/").body["results"])
    alice.delete(f"me/passkeys/{identity}/")
    asked = (
        "SELECT args->>'event' FROM procrastinate_jobs WHERE task_name = 'accounts.send_second_factor_mail' ORDER BY id"
    )
    assert rows(asked) == [("passkey_added",), ("passkey_removed",)]


def test_who_has_recovery_codes_keeps_them(acme: Cast, alice: Api) -> None:
    give_phone(acme)
    answer = offer(alice, Authenticator().create(options_of(alice)))
    assert (answer.status, answer.body["recovery_codes"]) == (201, [])
    (identity,) = (each["id"] for each in alice.get("me/passkeys/").body["results"])
    alice.delete(f"me/passkeys/{identity}/")
    assert rows("SELECT count(*) FROM recovery_codes", acme) == [(10,)]


@pytest.mark.parametrize("algorithm", [-7, -8, -257])
def test_each_algorithm_that_is_offered_logs_in(alice: Api, algorithm: int) -> None:
    assert log_in_with(register(alice, Authenticator(algorithm))).status == 200


def test_nobody_has_more_than_twenty(acme: Cast, alice: Api) -> None:
    register(alice)
    with use_tenant(acme.organization):
        first = Passkey.objects.get()
        for number in range(1, MOST):
            first.pk, first.credential_id = UUID(int=number), f"number-{number}"
            first.save(force_insert=True)
    assert outcome(offer(alice, Authenticator().create(options_of(alice)))) == (409, "too_many_passkeys")


def test_adding_and_removing_ask_for_a_recent_log_in(acme: Cast, alice: Api) -> None:
    register(alice)
    (identity,) = (each["id"] for each in alice.get("me/passkeys/").body["results"])
    let_log_in_age(acme, timedelta(minutes=16))
    asked = [alice.post("me/passkeys/options/"), offer(alice, {}), alice.delete(f"me/passkeys/{identity}/")]
    assert {outcome(answer) for answer in asked} == {(403, "reauthentication_required")}


def test_the_host_of_the_platform_is_no_place_for_an_organizations_passkeys(alice: Api) -> None:
    assert outcome(at_host(alice, "localhost").post("me/passkeys/options/")) == (409, "passkeys_not_here")


def test_an_ip_address_is_no_relying_party() -> None:
    assert outcome(Api(host="127.0.0.1").post("auth/passkey/options/")) == (409, "passkeys_not_here")


def test_a_page_beneath_the_host_may_ask_where_the_organization_lets_it_call(acme: Cast, alice: Api) -> None:
    beneath = "https://app.acme.localhost"
    authenticator = register(alice)
    authenticator.origin = beneath
    assert log_in_with(authenticator).status == 401
    assert alice.patch("organization/policies/", {"allowed_origins": [beneath, "https://acme.example"]}).status == 200
    assert log_in_with(authenticator).status == 200
    authenticator.origin = "https://acme.example"
    assert log_in_with(authenticator).status == 401


def test_a_list_takes_the_same_statements_whatever_its_length(alice: Api) -> None:
    register(alice)
    one = len(statements_of(lambda: alice.get("me/passkeys/")))
    register(alice)
    register(alice)
    assert (len(statements_of(lambda: alice.get("me/passkeys/"))), alice.get("me/passkeys/").body["count"]) == (one, 3)
