"""Rotation of role passwords: under whichever of the secrets a role is, it is let in, and nothing is repaired."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from tenants.backend.pool import shared_pool
from tenants.isolation import owner
from tenants.isolation.credentials import password_of, passwords_of, verifier_of
from tenants.isolation.database_roles import control_role, login_roles, tenant_role
from tenants.isolation.server_roles.other_platforms import lets_us_in
from tenants.isolation.server_roles.password_rotation import rotate
from tenants.isolation.sessions import logging_in
from tenants.provisioning import open_organization
from tenants.scope import use_platform, use_tenant
from tenants.trail.sequencing import sequencer
from tests.cast import Cast
from tests.metrics import Change
from workix.config.secrets import Secret

OLD, NEW = "an-old-secret-of-roles-" + "0123456789" * 2, "a-new-secret-of-roles-" + "9876543210" * 2


@pytest.fixture
def under(settings: Settings) -> Callable[..., None]:
    """Derive passwords from these, the newest first."""

    def of(*secrets: str) -> None:
        named = Secret(",".join(secrets)) if secrets else None
        settings.WORKIX = settings.WORKIX.model_copy(update={"role_secrets": named})
        shared_pool(20).clear()

    return of


@pytest.fixture
def put_back(acme: Cast, under: Callable[..., None]) -> Iterator[None]:
    yield
    under()
    rotate([*login_roles(), tenant_role(acme.organization)])


def whoami() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return str(cursor.fetchone()[0])


def come_in(acme: Cast) -> list[str]:
    """Log in as everybody there is, each on a connection that is opened for it."""
    shared_pool(20).clear()
    with use_tenant(acme.organization):
        names = [whoami()]
    with use_platform():
        names.append(whoami())
    with sequencer() as session:
        names.extend(row[0] for row in session.execute("SELECT session_user"))
    return names


def test_before_while_and_after_it_rotates_everybody_comes_in(
    acme: Cast, under: Callable[..., None], put_back: None
) -> None:
    everybody = [acme.organization.schema_name, *(role.name for role in login_roles()[:2])]
    roles = [*login_roles(), tenant_role(acme.organization)]
    with Change("workix_role_repairs_total", outcome="ok") as repaired:
        under(NEW)
        assert come_in(acme) == everybody, "before: all are under the master secret"
        assert rotate(roles[:1]) == [control_role().name]
        assert come_in(acme) == everybody, "half-way"
        assert rotate(roles) == [role.name for role in roles[1:]]
        assert come_in(acme) == everybody, "after"
        assert (rotate(roles), [lets_us_in(owner.database().name, role) for role in roles]) == ([], [True] * 4)
        under("a-third-secret-of-roles-" + "5" * 20, NEW)
        assert come_in(acme) == everybody, "the next time"
    assert repaired.by == 0


def test_the_password_before_opens_nothing_once_it_was_rotated(
    acme: Cast, under: Callable[..., None], put_back: None
) -> None:
    role = tenant_role(acme.organization)
    old = role.address(owner.database())
    owner.connect(old).close()
    under(NEW)
    rotate([role])
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        owner.connect(old)
    assert logging_in.address_that_opens(role).password == password_of(role.name, role.version) != old.password


def test_an_organization_that_is_opened_meanwhile_has_a_password_of_its_own_under_the_newest(
    acme: Cast, under: Callable[..., None], put_back: None
) -> None:
    """What the template was written down with is the nil role's, under the secret before."""
    under(NEW)
    opened = open_organization(name="Hooli", slug="hooli", populate=lambda _organization: None)
    role = tenant_role(opened)
    with owner.connect(owner.find_superuser()) as behind:
        kept = behind.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [role.name]).fetchone()
    assert kept == (verifier_of(role.name, role.version),)


def test_the_command_says_how_many_and_a_second_time_none(
    acme: Cast, under: Callable[..., None], put_back: None
) -> None:
    def said() -> Any:
        call_command("rotate_role_passwords", "--json", stdout=(out := io.StringIO()))
        return json.loads(out.getvalue())

    under(NEW)
    first = said()
    assert (len(first["rotated"]), acme.organization.schema_name in first["rotated"]) == (first["roles"], True)
    assert said() == {"roles": first["roles"], "rotated": []}
    under()
    assert len(said()["rotated"]) == first["roles"]


def test_the_newest_comes_first_and_the_master_secret_last(under: Callable[..., None]) -> None:
    under()
    (master,) = passwords_of("org_a", 1)
    under(NEW, OLD)
    newest, old, last = passwords_of("org_a", 1)
    assert (newest, last) == (password_of("org_a", 1), master)
    assert len({newest, old, last}) == 3
