"""Roles of a server: lost in a restore, changed by an upgrade, or another platform's; on a server where every role is ours."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from psycopg import sql

from accounts.models import User
from devserver.postgres.server import Cluster, EmbeddedPostgres
from tenants.backend.pool import shared_pool
from tenants.isolation import owner
from tenants.isolation.database_roles import (
    DatabaseRole,
    control_role,
    control_role_name,
    sequencer_role,
    sequencer_role_name,
    tenants_group,
    watchdog_role,
    watchdog_role_name,
)
from tenants.isolation.drift import find_drift
from tenants.isolation.roles import MEMBERSHIP_OPTIONS_SINCE
from tenants.isolation.server_capabilities import UnsafeServer
from tenants.models import Organization
from tenants.provisioning import open_organization
from tenants.schema.rollout import organizations, roll_out, set_up
from tenants.scope import use_tenant
from workix.config.secrets import Secret

CAP = 40
ATTRIBUTES = "The attributes of the role {role} were changed."
OPTIONS = "The options of the membership of {role} in {group} were changed."

pytestmark = [pytest.mark.isolation, pytest.mark.slow]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("roles") / "postgres", durable=False)
    yield server.start()
    server.stop()


@pytest.fixture
def platform(cluster: Cluster, settings: Any) -> Iterator[Organization]:
    """Run a platform of one organization on that server; everything is as declared after the test, too."""
    shared_pool(CAP).clear()
    settings.WORKIX = settings.WORKIX.model_copy(
        update={
            "database_url": cluster.owner,
            "setup_database_url": replace(cluster.superuser, name=cluster.owner.name),
        }
    )
    if not is_migrated():
        migrate()
        open_organization(name="Acme", slug="acme", populate=lambda _: None)
    yield organizations()[0]
    if drifts():
        migrate()
        assert drifts() == []
    shared_pool(CAP).clear()


def is_migrated() -> bool:
    with owner.connect() as connection:
        return connection.execute("SELECT to_regclass('public.organizations')").fetchone() != (None,)


def migrate() -> None:
    set_up(verbosity=0)
    assert [each.error for each in roll_out() if each.error] == []


def drifts() -> list[str]:
    return [drift.sentence for drift in find_drift(organizations()).drifts]


def as_superuser(*statements: str, **names: str) -> None:
    quoted = {name: sql.Identifier(value) for name, value in names.items()}
    superuser = owner.find_superuser()
    assert superuser is not None
    with owner.connect(superuser) as connection:
        for statement in statements:
            connection.execute(sql.SQL(statement).format(**quoted))  # type: ignore[arg-type]  # ours


def works(organization: Organization) -> bool:
    """Log in as the organization does, and look at its people."""
    shared_pool(CAP).clear()
    with use_tenant(organization):
        return User.objects.count() == 0


@pytest.mark.fault("F2")
def test_roles_that_a_restore_did_not_bring_are_made_anew(platform: Organization) -> None:
    names = (platform.schema_name, control_role_name(), sequencer_role_name(), watchdog_role_name(), tenants_group())
    shared_pool(CAP).clear()
    for name in names:
        as_superuser("DROP OWNED BY {role}", "DROP ROLE {role}", role=name)
    said = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("check_isolation", stdout=said)
    assert [f"The role {name} is missing" in said.getvalue() for name in names] == [True] * 5
    migrate()
    assert (drifts(), works(platform)) == ([], True)


@pytest.mark.fault("F2")
def test_grants_that_a_restore_could_not_give_are_given(platform: Organization) -> None:
    """Grants to roles that are not there fail: what is restored has none, as the schema template and as what nobody changed."""
    as_superuser(
        "UPDATE pg_class SET relacl = NULL WHERE relnamespace IN ('public'::regnamespace, '{role}'::regnamespace)",
        "UPDATE pg_type SET typacl = NULL WHERE typnamespace = 'public'::regnamespace",
        "UPDATE pg_namespace SET nspacl = NULL WHERE oid = '{role}'::regnamespace",
        "UPDATE pg_attribute SET attacl = NULL FROM pg_class AS c"
        " WHERE attrelid = c.oid AND relnamespace = '{role}'::regnamespace",
        role=platform.schema_name,
    )
    assert (
        f"A declared grant is missing: USAGE on schema {platform.schema_name} for {platform.schema_name}." in drifts()
    )
    migrate()
    assert (drifts(), works(platform)) == ([], True)


@pytest.mark.fault("F3")
def test_what_an_upgrade_did_to_memberships_is_repaired(platform: Organization) -> None:
    with owner.connect() as connection:
        if connection.info.server_version < MEMBERSHIP_OPTIONS_SINCE:
            pytest.skip("memberships have no options before PostgreSQL 16")
    role, group, control, sequencer = platform.schema_name, tenants_group(), control_role_name(), sequencer_role_name()
    watchdog = watchdog_role_name()
    as_superuser(
        "REVOKE {group} FROM {role} GRANTED BY {owner}",
        *(f"REVOKE {{{name}}} FROM {{owner}}" for name in ("role", "group", "control", "sequencer", "watchdog")),
        "GRANT {group} TO {role} WITH INHERIT TRUE, SET TRUE",
        role=role, group=group, control=control, sequencer=sequencer, watchdog=watchdog, owner=owner.database().user,
    )  # fmt: skip
    found = drifts()
    assert sorted(line for line in found if "ADMIN OPTION" in line) == sorted(
        f"The owner has no ADMIN OPTION on the role {name}. Run: manage.py migrate, with a superuser in"
        " WORKIX_SETUP_DATABASE_URL"
        for name in (role, group, control, sequencer, watchdog)
    )
    assert f"The options of the membership of {role} in {group} were changed." in found
    with pytest.raises(psycopg.Error), owner.connect() as connection:
        connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(role)))
    migrate()
    assert (drifts(), works(platform)) == ([], True)
    opened = open_organization(name="After", slug="after", populate=lambda _: None)
    assert works(opened)


@pytest.mark.fault("F1")
@pytest.mark.parametrize("forgotten", ["", "control", "group"])
def test_a_second_platform_with_the_same_prefix_is_refused_and_the_first_goes_on(
    platform: Organization, cluster: Cluster, settings: Any, forgotten: str
) -> None:
    """Where the first one's grants are not all there (a restore), either role that may connect says whose both are."""
    before = settings.WORKIX
    names = {"control": control_role_name(), "group": tenants_group(), "database": cluster.owner.name}
    if forgotten:
        as_superuser(f"REVOKE CONNECT ON DATABASE {{database}} FROM {{{forgotten}}}", **names)
    as_superuser("CREATE ROLE staging LOGIN CREATEROLE PASSWORD 'x'")
    as_superuser("CREATE DATABASE staging OWNER staging")
    theirs = replace(cluster.owner, user="staging", password=Secret("x"), name="staging")
    try:
        settings.WORKIX = before.model_copy(
            update={
                "database_url": theirs,
                "setup_database_url": replace(cluster.superuser, name="staging"),
                "master_secret": Secret("the secret of staging " * 3),
            }
        )
        with pytest.raises(
            UnsafeServer, match=rf"are another platform's, of the database {cluster.owner.name}: .*PREFIX"
        ):
            set_up(verbosity=0)
        settings.WORKIX = settings.WORKIX.model_copy(update={"role_prefix": "staging"})
        set_up(verbosity=0)
    finally:
        settings.WORKIX = before
        as_superuser("GRANT CONNECT ON DATABASE {database} TO {control}, {group}", **names)
        as_superuser("REVOKE ALL ON PARAMETER temp_file_limit FROM staging")
        as_superuser("DROP DATABASE staging WITH (FORCE)")
        as_superuser(
            "DROP ROLE IF EXISTS staging_control, staging_sequencer, staging_watchdog, staging_tenants, staging"
        )
    assert (drifts(), works(platform)) == ([], True)


