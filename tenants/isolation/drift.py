"""Drift: compares roles, grants, policies and owners in the catalogs with what is declared, and repairs what differs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from audit import signed_calls
from tenants.isolation import hardening, owner, policies, roles, schema_objects
from tenants.isolation.bootstrap import functions_sql, signed_call_key
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import DatabaseRole, control_role, control_role_name, tenant_role, tenants_group
from tenants.isolation.grants import declared_grants, find_grants
from tenants.isolation.privileges import CONTROL_FUNCTION_PREFIX
from tenants.isolation.server_capabilities import ServerCapabilities, read_server_capabilities
from tenants.models import Organization
from tenants.schema.template import NIL_ROLE

logger = logging.getLogger("workix.isolation")

ROLES_SQL = (Path(__file__).parent / "sql" / "roles.sql").read_text()


@dataclass(frozen=True, slots=True)
class Drift:
    """Something that is not as declared. `repair` is None where only a person can put it right."""

    sentence: str
    repair: sql.Composable | None = None


@dataclass(frozen=True, slots=True)
class DriftReport:
    drifts: tuple[Drift, ...]
    organizations: int
    is_hardened: bool


def find_drift(organizations: list[Organization]) -> DriftReport:
    """Look at every grant, owner, policy, trigger, check, function and role."""
    tenant_roles = {role.schema: role for role in map(tenant_role, organizations)}
    with owner.connect() as connection:
        capabilities = read_server_capabilities(connection)
        drifts = (
            *_grants(connection, tenant_roles),
            *_owners(connection),
            *_shared_tables(connection),
            *_functions(connection),
            *_signed_call_key(connection),
            *_schemas(connection, organizations),
            *_roles(connection, tenant_roles, capabilities),
            *_passwords(tenant_roles, capabilities),
        )
        return DriftReport(drifts, len(organizations), hardening.is_hardened(connection))


def repair_roles(organizations: list[Organization]) -> tuple[Drift, ...]:
    """Put passwords and settings that roles changed for themselves back to what is derived and declared.

    Our own connections outrank such settings and repair such passwords; this is for whoever else would log in with them.
    Two queries, whatever the number of organizations.
    """
    tenant_roles = {role.schema: role for role in map(tenant_role, organizations)}
    with owner.connect() as connection:
        capabilities = read_server_capabilities(connection)
        drifts = (*_roles(connection, tenant_roles, capabilities), *_passwords(tenant_roles, capabilities))
    repair(drifts)
    return drifts


def repair(drifts: tuple[Drift, ...]) -> None:
    """Repair what can be repaired, each by itself. Call `find_drift` again to see what is left."""
    with owner.connect() as connection:
        for drift in drifts:
            if drift.repair is not None:
                try:
                    connection.execute(drift.repair)  # type: ignore[call-overload]  # composed from identifiers
                except psycopg.Error as error:
                    logger.error("isolation.not_repaired", extra={"drift": drift.sentence, "sqlstate": error.sqlstate})


def _grants(connection: psycopg.Connection, tenant_roles: dict[str, DatabaseRole]) -> Iterator[Drift]:
    found, wanted = find_grants(connection), declared_grants(connection, tenant_roles)
    for grant in sorted(found - wanted):
        yield Drift(f"Nobody declared this grant: {grant}.", grant.take())
    for grant in sorted(wanted - found):
        yield Drift(f"A declared grant is missing: {grant}.", grant.give())


def _owners(connection: psycopg.Connection) -> Iterator[Drift]:
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
        yield Drift(f"The {kind} {name} belongs to {who}, not to the owner. Ask a superuser: REASSIGN OWNED BY {who}.")


def _shared_tables(connection: psycopg.Connection) -> Iterator[Drift]:
    """Row security is on for every table of `public`, and only the declared policies are there."""
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relrowsecurity ORDER BY relname"
    )
    for (table,) in rows:
        qualified = sql.Identifier("public", table)
        repair_sql = sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(qualified)
        yield Drift(f"Row security is off for public.{table}.", repair_sql)
    found = {
        (table, name): (who, plain)
        for table, name, who, plain in connection.execute(
            "SELECT tablename, policyname, roles::text[], coalesce(qual, 'true') = 'true' AND permissive = 'PERMISSIVE'"
            " FROM pg_policies WHERE schemaname = 'public'"
        )
    }
    wanted = {key: ([role], True) for key, role in policies.policies().items()}
    for table, name in sorted(found.keys() - wanted.keys()):
        repair_sql = sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(name), sql.Identifier("public", table))
        yield Drift(f"Nobody declared the policy {name} on public.{table}.", repair_sql)
    for table, name in sorted(key for key in wanted if found.get(key) != wanted[key]):
        repair_sql = sql.SQL(";\n").join(policies.statements(frozenset([table])))
        yield Drift(f"The policy {name} on public.{table} is missing or changed.", repair_sql)
    for statement in schema_objects.missing_triggers(connection, "public"):
        yield Drift("A trigger is missing or changed in public.", statement)


# Note [Comparing functions]
# What a function must be is written in SQL, and the server keeps it in a form of its own. So the declared text is run
# in a transaction that is rolled back, and what the catalogs say before and after is compared.


def _functions(connection: psycopg.Connection) -> Iterator[Drift]:
    """See Note [Comparing functions]."""
    declared = functions_sql()
    before = _function_facts(connection)
    with connection.transaction(force_rollback=True):
        connection.execute(declared)  # files of ours
        after = _function_facts(connection)
    for name in sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)):
        yield Drift(f"The function {name} is missing or changed.", sql.SQL(declared))
    names = set(re.findall(r"FUNCTION public\.(\w+)\(", declared))
    for name in sorted(after):
        if name.partition("(")[0].removeprefix("public.") not in names:
            yield Drift(f"Nobody declared the function {name}.", sql.SQL(f"DROP FUNCTION {name}"))


def _function_facts(connection: psycopg.Connection) -> dict[str, tuple[object, ...]]:
    rows = connection.execute(
        "SELECT oid::regprocedure::text, md5(prosrc), prosecdef, proconfig, provolatile FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND NOT starts_with(proname, %s)"
        " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')",
        [CONTROL_FUNCTION_PREFIX],  # the job worker's own, and those of extensions, are not ours to declare
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _signed_call_key(connection: psycopg.Connection) -> Iterator[Drift]:
    """The database checks signed calls with the key the application signs them with. See Note [Signed calls]."""
    kept = connection.execute("SELECT inner_key, outer_key FROM public.signed_call_key").fetchone()
    if kept != signed_calls.padded_keys():
        yield Drift("The key of signed calls is missing, or another secret's.", signed_call_key())


def _schemas(connection: psycopg.Connection, organizations: list[Organization]) -> Iterator[Drift]:
    """Each organization has its schema, its checks and its triggers; and there is no schema of nobody."""
    there = {
        row[0] for row in connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^org_[0-9a-f]{32}$'")
    }
    known = {each.schema_name: each for each in organizations}
    for schema in sorted(there - known.keys() - {NIL_ROLE.schema}):
        yield Drift(f"The schema {schema} is no organization's. Look what is in it before you drop it.")
    for schema in sorted(known.keys() - there):
        yield Drift(f"The organization {known[schema].slug} has no schema {schema}. Restore it from a backup.")
    for schema in sorted(there & known.keys()):
        for statement in schema_objects.missing(connection, schema, known[schema].id):
            yield Drift(f"A check or a trigger is missing or changed in {schema}.", statement)
        for table, trigger, statement in schema_objects.undeclared_triggers(connection, schema):
            yield Drift(f"Nobody declared the trigger {trigger} on {schema}.{table}.", statement)


def _roles(
    connection: psycopg.Connection, tenant_roles: dict[str, DatabaseRole], capabilities: ServerCapabilities
) -> Iterator[Drift]:
    """Each role has no power, the one membership, and the declared settings."""
    found = {
        row[0]: row[1:]
        for row in connection.execute(ROLES_SQL, [[*tenant_roles, control_role_name(), tenants_group()]])
    }
    for role, (power, memberships, settings, owns) in found.items():
        if power:
            yield Drift(f"The role {role} has power: {', '.join(power)}. Ask a superuser to take it away.")
        for other in sorted(set(memberships) - ({tenants_group()} if role in tenant_roles else set())):
            repair_sql = sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(other), sql.Identifier(role))
            yield Drift(f"The role {role} is a member of {other}.", repair_sql)
        if owns:
            yield Drift(f"The role {role} owns something. Ask a superuser: REASSIGN OWNED BY {role}.")
        if role in tenant_roles and (set(settings) != roles.settings_as_kept(tenant_roles[role], capabilities)):
            yield Drift(
                f"The settings of the role {role} were changed.",
                roles.repair_statement(tenant_roles[role], capabilities),
            )
    for role in sorted({*tenant_roles, control_role_name(), tenants_group()} - found.keys()):
        yield Drift(f"The role {role} is missing. Run: manage.py migrate")
    for role in sorted(name for name in tenant_roles if name in found and tenants_group() not in found[name][1]):
        yield Drift(f"The role {role} is not in {tenants_group()}.", roles.membership(role, capabilities))


def _passwords(tenant_roles: dict[str, DatabaseRole], capabilities: ServerCapabilities) -> Iterator[Drift]:
    """Compare what the server keeps of each password; only a superuser may look."""
    superuser = owner.find_superuser()
    if superuser is None:
        return
    control = control_role()
    with owner.connect(superuser) as connection:
        kept: dict[str, str] = dict(
            connection.execute("SELECT rolname, rolpassword FROM pg_authid WHERE rolcanlogin").fetchall()
        )
    for name, role in {**tenant_roles, control.name: control}.items():
        if name in kept and kept[name] != verifier_of(name, role.version):
            yield Drift(f"The password of the role {name} was changed.", roles.repair_statement(role, capabilities))
