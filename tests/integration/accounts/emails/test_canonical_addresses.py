"""One mailbox is one person, however its address is written: people, log-ins, counters, the e-mail index."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from accounts.email_index import address_hash, organizations_of
from tenants.isolation.owner import acting_as_owner
from tests.acts import join, rows
from tests.browsers import Browser
from tests.cast import PASSWORD, Api, Cast

pytestmark = pytest.mark.fault("E7")
migration = import_module("accounts.migrations.0005_canonical_addresses")
CANONICAL = "user@xn--bcher-kva.example"
SPELLINGS = [
    "user@bücher.example",
    "USER@xn--bcher-kva.example",
    "user@b\u00adücher.example",
    "user@bu\u0308cher.example",
]


def log_in(address: str) -> int:
    return Api().post("auth/login/", {"email": address, "password": PASSWORD, "organization": "acme"}).status


def body(address: str) -> dict[str, Any]:
    return {"email": address, "password": PASSWORD, "role": "viewer"}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_is_the_same_person(acme: Cast, alice: Api, spelling: str) -> None:
    join(acme, SPELLINGS[0])
    assert rows("SELECT email FROM users WHERE email LIKE 'user@%%'", acme) == [(CANONICAL,)]
    assert (log_in(spelling), log_in(CANONICAL)) == (200, 200)
    again = alice.post("users/", body(spelling))
    assert (again.status, again.body["errors"][0]["code"]) == (400, "unique")


@pytest.mark.parametrize(
    "address", ["us\u00ader@acme.example", "\u0131da@acme.example", "user@[127.0.0.1]", '"a b"@acme.example']
)
def test_what_is_not_deliverable_takes_no_seat(acme: Cast, alice: Api, address: str) -> None:
    refused = alice.post("users/", body(address))
    assert (refused.status, refused.body["errors"][0]["field"]) == (400, "email")
    opened = {"name": "I", "slug": "initech", "admin": {"email": address, "password": PASSWORD}}
    refused = Api().post("organizations/", opened)
    assert (refused.status, refused.body["errors"][0]["field"]) == (400, "admin.email")
    browser = Browser(acme.host)
    browser.log_in("alice@acme.example")
    assert browser.post("/admin/accounts/invitation/add/", email=address, role="viewer").status == 200
    invited = alice.post("invitations/", {"email": address})
    assert (invited.status, invited.body["errors"][0]["field"]) == (400, "email")
    assert rows("SELECT count(*) FROM users", acme) + rows("SELECT count(*) FROM invitations", acme) == [(3,), (0,)]


def test_guesses_at_every_spelling_are_counted_together(acme: Cast) -> None:
    join(acme, CANONICAL)
    for number in range(10):
        address = SPELLINGS[number % len(SPELLINGS)]
        Api().post("auth/login/", {"email": address, "password": "not it at all", "organization": "acme"})
    assert log_in(CANONICAL) == 429


def test_people_with_an_address_in_another_form_keep_their_log_in(acme: Cast) -> None:
    join(acme, CANONICAL)
    rows("UPDATE users SET email = 'user@bücher.example' WHERE email LIKE 'user@%%'", acme)
    old, new = address_hash("user@bücher.example"), address_hash(CANONICAL)
    rows("UPDATE email_index SET address_hash = %(old)s WHERE address_hash = %(new)s", old=old, new=new)
    with acting_as_owner(acme.organization.schema_name), connection.schema_editor() as editor:
        migration.to_one_form(apps, editor)
    assert (log_in(CANONICAL), log_in("user@bücher.example")) == (200, 200)
    assert [each.slug for each in organizations_of(CANONICAL)] == ["acme"]


def test_of_two_people_with_one_address_the_first_form_stays(acme: Cast) -> None:
    join(acme, CANONICAL)
    join(acme, "other@bücher.example")
    rows("UPDATE users SET email = 'user@bücher.example' WHERE email LIKE 'other@%%'", acme)
    with acting_as_owner(acme.organization.schema_name), connection.schema_editor() as editor:
        migration.to_one_form(apps, editor)
    kept = rows("SELECT email FROM users WHERE email LIKE 'user@%%' ORDER BY email", acme)
    assert kept == [("user@bücher.example",), (CANONICAL,)]
