"""Sandbox organizations of the client tests: people of each role with their tokens, and an API key, as a developer gets them."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.cast import PASSWORD
from tests.customers import Customer
from tests.servers import Platform

Sandbox = dict[str, Any]

_SCOPES = ["quotas:read", "quotas:consume", "users:read", "audit:read", "scim:provision"]
_NUMBERS = count(1)


def open_sandbox(platform: Platform) -> Sandbox:
    """Open an organization with an admin, a user and a viewer, who confirmed their addresses, and with a key."""
    admin = Customer(platform, f"hooli{next(_NUMBERS)}")
    admin.begin()
    people = [_person(platform, admin, role) for role in ("user", "viewer")]
    key = admin.call("POST", "api-keys/", {"name": "Sandbox", "scopes": _SCOPES})
    assert key.status == 201, key.body
    return {
        "organization": admin.call("GET", "organization/").body,
        "base_url": f"http://localhost:{platform.port}",
        "people": [_logged_in(admin, "admin"), *people],
        "api_key": key.body["key"],
    }


def person_of(sandbox: Sandbox, role: str) -> dict[str, str]:
    return next(person for person in sandbox["people"] if person["role"] == role)


def _person(platform: Platform, admin: Customer, role: str) -> dict[str, str]:
    somebody = Customer(platform, admin.slug, f"{role}@{admin.slug}.example")
    body = {"email": somebody.address, "password": PASSWORD, "role": role}
    assert admin.call("POST", "users/", body).status == 201
    assert somebody.call("POST", "auth/confirm-email/", {"token": somebody.link()}).status == 204
    return _logged_in(somebody, role)


def _logged_in(somebody: Customer, role: str) -> dict[str, str]:
    answer = somebody.log_in()
    assert answer.status == 200, answer.body
    tokens = {"access_token": answer.body["access"], "refresh_token": answer.body["refresh"]}
    return {"role": role, "email": somebody.address, "password": PASSWORD, **tokens}
