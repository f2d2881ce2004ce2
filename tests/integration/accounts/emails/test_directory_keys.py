"""Rotation of directory keys: an address is found under each key, and hashed anew where it has a line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts import email_index
from accounts.email_index import address_hash, address_hashes, home_of, organizations_of, rehash
from accounts.members import change
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast
from workix.config.secrets import Secret

OLD, NEW = "an-old-directory-key-" + "0123456789" * 2, "a-new-directory-key-" + "9876543210" * 2
ALICE, BOB = "alice@acme.example", "bob@acme.example"
Under = Callable[..., None]


@pytest.fixture
def under(settings: Settings) -> Under:
    """Hash addresses under these, the newest first."""

    def of(*keys: str) -> None:
        named = Secret(",".join(keys)) if keys else None
        settings.WORKIX = settings.WORKIX.model_copy(update={"directory_keys": named})

    return of


def rehash_of(cast: Cast) -> int:
    with use_tenant(cast.organization):
        return rehash()


def lines(cast: Cast) -> set[str]:
    found = rows("SELECT address_hash FROM email_index WHERE organization_id = %(id)s", id=cast.organization.id)
    return {each for (each,) in found}


def log_in(address: str = ALICE) -> int:
    return Api().post("auth/login/", {"email": address, "password": PASSWORD}).status


def test_before_and_after_it_is_hashed_anew_an_address_leads_home(acme: Cast, globex: Cast, under: Under) -> None:
    before, elsewhere = lines(acme), lines(globex)
    assert address_hash(ALICE) in before
    under(NEW)
    assert (log_in(), home_of(BOB)) == (200, acme.organization), "found under the master secret"
    assert rehash_of(acme) == len(before)
    assert (address_hash(ALICE) in lines(acme), lines(acme) & before, lines(globex)) == (True, set(), elsewhere)
    assert (len(lines(acme)), log_in(), home_of(BOB)) == (len(before), 200, acme.organization)
    assert (rehash_of(acme), len(lines(acme))) == (len(before), len(before)), "once more, and it is as it was"
    under("a-third-directory-key-" + "5" * 20, NEW)
    assert (log_in(), rehash_of(acme)) == (200, len(before))


def test_a_line_is_never_twice_and_is_removed_under_each_key(acme: Cast, under: Under) -> None:
    before = lines(acme)
    under(NEW)
    with use_tenant(acme.organization):
        email_index.add(ALICE)
    assert organizations_of(ALICE) == [acme.organization], "two lines, one home"
    rehash_of(acme)
    assert len(lines(acme)) == len(before)
    with use_tenant(acme.organization):
        email_index.remove(ALICE)
    assert (organizations_of(ALICE), len(lines(acme))) == ([], len(before) - 1)


def test_who_may_not_log_in_gets_no_line(acme: Cast, under: Under) -> None:
    with use_tenant(acme.organization):
        change(acme.people["bob"].id, is_active=False, now=timezone.now())
    under(NEW)
    assert (rehash_of(acme), organizations_of(BOB), organizations_of(ALICE)) == (2, [], [acme.organization])


def test_the_command_says_how_many_addresses(acme: Cast, globex: Cast, under: Under) -> None:
    def said() -> int:
        call_command("rehash_email_index", "--json", stdout=(out := io.StringIO()))
        return int(json.loads(out.getvalue())["addresses"])

    ((all_of_them,),) = rows("SELECT count(*) FROM email_index")
    under(NEW, OLD)
    assert (said(), said()) == (all_of_them, all_of_them)
    assert len(set(address_hashes(ALICE))) == 3
