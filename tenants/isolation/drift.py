"""Drift: compares roles, grants, policies and owners in the catalogs with what is declared, and repairs what differs."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg import sql

from audit import signed_calls
from tenants.isolation import bootstrap, grants, hardening, owner, policies, roles, schema_objects
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import DatabaseRole, control_role, control_role_name, tenant_role, tenants_group
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
    #: Databases that are not ours, to which everybody may connect.
    databases_of_others: tuple[str, ...]


def find_drift(organizations: list[Organization]) -> DriftReport:
    """Look at every grant, owner, policy, trigger, check, function and role."""
    tenant_roles = {role.schema: role for role in map(tenant_role, organizations)}
    with owner.connect() as connection:
        capabilities = read_server_capabilities(connection)
        drifts = (
            *(drift for subject in IN_PUBLIC for drift in subject(connection)),
            *(Drift(*difference) for difference in bootstrap.undeclared_functions(connection)),
            *_owners(connection),
            *_schemas(connection, organizations),
            *(drift for found in find_schema_drift(connection, organizations).values() for drift in found),
            *_roles(connection, tenant_roles, capabilities),
            *_passwords(tenant_roles, capabilities),
        )
        others = tuple(hardening.databases_of_others(connection))
        return DriftReport(drifts, len(organizations), hardening.is_hardened(connection), others)


def find_schema_drift(connection: psycopg.Connection, organizations: list[Organization]) -> dict[str, list[Drift]]:
    """Map tenant schemas to what differs in them: checks, triggers, grants. See Note [Schemas that are alike]."""
    known = {each.schema_name: each.id for each in organizations}
    groups = schema_objects.alike(connection, _tenant_schemas(connection))
    found = _look_closely(connection, [group[0] for group in groups], known)
    spoilt = [schema for group in groups if group[0] in found for schema in group[1:]]
    return found | (_look_closely(connection, spoilt, known) if spoilt else {})


def repair_public() -> None:
    """Bring functions, grants, policies and triggers of `public` to what is declared: all of it, or nothing."""
    with owner.connect() as connection, connection.transaction():
        for subject in IN_PUBLIC:
            for _, statement in _repairs(subject(connection), connection):
                connection.execute(statement)


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


def repair(drifts: Iterable[Drift]) -> None:
    """Repair what can be repaired, each by itself. Call `find_drift` again to see what is left."""
    with owner.connect() as connection:
        for sentence, statement in _repairs(drifts, connection):
            try:
                owner.retried(partial(connection.execute, statement))
            except psycopg.Error as error:
                logger.error("isolation.not_repaired", extra={"drift": sentence, "sqlstate": error.sqlstate})


def _repairs(drifts: Iterable[Drift], connection: psycopg.Connection) -> list[tuple[str, str]]:
    """List what is to be done for which drift, each statement once: it may repair more than one."""
    repairs = {each.repair.as_string(connection): each.sentence for each in drifts if each.repair is not None}
    return [(sentence, statement) for statement, sentence in repairs.items()]


def _look_closely(
    connection: psycopg.Connection, schemas: list[str], known: Mapping[str, UUID]
) -> dict[str, list[Drift]]:
    """Map those of `schemas` that differ to how. On a schema that is no organization's, nobody was granted anything."""
    found: dict[str, list[Drift]] = {}
    ours = {schema: known[schema] for schema in schemas if schema in known}
    for schema, statements in schema_objects.missing(connection, ours).items():
        sentence = f"A check or a trigger is missing or changed in {schema}."
        found.setdefault(schema, []).extend(Drift(sentence, statement) for statement in statements)
    for schema, table, trigger, statement in schema_objects.undeclared_triggers(connection, *ours):
        found.setdefault(schema, []).append(
            Drift(f"Nobody declared the trigger {trigger} on {schema}.{table}.", statement)
        )
    for schema, granted in grants.find_tenant_grants(connection, schemas).items():
        wanted = grants.declared_tenant_grants(schema) if schema in known else frozenset()
        differences = [Drift(*difference) for difference in grants.differences(granted, wanted)]
        if differences:
            found.setdefault(schema, []).extend(differences)
    return found


