"""Networks of an organization (CIDR): who comes from elsewhere gets in nowhere, and nobody shuts themselves out."""

from __future__ import annotations

from ipaddress import ip_network

import psycopg
import pytest
from pytest_django.fixtures import Settings

from tenants.policies import clear_networks
from tests.acts import rows, statements_of
from tests.browsers import browser_of
from tests.cast import PASSWORD, PLATFORM, Answer, Api, Cast

POLICIES = "organization/policies/"
OFFICE, ELSEWHERE = "198.51.100.7", "203.0.113.9"
NETWORKS = ["198.51.100.0/24", "2001:db8::/32"]
REFUSED = (403, "network_not_allowed")


@pytest.fixture(autouse=True)
def _a_proxy_says_where_one_is(settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"trusted_proxies": (ip_network("127.0.0.1/32"),)})


def limit(alice: Api, networks: list[str] | None = None) -> Answer:
    wanted = {"allowed_networks": NETWORKS if networks is None else networks}
    return alice.patch(POLICIES, wanted, X_Forwarded_For=OFFICE)


def seen(answer: Answer) -> tuple[int, object]:
    return answer.status, answer.body.get("code") if isinstance(answer.body, dict) else None


def test_an_admin_decides_and_the_trail_says_what_was_before(acme: Cast, alice: Api) -> None:
    decided = limit(alice, ["2001:DB8::/32", "198.51.100.0/24", "2001:db8::/32"])
    reached = {
        "allowed_origins": [],
        "allowed_networks": ["2001:db8::/32", "198.51.100.0/24"],
        "allows_switching": False,
    }
    assert (decided.status, {name: decided.body[name] for name in reached}) == (200, reached)
    limit(alice, [])
    changes = rows(
        "SELECT changes FROM audit_logs WHERE action = 'organization.policies_changed' ORDER BY created_at", acme
    )
    assert changes == [
        ({"allowed_networks": [[], ["2001:db8::/32", "198.51.100.0/24"]]},),
        ({"allowed_networks": [["2001:db8::/32", "198.51.100.0/24"], []]},),
    ]


@pytest.mark.parametrize("host", [PLATFORM, "acme.localhost"])
@pytest.mark.parametrize(
    ("address", "status"), [(OFFICE, 200), ("2001:db8::1", 200), (ELSEWHERE, 403), ("unknown", 403)]
)
def test_a_token_is_good_from_an_allowed_network_only(alice: Api, host: str, address: str, status: int) -> None:
    assert Api(alice.access, host).get("me/", X_Forwarded_For=address).status == 200
    limit(alice)
    assert Api(alice.access, host).get("me/", X_Forwarded_For=address).status == status


def test_what_the_client_says_itself_counts_for_nothing(alice: Api, settings: Settings) -> None:
    limit(alice)
    settings.WORKIX = settings.WORKIX.model_copy(update={"trusted_proxies": ()})
    refused = alice.get("me/", X_Forwarded_For=OFFICE, X_Real_IP=OFFICE, Forwarded=f"for={OFFICE}")
    assert seen(refused) == REFUSED
    assert refused.body["detail"] == ("This organization lets nobody in from 127.0.0.1. Come from a network it allows.")


def test_nobody_logs_in_or_refreshes_from_elsewhere(acme: Cast, alice: Api, anonymous: Api) -> None:
    body = {"email": "bob@acme.example", "password": PASSWORD, "organization": "acme"}
    session = anonymous.post("auth/login/", body, X_Forwarded_For=OFFICE).body
    limit(alice)
    assert seen(anonymous.post("auth/login/", body, X_Forwarded_For=ELSEWHERE)) == REFUSED
    wrong = {**body, "password": "a wrong guess of somebody"}
    assert seen(anonymous.post("auth/login/", wrong, X_Forwarded_For=ELSEWHERE)) == (401, "invalid_credentials")
    refresh = {"refresh": session["refresh"]}
    assert seen(anonymous.post("auth/refresh/", refresh, X_Forwarded_For=ELSEWHERE)) == REFUSED
    assert anonymous.post("auth/refresh/", refresh, X_Forwarded_For=OFFICE).status == 200, "the refusal spent nothing"
    assert anonymous.post("auth/login/", body, X_Forwarded_For=OFFICE).status == 200


def test_the_dashboard_is_shut_too_and_says_why(acme: Cast, alice: Api) -> None:
    browser = browser_of(acme, "alice")
    limit(alice)
    for page in ("/admin/", "/admin/login/"):
        refused = browser.get(page, X_Forwarded_For=ELSEWHERE)
        assert (refused.status, f"lets nobody in from {ELSEWHERE}" in refused.words) == (403, True)
    assert browser.get("/admin/", X_Forwarded_For=OFFICE).status == 200


def test_another_organization_is_not_concerned(alice: Api, gina: Api) -> None:
    limit(alice)
    assert gina.get("me/", X_Forwarded_For=ELSEWHERE).status == 200


def test_nobody_shuts_themselves_out(alice: Api) -> None:
    refused = limit(alice, ["203.0.113.0/24"])
    assert (refused.status, refused.body["errors"]) == (
        400,
        [
            {
                "field": "allowed_networks",
                "code": "shuts_you_out",
                "detail": f"You come from {OFFICE}, which is in none of these: you would shut yourself out.",
            }
        ],
    )
    assert alice.get(POLICIES).body["allowed_networks"] == []


def test_an_operator_is_the_way_back_and_says_why(acme: Cast, alice: Api) -> None:
    limit(alice)
    for _ in range(2):
        clear_networks("acme", reason="Their provider gave them another network.")
    assert alice.get("me/", X_Forwarded_For=ELSEWHERE).status == 200
    written = rows("SELECT changes, reason FROM audit_logs WHERE reason <> ''", acme)
    assert written == [({"allowed_networks": [NETWORKS, []]}, "Their provider gave them another network.")]


@pytest.mark.parametrize("wrong", ["10.0.0.5/24", "*", "", 1, None, {}, "10.0.0.0/8\x00", "::ffff:198.51.100.0/120"])
def test_what_is_no_network_is_refused_by_its_place(alice: Api, wrong: object) -> None:
    refused = limit(alice, ["198.51.100.0/24", wrong])  # type: ignore[list-item]  # that is what is tried
    assert (refused.status, refused.body["errors"][0]["field"]) == (400, "allowed_networks.1")
    assert alice.get(POLICIES).body["allowed_networks"] == []


def test_there_are_fifty_at_most(alice: Api) -> None:
    many = ["198.51.100.0/24", *(f"10.{number}.0.0/16" for number in range(50))]
    assert limit(alice, many).status == 400
    assert limit(alice, many[:50]).body["allowed_networks"] == many[:50]


@pytest.mark.parametrize("kept", ["*", "10.0.0.0", "10.0.0.0/8\n", " ", "10.0.0.0/8  10.0.0.0/8", "x/8"])
def test_the_database_keeps_nothing_else(acme: Cast, kept: str) -> None:
    with pytest.raises(psycopg.errors.CheckViolation):
        rows("UPDATE organizations SET allowed_networks = %(kept)s WHERE slug = 'acme'", kept=kept)


def test_asking_where_somebody_is_asks_the_database_nothing(alice: Api) -> None:
    alice.get("me/", X_Forwarded_For=OFFICE)
    plain = statements_of(lambda: alice.get("me/", X_Forwarded_For=OFFICE))
    limit(alice)
    alice.get("me/", X_Forwarded_For=OFFICE)
    assert (len(plain), statements_of(lambda: alice.get("me/", X_Forwarded_For=OFFICE))) == (1, plain)
