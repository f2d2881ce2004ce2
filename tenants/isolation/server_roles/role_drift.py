"""Drift of roles: attributes, memberships and their options, settings, passwords, and roles that nobody declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from tenants.isolation import owner, roles
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import (
    CONTROL_SETTINGS,
    WATCHDOG_MEMBERSHIPS,
    DatabaseRole,
    login_roles,
    shared_roles,
    tenants_group,
    watchdog_role_name,
)
from tenants.isolation.server_capabilities import ServerCapabilities
from tenants.isolation.server_roles.other_platforms import lets_us_in

ROLES_SQL = (Path(__file__).parent / "roles.sql").read_text()

#: What is not as declared, and what repairs it: None where only a person can.
Difference = tuple[str, sql.Composable | None]

# Other platforms on this server have tenant roles too. Those of organizations that are being removed are known.
_UNDECLARED = """
    SELECT rolname::text FROM pg_roles
     WHERE rolname ~ '^org_[0-9a-f]{32}$' AND rolname <> %s AND rolname NOT IN (SELECT schema_name FROM public.organizations)"""


def role_differences(
    connection: psycopg.Connection,
    tenant_roles: Mapping[str, DatabaseRole],
    capabilities: ServerCapabilities,
    *,
    shared: bool = True,
) -> Iterator[Difference]:
    """Look whether each role is there with no power, the one membership, its attributes and the declared settings.

    Without `shared`, those that all organizations share are not looked at.
    """
    inherits = "f" if capabilities.version >= roles.MEMBERSHIP_OPTIONS_SINCE else "t"
    wanted = {name: f"(t,{inherits},{role.share.connections})" for name, role in tenant_roles.items()}
    if shared:
        wanted |= _attributes_of_shared()
    found = {name: facts for name, *facts in connection.execute(ROLES_SQL, [list(wanted)])}
    yield from _missing_roles(wanted.keys() - found.keys(), tenant_roles, capabilities)
    for name, (power, memberships, settings, owns, attributes, odd) in found.items():
        yield from _more_than_declared(name, power, set(memberships) - _declared_groups(name, tenant_roles), owns=owns)
        role = tenant_roles.get(name)
        changed = []
        if attributes != wanted[name]:
            changed.append(f"The attributes of the role {name} were changed.")
        if set(settings) != (roles.settings_as_kept(role, capabilities) if role else _settings_of_shared(name)):
            changed.append(f"The settings of the role {name} were changed.")
        for sentence in changed:
            yield sentence, roles.repair_statement(role, capabilities) if role else roles.repair_shared(name)
        if role:
            yield from _membership_differences(name, memberships, odd, capabilities)


def _declared_groups(name: str, tenant_roles: Mapping[str, DatabaseRole]) -> set[str]:
    if name == watchdog_role_name():
        return set(WATCHDOG_MEMBERSHIPS)
    return {tenants_group()} if name in tenant_roles else set()


def _attributes_of_shared() -> dict[str, str]:
    others = {tenants_group(): "(f,f,-1)", watchdog_role_name(): "(t,t,-1)"}
    return dict.fromkeys(shared_roles(), "(t,f,-1)") | others


def _settings_of_shared(name: str) -> set[str]:
    return set() if name == tenants_group() else set(CONTROL_SETTINGS)


def _missing_roles(
    names: set[str], tenant_roles: Mapping[str, DatabaseRole], capabilities: ServerCapabilities
) -> Iterator[Difference]:
    for name in sorted(names):
        if name in tenant_roles:
            made = sql.SQL(";\n").join(roles.create_statements(tenant_roles[name], capabilities))
            yield f"The role {name} is missing.", made
        else:
            yield f"The role {name} is missing. Run: manage.py migrate", None


def _membership_differences(
    name: str, memberships: list[str], odd: list[str], capabilities: ServerCapabilities
) -> Iterator[Difference]:
    group = tenants_group()
    if group not in memberships:
        yield f"The role {name} is not in {group}.", roles.membership(name, capabilities)
    elif group in odd:
        sentence = f"The options of the membership of {name} in {group} were changed."
        yield sentence, roles.membership_anew(name, capabilities)


def undeclared_roles(connection: psycopg.Connection, *, template: str) -> Iterator[Difference]:
    """Look for roles named like a tenant's that no organization has, nor the template, and that may do more than one."""
    names = [row[0] for row in connection.execute(_UNDECLARED, [template])]
    known = {*shared_roles(), owner.database().user} - {tenants_group()}
    for name, power, memberships, _, owns, *_ in connection.execute(ROLES_SQL, [names]):
        for sentence, _repair in _more_than_declared(name, power, known & set(memberships), owns=owns):
            yield f"{sentence} No organization has it.", None


def login_differences(
    tenant_roles: Mapping[str, DatabaseRole], capabilities: ServerCapabilities
) -> Iterator[Difference]:
    """Log in as the roles that all share; compare what the server keeps of each password, where a superuser may look."""
    shared = {role.name: role for role in login_roles()}
    for name, role in shared.items():
        if not lets_us_in(owner.database().name, role):
            sentence = f"Nobody can log in as the role {name} with the password that is derived for it."
            yield sentence, roles.repair_statement(role, capabilities)
    superuser = owner.find_superuser()
    if superuser is None:
        return
    with owner.connect(superuser) as connection:
        kept: dict[str, str] = dict(
            connection.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
        )
    for name, role in {**tenant_roles, **shared}.items():
        if name in kept and kept[name] != verifier_of(name, role.version):
            yield f"The password of the role {name} was changed.", roles.repair_statement(role, capabilities)


def _more_than_declared(name: str, power: list[str], others: set[str], *, owns: bool) -> Iterator[Difference]:
    if power:
        yield f"The role {name} has power: {', '.join(power)}. Ask a superuser to take it away.", None
    for other in sorted(others):
        revoke = sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(other), sql.Identifier(name))
        yield f"The role {name} is a member of {other}.", revoke
    if owns:
        yield f"The role {name} owns something. Ask a superuser: REASSIGN OWNED BY {name}.", None