@pytest.mark.fault("F1")
@pytest.mark.parametrize("role", [control_role, sequencer_role, watchdog_role])
@pytest.mark.parametrize("superuser", [True, False], ids=["with a superuser", "without"])
def test_a_log_in_that_does_not_work_is_seen_and_repaired(
    platform: Organization, settings: Any, superuser: bool, role: Callable[[], DatabaseRole]
) -> None:
    name = role().name
    as_superuser("ALTER ROLE {role} PASSWORD 'of another platform'", role=name)
    if not superuser:
        settings.WORKIX = settings.WORKIX.model_copy(update={"setup_database_url": None})
    assert f"Nobody can log in as the role {name} with the password that is derived for it." in drifts()
    call_command("check_isolation", "--repair", stdout=io.StringIO())
    owner.connect(role().address(owner.database())).close()


@pytest.mark.fault("D10")
def test_a_role_that_nobody_declared_and_that_has_power_is_seen(platform: Organization) -> None:
    name = "org_" + "e" * 32
    as_superuser("CREATE ROLE {role} LOGIN", role=name)
    try:
        assert drifts() == []  # another platform's, for all we know
        as_superuser("ALTER ROLE {role} SUPERUSER", "GRANT {control} TO {role}", role=name, control=control_role_name())
        assert drifts() == [
            f"The role {name} has power: SUPERUSER. Ask a superuser to take it away. No organization has it.",
            f"The role {name} is a member of {control_role_name()}. No organization has it.",
        ]
    finally:
        as_superuser("DROP ROLE {role}", role=name)


@pytest.mark.fault("D10")
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("ALTER ROLE {role} NOLOGIN", ATTRIBUTES),
        ("ALTER ROLE {role} CONNECTION LIMIT -1", ATTRIBUTES),
        ("ALTER ROLE {role} INHERIT", ATTRIBUTES),
        ("GRANT {group} TO {role} WITH SET TRUE GRANTED BY {owner}", OPTIONS),
        ("GRANT {group} TO {role} WITH INHERIT FALSE GRANTED BY {owner}", OPTIONS),
        ("GRANT {group} TO {role} WITH ADMIN OPTION GRANTED BY {owner}", OPTIONS),
    ],
)  # fmt: skip
def test_attributes_and_options_of_memberships_are_seen_and_repaired(
    platform: Organization, damage: str, said: str
) -> None:
    names = {"role": platform.schema_name, "group": tenants_group(), "owner": owner.database().user}
    as_superuser(damage, **names)
    assert drifts() == [said.format(**names)]
    call_command("check_isolation", "--repair", stdout=io.StringIO())
    assert (drifts(), works(platform)) == ([], True)
