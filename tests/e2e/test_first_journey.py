"""The README's story over HTTP, with real processes: Acme opens, fills up, looks back; Globex sees none of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import PASSWORD, Answer
from tests.customers import Customer
from tests.servers import Platform

pytestmark = pytest.mark.slow


@pytest.mark.requirement("S129")
@pytest.mark.requirement("S130")
@pytest.mark.requirement("S17")
def test_two_organizations_open_and_cannot_see_each_other(platform: Platform) -> None:
    acme, globex = Customer(platform, "acme"), Customer(platform, "globex")
    for customer in (acme, globex):
        opened = customer.open()
        assert (opened.status, opened.body["slug"], opened.body["status"]) == (201, customer.slug, "pending")
        refused = customer.log_in()
        assert (refused.status, refused.body["code"]) == (403, "email_not_confirmed")
        assert customer.call("POST", "auth/confirm-email/", {"token": customer.link()}).status == 204
        logged_in = customer.log_in()
        assert (logged_in.status, logged_in.body["organization"]["slug"]) == (200, customer.slug)
    assert (acme.call("GET", "me/").body["email"], acme.call("GET", "me/").body["role"]) == (acme.address, "admin")
    seats = [add(acme, number).status for number in range(5)]
    assert seats == [201, 201, 201, 201, 403]
    refused = add(acme, 6)
    assert (refused.body["code"], refused.body["resource"], refused.body["limit"]) == ("quota_exceeded", "users", 5)
    assert [each["action"] for each in acme.call("GET", "audit-logs/").body["results"]][::-1][:2] == [
        "user.created",
        "organization.opened",
    ]
    look_for_acme(globex, acme)


def add(customer: Customer, number: int) -> Answer:
    person = {"email": f"viewer{number}@{customer.slug}.example", "password": PASSWORD, "role": "viewer"}
    return customer.call("POST", "users/", person)


def look_for_acme(globex: Customer, acme: Customer) -> None:
    """First see that there is something to see, then that Globex does not."""
    people = acme.call("GET", "users/").body["results"]
    trail = acme.call("GET", "audit-logs/").body["results"]
    assert (len(people), len(trail) > 6) == (5, True)
    for path in [f"users/{each['id']}/" for each in people] + [f"audit-logs/{each['id']}/" for each in trail[:5]]:
        assert (acme.call("GET", path).status, globex.call("GET", path).status) == (200, 404)
    for path in ("users/", "audit-logs/", "quotas/", "me/"):
        assert acme.slug not in str(globex.call("GET", path).body)
        refused = globex.call("GET", path, host="acme.localhost")
        assert (refused.status, refused.body["code"]) == (403, "wrong_organization")
        assert acme.call("GET", path, host="acme.localhost").status == 200
    assert globex.call("GET", "quotas/users/").body["used"] == 1


def test_a_stranger_learns_nothing(platform: Platform) -> None:
    answer = platform.call("GET", "/api/v1/users/", host="nobodys.localhost")
    assert (answer.status, answer.body["code"]) == (404, "unknown_host")
    assert platform.call("GET", "/api/v1/users/").status == 401


def test_several_processes_serve_the_same_platform(platform: Platform) -> None:
    """What one process did, another knows, the confirmation included."""
    initech = Customer(platform, "initech")
    origin = platform.settings["WORKIX_PUBLIC_URL"]
    second = Platform.at(platform.settings, Path(platform.settings["WORKIX_VAR"]), WORKIX_PUBLIC_URL=origin)
    with second.serving():
        assert initech.open().status == 201
        initech.platform = second
        assert (
            initech.call(
                "POST", "auth/login/", {"email": initech.address, "password": PASSWORD, "organization": "initech"}
            ).status
            == 403
        )
        initech.platform = platform
        assert initech.call("POST", "auth/confirm-email/", {"token": initech.link()}).status == 204
        initech.platform = second
        body = {"email": initech.address, "password": PASSWORD, "organization": "initech"}
        answer = initech.call("POST", "auth/login/", body)
        assert answer.status == 200
        initech.access = answer.body["access"]
        initech.platform = platform
        assert initech.call("GET", "me/").status == 200
