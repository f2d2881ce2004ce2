"""API keys as a capability: nobody gives, keeps or gets to see more than they hold, and act and trail are one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.api_keys.keys import change, confirm, issue, keys, needs_confirmation, revoke, rotate
from accounts.api_keys.scopes import MoreThanYours
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import id_of, key_of
from workix.core.errors import Invalid, NotFound

HOUR = timedelta(hours=1)

#: What needs that one holds all that the key may do.
ACTS: dict[str, Callable[..., object]] = {
    "name": lambda key, **by: change(key, name="Mine", **by),
    "networks": lambda key, **by: change(key, networks=[], **by),
    "end": lambda key, **by: change(key, expires_at=None, **by),
    "fewer scopes": lambda key, **by: change(key, scopes=["quotas:read"], **by),
    "confirmation": confirm,
    "rotation": lambda key, **by: rotate(key, overlap=HOUR, **by),
    "rotation at once": lambda key, **by: rotate(key, overlap=timedelta(0), **by),
}


def kept(acme: Cast) -> list[tuple[Any, ...]]:
    return rows("SELECT to_jsonb(k) FROM api_keys AS k", acme)


@pytest.mark.parametrize("act", ACTS)
def test_a_key_that_may_do_more_is_not_ones_own_to_change(acme: Cast, act: str) -> None:
    key_of(acme, "quotas:read", "audit:read", networks=["10.0.0.0/8"])
    key, before = UUID(id_of(acme)), kept(acme)
    with use_tenant(acme.organization), pytest.raises(MoreThanYours):
        ACTS[act](key, by=acme.people["bob"], now=timezone.now())
    assert kept(acme) == before


@pytest.mark.parametrize("act", ACTS)
def test_a_key_that_may_do_no_more_is(acme: Cast, act: str) -> None:
    key_of(acme, "quotas:read", networks=["10.0.0.0/8"], expires_at=timezone.now() + HOUR)
    key, before = UUID(id_of(acme)), kept(acme)
    with use_tenant(acme.organization):
        ACTS[act](key, by=acme.people["bob"], now=timezone.now())
    assert kept(acme) != before


def test_nobody_gives_what_they_do_not_hold(acme: Cast) -> None:
    key_of(acme, "quotas:read")
    bob, key = acme.people["bob"], UUID(id_of(acme))
    with use_tenant(acme.organization):
        for give in (
            lambda: issue(by=bob, now=timezone.now(), name="Mine", scopes=["quotas:read", "audit:read"]),
            lambda: change(key, by=bob, now=timezone.now(), scopes=["quotas:read", "audit:read"]),
        ):
            with pytest.raises(Invalid) as refused:
                give()
            assert (refused.value.field, refused.value.problem) == ("scopes", "not_held")
    assert rows("SELECT name, scopes FROM api_keys", acme) == [("Runner", "quotas:read")]


def test_whoever_writes_scopes_answers_for_them(acme: Cast) -> None:
    key_of(acme, "quotas:read", by="bob")
    key = UUID(id_of(acme))
    with use_tenant(acme.organization):
        change(key, by=acme.people["alice"], now=timezone.now(), scopes=["quotas:read", "audit:read"])
        (found,) = keys()
        assert (str(found.created_by), str(found.confirmed_by)) == ("bob@acme.example", "alice@acme.example")
        change(key, by=acme.people["alice"], now=timezone.now(), name="Another")
        assert needs_confirmation(keys().get()) is False


@pytest.mark.parametrize(
    ("action", "act"),
    [
        ("api_key.created", lambda key, by: issue(by=by, now=timezone.now(), name="Second", scopes=["quotas:read"])),
        ("api_key.updated", lambda key, by: change(key, by=by, now=timezone.now(), name="Second")),
        ("api_key.updated", lambda key, by: confirm(key, by=by, now=timezone.now())),
        ("api_key.rotated", lambda key, by: rotate(key, by=by, now=timezone.now(), overlap=timedelta(0))),
        ("api_key.deleted", lambda key, by: revoke(key, now=timezone.now())),
    ],
)
def test_without_an_entry_in_the_trail_nothing_is_done(acme: Cast, action: str, act: Callable[..., object]) -> None:
    key = key_of(acme)
    identity, before = UUID(id_of(acme)), kept(acme)
    rows(f"ALTER TABLE audit_logs ADD CONSTRAINT broken CHECK (action <> '{action}') NOT VALID", acme)
    try:
        with use_tenant(acme.organization), pytest.raises(IntegrityError):
            act(identity, acme.people["alice"])
    finally:
        rows("ALTER TABLE audit_logs DROP CONSTRAINT broken", acme)
    assert (kept(acme), Api(key).get("organization/").status) == (before, 200)


def test_a_key_of_another_organization_is_not_there(acme: Cast, globex: Cast) -> None:
    key_of(acme)
    key, gina = UUID(id_of(acme)), globex.people["gina"]
    with use_tenant(globex.organization):
        for act in (*ACTS.values(), lambda key, by, now: revoke(key, now=now)):
            with pytest.raises(NotFound):
                act(key, by=gina, now=timezone.now())
