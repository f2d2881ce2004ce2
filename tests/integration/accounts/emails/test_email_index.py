"""The e-mail index: who has a line in it, the one home of an address, and the migration that takes unproven lines out."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.email_index import address_hash, home_of, organizations_of
from accounts.members import add, change, remove
from tenants.isolation.owner import acting_as_owner
from tenants.scope import use_tenant
from tests.acts import join, rows, statements_of
from tests.cast import PASSWORD, Api, Cast
from workix.core.permissions import Role

ALICE = "alice@acme.example"
ROSA = "rosa@nowhere.example"

migration = import_module("accounts.migrations.0004_index_proven_addresses")


def homes(address: str) -> list[str]:
    return [each.slug for each in organizations_of(address)]


def sign_up(slug: str, email: str = ROSA, password: str = PASSWORD) -> int:
    body = {"name": slug, "slug": slug, "admin": {"email": email, "password": password}}
    return Api().post("organizations/", body).status


def confirm_last() -> int:
    link = re.findall(r"/confirm-email/#(\S+)", str(mail.outbox[-1].body))[0]
    return Api().post("auth/confirm-email/", {"token": link}).status


@pytest.mark.fault("A2")
def test_claims_nobody_proved_take_no_place_from_a_proven_one(database: None, run_jobs: Callable[[], None]) -> None:
    for number in range(20):
        assert sign_up(f"claim-{number}", password="a stranger's long password") == 201
    run_jobs()
    assert sign_up("rosas") == 201
    run_jobs()
    assert confirm_last() == 204
    answer = Api().post("auth/login/", {"email": ROSA, "password": PASSWORD})
    assert (answer.status, answer.body.get("organization", {}).get("slug")) == (200, "rosas")
    assert homes(ROSA) == ["rosas"]


def test_an_address_has_a_line_from_its_confirmation_to_its_removal(acme: Cast, run_jobs: Callable[[], None]) -> None:
    with use_tenant(acme.organization):
        rosa = add(email=ROSA, password=PASSWORD, role=Role.USER, now=timezone.now())
    assert homes(ROSA) == []
    run_jobs()
    assert confirm_last() == 204
    assert homes(ROSA) == ["acme"]
    with use_tenant(acme.organization):
        remove(rosa.id, now=timezone.now())
    assert homes(ROSA) == []


def test_who_may_not_log_in_has_no_line_until_they_may_again(acme: Cast, run_jobs: Callable[[], None]) -> None:
    found = []
    for is_active in (False, True):
        with use_tenant(acme.organization):
            change(acme.people["bob"].id, is_active=is_active, now=timezone.now())
        found.append(homes("bob@acme.example"))
    assert found == [[], ["acme"]]


def test_who_may_log_in_again_and_never_proved_their_address_gets_no_line(acme: Cast) -> None:
    with use_tenant(acme.organization):
        rosa = add(email=ROSA, password=PASSWORD, role=Role.USER, now=timezone.now())
        for is_active in (False, True):
            change(rosa.id, is_active=is_active, now=timezone.now())
    assert homes(ROSA) == []


def test_a_home_is_the_only_one_and_found_in_one_statement(acme: Cast, globex: Cast) -> None:
    homeless = "nobody@nowhere.example"
    join(globex, ROSA)
    join(acme, ROSA)
    found = []
    for address in (homeless, ALICE, ROSA):
        assert len(statements_of(lambda address=address: found.append(home_of(address)))) == 1  # type: ignore[misc]
    assert found == [None, acme.organization, None]


def test_a_removed_organization_is_no_home(acme: Cast, globex: Cast) -> None:
    join(globex, ALICE)
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'globex'")
    assert home_of(ALICE) == acme.organization


def test_an_unconfirmed_person_learns_so_where_their_organization_is_named(acme: Cast) -> None:
    with use_tenant(acme.organization):
        add(email=ROSA, password=PASSWORD, role=Role.USER, now=timezone.now())
    who = {"email": ROSA, "password": PASSWORD}
    named = Api().post("auth/login/", {**who, "organization": "acme"})
    there = Api(host="acme.localhost").post("auth/login/", who)
    unnamed = Api().post("auth/login/", who)
    assert [(each.status, each.body["code"]) for each in (named, there, unnamed)] == [
        (403, "email_not_confirmed"),
        (403, "email_not_confirmed"),
        (401, "invalid_credentials"),
    ]


def test_the_migration_takes_unproven_lines_out_and_back_leaves_the_others(acme: Cast, globex: Cast) -> None:
    with use_tenant(acme.organization):
        add(email=ROSA, password=PASSWORD, role=Role.USER, now=timezone.now())
    rows(
        "INSERT INTO email_index (id, address_hash, organization_id) VALUES (gen_random_uuid(), %(hash)s, %(id)s)",
        hash=address_hash(ROSA),
        id=acme.organization.id,
    )
    rows("UPDATE users SET is_active = false WHERE email = 'bob@acme.example'", acme)
    join(globex, ROSA)
    people = (ROSA, "bob@acme.example", ALICE)

    def migrate(step: Callable[..., None]) -> list[list[str]]:
        with acting_as_owner(acme.organization.schema_name), connection.schema_editor() as editor:
            step(apps, editor)
        return [homes(each) for each in people]

    assert [homes(each) for each in people] == [["acme", "globex"], ["acme"], ["acme"]]
    assert migrate(migration.keep_proven) == [["globex"], [], ["acme"]]
    assert migrate(migration.keep_all) == [["acme", "globex"], ["acme"], ["acme"]]
