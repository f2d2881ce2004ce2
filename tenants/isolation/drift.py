"""Compares the walls there are with the walls that are declared, and mends what differs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from audit import triggers
from tenants.isolation import hardening, owner, policies, roles, schema_objects
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import Login, control_login, control_role, tenant_login, tenants_group
from tenants.isolation.grants import declared_grants, find_grants
from tenants.isolation.server_capabilities import Abilities, read_abilities
from tenants.models import Organization
from tenants.schema.template import NIL_LOGIN

logger = logging.getLogger("workix.walls")

ROLES_SQL = (Path(__file__).parent / "sql" / "roles.sql").read_text()
FUNCTIONS_SQL = (Path(__file__).parent / "sql" / "functions.sql").read_text()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as declared. `repair` is None where only a person can mend it."""

    sentence: str
    repair: sql.Composable | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    faults: tuple[Fault, ...]
    organizations: int
    is_hardened: bool


def inspect(organizations: list[Organization]) -> Inspection:
    """Look at every grant, owner, policy, trigger, check, function and role."""
    logins = {login.schema: login for login in map(tenant_login, organizations)}
    with owner.connect() as connection:
        able = read_abilities(connection)
        faults = (
            *_grants(connection, logins),
            *_owners(connection),
            *_shared_tables(connection),
            *_functions(connection),
            *_schemas(connection, organizations),
            *_roles(connection, logins, able),
            *_passwords(logins, able),
        )
        return Inspection(faults, len(organizations), hardening.is_hardened(connection))


def mend_roles(organizations: list[Organization]) -> tuple[Fault, ...]:
    """Put passwords and settings that roles changed for themselves back to what is derived and declared.

    Our own connections outrank such settings and heal such passwords; this is for whoever else would log in with them.
    Two queries, whatever the number of organizations.
    """
    logins = {login.schema: login for login in map(tenant_login, organizations)}
    with owner.connect() as connection:
        able = read_abilities(connection)
        faults = (*_roles(connection, logins, able), *_passwords(logins, able))
    repair(faults)
    return faults


def repair(faults: tuple[Fault, ...]) -> None:
    """Mend what can be mended, each by itself. Inspect again to see what is left."""
    with owner.connect() as connection:
        for fault in faults:
            if fault.repair is not None:
                try:
                    connection.execute(fault.repair)  # type: ignore[call-overload]  # composed from identifiers
                except psycopg.Error as error:
                    logger.error("walls.not_mended", extra={"fault": fault.sentence, "sqlstate": error.sqlstate})


def _grants(connection: psycopg.Connection, logins: dict[str, Login]) -> Iterator[Fault]:
    found, wanted = find_grants(connection), declared_grants(connection, logins)
    for grant in sorted(found - wanted):
        yield Fault(f"Nobody declared this grant: {grant}.", grant.take())
    for grant in sorted(wanted - found):
        yield Fault(f"A declared grant is missing: {grant}.", grant.give())


def _owners(connection: psycopg.Connection) -> Iterator[Fault]:
    """Everything in our schemas belongs to the owner; who owns a thing may do anything with it."""
    rows = connection.execute(
        """
        WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = 'public' OR nspname ~ '^org_[0-9a-f]{32}$'),
        owned AS (
            SELECT 'schema' AS kind, n.oid::regnamespace::text AS name, nspowner AS owner
              FROM pg_namespace AS n JOIN ours ON ours.oid = n.oid WHERE nspname <> 'public'
            UNION ALL SELECT 'relation', c.oid::regclass::text, relowner FROM pg_class AS c JOIN ours ON ours.oid = relnamespace
            UNION ALL SELECT 'function', p.oid::regprocedure::text, proowner
              FROM pg_proc AS p JOIN ours ON ours.oid = pronamespace)
        SELECT kind, name, pg_get_userbyid(owner) FROM owned
         WHERE owner <> (SELECT oid FROM pg_roles WHERE rolname = current_user) ORDER BY 1, 2"""
    )
    for kind, name, who in rows:
        yield Fault(f"The {kind} {name} belongs to {who}, not to the owner. Ask a superuser: REASSIGN OWNED BY {who}.")