def _databases(connection: psycopg.Connection) -> Iterator[Drift]:
    """Nobody connects to a database of ours who was not asked in. Those of others are theirs, and only reported."""
    for name in hardening.own_databases(connection):
        close = sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
        yield Drift(f"Everybody may connect to the database {name}, which is ours.", close)


def _functions(connection: psycopg.Connection) -> Iterator[Drift]:
    return (Drift(*difference) for difference in bootstrap.function_differences(connection))


def _grants(connection: psycopg.Connection) -> Iterator[Drift]:
    found, wanted = grants.find_public_grants(connection), grants.declared_public_grants(connection)
    return (Drift(*difference) for difference in grants.differences(found, wanted))


def _policies(connection: psycopg.Connection) -> Iterator[Drift]:
    return (Drift(*difference) for difference in policies.differences(connection))


def _triggers(connection: psycopg.Connection) -> Iterator[Drift]:
    for statement in schema_objects.missing_triggers(connection, "public"):
        yield Drift("A trigger is missing or changed in public.", statement)


def _signed_call_key(connection: psycopg.Connection) -> Iterator[Drift]:
    """The database checks signed calls with the key the application signs them with. See Note [Signed calls]."""
    kept = connection.execute("SELECT inner_key, outer_key FROM public.signed_call_key").fetchone()
    if kept != signed_calls.padded_keys():
        yield Drift("The key of signed calls is missing, or another secret's.", bootstrap.signed_call_key())


#: What `public` and the database are looked at for, in the order of repair: what is granted hangs on what is there.
IN_PUBLIC = (_functions, _signed_call_key, _databases, _grants, _policies, _triggers)


def _owners(connection: psycopg.Connection) -> Iterator[Drift]:
    """Everything in our schemas belongs to the owner; who owns a thing may do anything with it."""
    rows = connection.execute(
        """
        WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = 'public' OR nspname ~ '^org_[0-9a-f]{32}$'),
        me AS (SELECT oid FROM pg_roles WHERE rolname = current_user)
        SELECT 'schema', n.oid::regnamespace::text, pg_get_userbyid(nspowner)
          FROM pg_namespace AS n JOIN ours ON ours.oid = n.oid JOIN me ON nspowner <> me.oid WHERE nspname <> 'public'
        UNION ALL SELECT 'relation', c.oid::regclass::text, pg_get_userbyid(relowner)
          FROM pg_class AS c JOIN ours ON ours.oid = relnamespace JOIN me ON relowner <> me.oid
        UNION ALL SELECT 'function', p.oid::regprocedure::text, pg_get_userbyid(proowner)
          FROM pg_proc AS p JOIN ours ON ours.oid = pronamespace JOIN me ON proowner <> me.oid
        ORDER BY 1, 2"""
    )
    for kind, name, who in rows:
        yield Drift(f"The {kind} {name} belongs to {who}, not to the owner. Ask a superuser: REASSIGN OWNED BY {who}.")


def _schemas(connection: psycopg.Connection, organizations: list[Organization]) -> Iterator[Drift]:
    """Each organization has its schema, and there is no schema of nobody."""
    there, known = set(_tenant_schemas(connection)), {each.schema_name: each for each in organizations}
    for schema in sorted(there - known.keys() - {NIL_ROLE.schema}):
        yield Drift(f"The schema {schema} is no organization's. Look what is in it before you drop it.")
    for schema in sorted(known.keys() - there):
        yield Drift(f"The organization {known[schema].slug} has no schema {schema}. Restore it from a backup.")


def _tenant_schemas(connection: psycopg.Connection) -> list[str]:
    query = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^org_[0-9a-f]{32}$' ORDER BY nspname"
    return [row[0] for row in connection.execute(query)]


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
