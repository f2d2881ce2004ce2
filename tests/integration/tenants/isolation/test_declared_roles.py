"""Roles, owners, functions and policies, word for word: each attribute and setting that is changed is seen and repaired."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import pytest

from tenants.isolation.drift import repair_roles
from tenants.isolation.roles import MEMBERSHIP_OPTIONS_SINCE
from tenants.isolation.server_capabilities import UnsafeServer, server_capabilities
from tenants.isolation.startup import refuse_unsafe_roles
from tenants.schema.rollout import organizations
from tests.cast import Cast
from tests.database import superuser
from tests.integration.tenants.isolation.drifts import (
    CONTROL,
    GROUP,
    SEQUENCER,
    WATCHDOG,
    everything_repaired_after,
    spoil,
)

pytestmark = [pytest.mark.fault("H2"), pytest.mark.isolation]

#: Role -> (log-in, inherit, superuser, create role, create database, replication, bypass RLS, connection limit).
ATTRIBUTES = {
    "ORG": (True, False, False, False, False, False, False, 40),
    "CONTROL": (True, False, False, False, False, False, False, -1),
    "SEQUENCER": (True, False, False, False, False, False, False, -1),
    "WATCHDOG": (True, True, False, False, False, False, False, -1),
    "GROUP": (False, False, False, False, False, False, False, -1),
}
SETTINGS = {
    "ORG": {
        "search_path": "ORG, public, pg_temp",
        "statement_timeout": "30s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
        "work_mem": "16MB",
        "TimeZone": "UTC",
        "temp_file_limit": "256MB",
    },
    "CONTROL": {"search_path": "public, pg_temp", "TimeZone": "UTC"},
    "SEQUENCER": {"search_path": "public, pg_temp", "TimeZone": "UTC"},
    "WATCHDOG": {"search_path": "public, pg_temp", "TimeZone": "UTC"},
    "GROUP": {},
}
SHARED = {CONTROL: "CONTROL", SEQUENCER: "SEQUENCER", WATCHDOG: "WATCHDOG", GROUP: "GROUP"}
SPELLED = {
    "ORG": "{role}",
    "CONTROL": "{control}",
    "SEQUENCER": "{sequencer}",
    "WATCHDOG": "{watchdog}",
    "GROUP": "{group}",
}
POWERS = ("SUPERUSER", "CREATEDB", "CREATEROLE", "REPLICATION", "BYPASSRLS")
#: What a role has too much -> how to take it away, and what is said of it.
TOO_MUCH = {
    "GRANT pg_monitor TO WHO": ("REVOKE pg_monitor FROM WHO", "is a member of a role other than the tenants' group"),
    "ALTER TABLE {schema}.sessions OWNER TO WHO": ("ALTER TABLE {schema}.sessions OWNER TO {owner}", "owns something"),
    "ALTER SCHEMA {schema} OWNER TO WHO": ("ALTER SCHEMA {schema} OWNER TO {owner}", "owns something"),
    "ALTER FUNCTION public.my_quotas OWNER TO WHO": (
        "ALTER FUNCTION public.my_quotas OWNER TO {owner}",
        "owns something",
    ),
    "GRANT TEMP ON DATABASE {database} TO WHO": (
        "REVOKE TEMP ON DATABASE {database} FROM WHO",
        "may make temporary tables or schemas in this database",
    ),
    "GRANT CREATE ON DATABASE {database} TO WHO": (
        "REVOKE CREATE ON DATABASE {database} FROM WHO",
        "may make temporary tables or schemas in this database",
    ),
    "GRANT CREATE ON SCHEMA public TO WHO": (
        "REVOKE CREATE ON SCHEMA public FROM WHO",
        "may create objects in public or in its own schema",
    ),
}
POWERFUL = "is a superuser, may make roles or databases, replicates or bypasses row security"


@pytest.fixture(autouse=True)
def _repaired(acme: Cast, globex: Cast) -> Iterator[None]:
    with everything_repaired_after():
        yield
        assert_roles_are_as_written_here(acme)


def assert_roles_are_as_written_here(cast: Cast) -> None:
    names = {cast.organization.schema_name: "ORG", **SHARED}
    with superuser() as behind:
        found = behind.execute(
            "SELECT rolname::text, rolcanlogin, rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolreplication,"
            " rolbypassrls, rolconnlimit, (SELECT setconfig FROM pg_db_role_setting WHERE setrole = r.oid)"
            " FROM pg_roles AS r WHERE rolname = ANY (%s)",
            [list(names)],
        ).fetchall()
    before_16 = server_capabilities().version < MEMBERSHIP_OPTIONS_SINCE
    wanted = ATTRIBUTES | ({"ORG": (True, True, *ATTRIBUTES["ORG"][2:])} if before_16 else {})
    assert {names[row[0]]: tuple(row[1:-1]) for row in found} == wanted
    kept = {names[row[0]]: dict(each.replace(row[0], "ORG").split("=", 1) for each in row[-1] or ()) for row in found}
    assert kept == SETTINGS


def of_roles(cast: Cast) -> list[str]:
    """Repair roles, and return what was said of them."""
    names = {cast.organization.schema_name: "ORG", **SHARED}
    said = [drift.sentence for drift in repair_roles(organizations())]
    return [reduce(lambda line, name: line.replace(name, names[name]), names, line) for line in said]


@pytest.mark.parametrize("role", SETTINGS)
@pytest.mark.parametrize("where", ["", "IN DATABASE {database} "], ids=["everywhere", "here"])
def test_each_setting_that_is_changed_lost_or_added_is_seen_and_put_back(acme: Cast, role: str, where: str) -> None:
    others = {
        "search_path": "pg_catalog",
        "TimeZone": "'Asia/Tokyo'",
        "default_transaction_read_only": "on",
        "work_mem": "'1GB'",
    }
    for name in (*SETTINGS[role], "default_transaction_read_only"):
        changes = [f"SET {name} = {others.get(name, '7')}"] + (
            [f"RESET {name}"] if name in SETTINGS[role] and not where else []
        )
        for change in changes:
            spoil(acme, f"ALTER ROLE {SPELLED[role]} {where}{change}")
            assert of_roles(acme) == [f"The settings of the role {role} were changed."], change
            assert of_roles(acme) == []


@pytest.mark.parametrize(
    ("role", "damages"),
    [
        ("ORG", ("NOLOGIN", "INHERIT", "CONNECTION LIMIT 41")),
        ("CONTROL", ("INHERIT", "CONNECTION LIMIT 97")),
        ("GROUP", ("LOGIN", "INHERIT", "CONNECTION LIMIT 7")),
    ],
)
def test_each_attribute_that_is_changed_is_seen_and_put_back(acme: Cast, role: str, damages: tuple[str, ...]) -> None:
    before_16 = server_capabilities().version < MEMBERSHIP_OPTIONS_SINCE
    for damage in damages:
        spoil(
            acme,
            f"ALTER ROLE {SPELLED[role]} {'NOINHERIT' if before_16 and (role, damage) == ('ORG', 'INHERIT') else damage}",
        )
        assert of_roles(acme) == [f"The attributes of the role {role} were changed."], damage
        assert of_roles(acme) == []


@pytest.mark.parametrize("role", ATTRIBUTES)
def test_each_power_of_each_role_is_reported_and_none_is_served_with(acme: Cast, role: str) -> None:
    for power in POWERS:
        spoil(acme, f"ALTER ROLE {SPELLED[role]} {power}")
        try:
            assert of_roles(acme) == [f"The role {role} has power: {power}. Ask a superuser to take it away."]
            if role != "GROUP":  # nobody can log in as it, and it gives no power to its members
                with pytest.raises(UnsafeServer, match=POWERFUL):
                    refuse_unsafe_roles()
        finally:
            spoil(acme, f"ALTER ROLE {SPELLED[role]} NO{power}")
    refuse_unsafe_roles()


@pytest.mark.parametrize(("role", "named"), [("ORG", "the role ORG"), ("CONTROL", "the role CONTROL")])
def test_nothing_is_served_behind_a_role_with_too_much(acme: Cast, role: str, named: str) -> None:
    for damage, (undo, reason) in TOO_MUCH.items():
        refuse_unsafe_roles()
        spoil(acme, damage.replace("WHO", SPELLED[role]))
        try:
            with pytest.raises(UnsafeServer) as refused:
                refuse_unsafe_roles()
            said = str(refused.value).replace(acme.organization.schema_name, "ORG").replace(CONTROL, "CONTROL")
            assert f"  - {named} {reason}" in said.splitlines(), damage
        finally:
            spoil(acme, undo.replace("WHO", SPELLED[role]))
    refuse_unsafe_roles()


def test_a_role_that_may_create_in_its_own_schema_is_not_served_with(acme: Cast) -> None:
    spoil(acme, "GRANT CREATE ON SCHEMA {schema} TO {role}")
    with pytest.raises(UnsafeServer, match="may create objects in public or in its own schema"):
        refuse_unsafe_roles()