def _shared_tables(connection: psycopg.Connection) -> Iterator[Fault]:
    """Row security is on for every table of `public`, and only the declared policies are there."""
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relrowsecurity ORDER BY relname"
    )
    for (table,) in rows:
        place = sql.Identifier("public", table)
        mend = sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(place)
        yield Fault(f"Row security is off for public.{table}.", mend)
    found = {
        (table, name): (who, plain)
        for table, name, who, plain in connection.execute(
            "SELECT tablename, policyname, roles::text[], coalesce(qual, 'true') = 'true' AND permissive = 'PERMISSIVE'"
            " FROM pg_policies WHERE schemaname = 'public'"
        )
    }
    wanted = {key: ([role], True) for key, role in policies.policies().items()}
    for table, name in sorted(found.keys() - wanted.keys()):
        mend = sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(name), sql.Identifier("public", table))
        yield Fault(f"Nobody declared the policy {name} on public.{table}.", mend)
    for table, name in sorted(key for key in wanted if found.get(key) != wanted[key]):
        mend = sql.SQL(";\n").join(policies.statements(frozenset([table])))
        yield Fault(f"The policy {name} on public.{table} is missing or changed.", mend)


# Note [Comparing functions]
# What a function must be is written in SQL, and the server keeps it in a form of its own. So the declared text is run
# in a transaction that is rolled back, and what the catalogs say before and after is compared.


def _functions(connection: psycopg.Connection) -> Iterator[Fault]:
    """See Note [Comparing functions]."""
    declared = triggers.WITNESS_SQL.read_text() + FUNCTIONS_SQL
    before = _function_facts(connection)
    with connection.transaction(force_rollback=True):
        connection.execute(declared)  # files of ours
        after = _function_facts(connection)
    for name in sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)):
        yield Fault(f"The function {name} is missing or changed.", sql.SQL(declared))


def _function_facts(connection: psycopg.Connection) -> dict[str, tuple[object, ...]]:
    rows = connection.execute(
        "SELECT oid::regprocedure::text, md5(prosrc), prosecdef, proconfig, provolatile FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace"
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _schemas(connection: psycopg.Connection, organizations: list[Organization]) -> Iterator[Fault]:
    """Each organization has its schema, its checks and its triggers; and there is no schema of nobody."""
    there = {
        row[0] for row in connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^org_[0-9a-f]{32}$'")
    }
    known = {each.schema_name: each for each in organizations}
    for schema in sorted(there - known.keys() - {NIL_LOGIN.schema}):
        yield Fault(f"The schema {schema} is no organization's. Look what is in it before you drop it.")
    for schema in sorted(known.keys() - there):
        yield Fault(f"The organization {known[schema].slug} has no schema {schema}. Restore it from a backup.")
    for schema in sorted(there & known.keys()):
        for statement in schema_objects.missing(connection, schema, known[schema].id):
            yield Fault(f"A check or a trigger is missing or changed in {schema}.", statement)


def _roles(connection: psycopg.Connection, logins: dict[str, Login], able: Abilities) -> Iterator[Fault]:
    """Each role has no power, the one membership, and the declared settings."""
    found = {row[0]: row[1:] for row in connection.execute(ROLES_SQL, [[*logins, control_role(), tenants_group()]])}
    for role, (power, memberships, settings, owns) in found.items():
        if power:
            yield Fault(f"The role {role} has power: {', '.join(power)}. Ask a superuser to take it away.")
        for other in sorted(set(memberships) - ({tenants_group()} if role in logins else set())):
            mend = sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(other), sql.Identifier(role))
            yield Fault(f"The role {role} is a member of {other}.", mend)
        if owns:
            yield Fault(f"The role {role} owns something. Ask a superuser: REASSIGN OWNED BY {role}.")
        if role in logins and (set(settings) != roles.settings_as_kept(logins[role], able)):
            yield Fault(f"The settings of the role {role} were changed.", roles.healing(logins[role], able))
    for role in sorted({*logins, control_role(), tenants_group()} - found.keys()):
        yield Fault(f"The role {role} is missing. Run: manage.py migrate")
    for role in sorted(name for name in logins if name in found and tenants_group() not in found[name][1]):
        yield Fault(f"The role {role} is not in {tenants_group()}.", roles.membership(role, able))


def _passwords(logins: dict[str, Login], able: Abilities) -> Iterator[Fault]:
    """Compare what the server keeps of each password; only a superuser may look."""
    superuser = owner.find_superuser()
    if superuser is None:
        return
    control = control_login()
    with owner.connect(superuser) as connection:
        kept: dict[str, str] = dict(
            connection.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
        )
    for role, login in {**logins, control.role: control}.items():
        if role in kept and kept[role] != verifier_of(role, login.version):
            yield Fault(f"The password of the role {role} was changed.", roles.healing(login, able))
