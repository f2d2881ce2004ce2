"""Drift: compares roles, grants, policies and owners in the catalogs with what is declared, and repairs what differs."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import psycopg
from psycopg import sql

from audit import signed_calls
from tenants.isolation import bootstrap, grants, hardening, owner, policies, schema_objects
from tenants.isolation.database_roles import DatabaseRole, tenant_role
from tenants.isolation.privileges import CONTROL_FUNCTION_PREFIX
from tenants.isolation.server_capabilities import ServerCapabilities, read_server_capabilities
from tenants.isolation.server_roles import administration, watchdog_memberships
from tenants.isolation.server_roles.role_drift import login_differences, role_differences, undeclared_roles
from tenants.models import Organization
from tenants.schema.template import NIL_ROLE

logger = logging.getLogger("workix.isolation")


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
    #: What this server leaves to tenant roles because nobody can close it, each with what it costs.
    stays_open: tuple[str, ...]


def find_drift(organizations: list[Organization]) -> DriftReport:
    """Look at every grant, owner, policy, trigger, check, function and role."""
    tenant_roles = {role.schema: role for role in map(tenant_role, organizations)}
    with owner.connect() as connection:
        capabilities = read_server_capabilities(connection)
        drifts = (
            *role_drift(connection, tenant_roles, capabilities),  # first: what is granted, is granted to them
            *(Drift(*difference) for difference in undeclared_roles(connection, template=NIL_ROLE.name)),
            *(Drift(*difference) for difference in administration.missing_administration(connection)),
            *(Drift(*difference) for difference in watchdog_memberships.missing_memberships(connection)),
            *(drift for subject in IN_PUBLIC for drift in subject(connection)),
            *(Drift(*difference) for difference in bootstrap.undeclared_functions(connection)),
            *_owners(connection),
            *_schemas(connection, organizations),
            *(drift for found in find_schema_drift(connection, organizations).values() for drift in found),
        )
        others = tuple(hardening.databases_of_others(connection))
        stays_open = list(hardening.what_stays_open(connection))
        if not watchdog_memberships.has_all(connection):
            stays_open.append(watchdog_memberships.LIMITED)
        return DriftReport(drifts, len(organizations), hardening.is_hardened(connection), others, tuple(stays_open))


def find_schema_drift(connection: psycopg.Connection, organizations: list[Organization]) -> dict[str, list[Drift]]:
    """Map tenant schemas to what differs in them: checks, triggers, grants. See Note [Schemas that are alike]."""
    known = {each.schema_name: each.id for each in organizations}
    alike = schema_objects.alike(connection, _tenant_schemas(connection))
    # The template has no grants, and is no measure for an organization that lost all of its own.
    parts = ([schema for schema in group if (schema in known) is ours] for group in alike for ours in (True, False))
    groups = [part for part in parts if part]
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
    """Put passwords and settings that roles changed for themselves back to what is derived and declared, and make lost roles.

    Our own connections outrank such settings and repair such passwords; this is for whoever else would log in with them,
    and for a restore that brought no roles. A few queries, whatever the number of organizations.
    """
    tenant_roles = {role.schema: role for role in map(tenant_role, organizations)}
    with owner.connect() as connection:
        capabilities = read_server_capabilities(connection)
        drifts = tuple(role_drift(connection, tenant_roles, capabilities))
    if drifts:
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
    for schema, drift in (*object_drift(connection, ours), *grant_drift(connection, schemas, known)):
        found.setdefault(schema, []).append(drift)
    return found


def object_drift(connection: psycopg.Connection, ours: dict[str, UUID]) -> Iterator[tuple[str, Drift]]:
    """Say which checks and triggers of organizations' schemas are missing, changed, or nobody's."""
    for schema, statements in schema_objects.missing(connection, ours).items():
        sentence = f"A check or a trigger is missing or changed in {schema}."
        yield from ((schema, Drift(sentence, statement)) for statement in statements)
    for schema, table, trigger, statement in schema_objects.undeclared_triggers(connection, *ours):
        yield schema, Drift(f"Nobody declared the trigger {trigger} on {schema}.{table}.", statement)


def grant_drift(
    connection: psycopg.Connection, schemas: list[str], known: Mapping[str, UUID]
) -> Iterator[tuple[str, Drift]]:
    """Say which grants on schemas, and on what is in them, are missing or were never declared."""
    for schema, granted in grants.find_tenant_grants(connection, schemas).items():
        wanted = grants.declared_tenant_grants(schema) if schema in known else frozenset()
        yield from ((schema, Drift(*difference)) for difference in grants.differences(granted, wanted))


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
    for _, table, trigger, statement in schema_objects.undeclared_triggers(connection, "public"):
        if not table.startswith(CONTROL_FUNCTION_PREFIX):  # the queue has its own
            yield Drift(f"Nobody declared the trigger {trigger} on public.{table}.", statement)


def _defaults(connection: psycopg.Connection) -> Iterator[Drift]:
    for kind, statement in bootstrap.open_defaults(connection):
        yield Drift(f"{kind} that the owner makes are everybody's by default.", statement)


def _signed_call_key(connection: psycopg.Connection) -> Iterator[Drift]:
    """The database checks signed calls with the key the application signs them with. See Note [Signed calls]."""
    kept = connection.execute("SELECT inner_key, outer_key FROM public.signed_call_key").fetchone()
    if kept != signed_calls.padded_keys():
        yield Drift("The key of signed calls is missing, or another secret's.", bootstrap.signed_call_key())


#: What `public` and the database are looked at for, in the order of repair: what is granted hangs on what is there.
IN_PUBLIC = (_functions, _signed_call_key, _databases, _defaults, _grants, _policies, _triggers)


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
        UNION ALL SELECT 'type', t.oid::regtype::text, pg_get_userbyid(typowner)
          FROM pg_type AS t JOIN ours ON ours.oid = typnamespace JOIN me ON typowner <> me.oid WHERE typtype IN ('e', 'd', 'r')
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


def role_drift(
    connection: psycopg.Connection, tenant_roles: dict[str, DatabaseRole], capabilities: ServerCapabilities
) -> Iterator[Drift]:
    """Say what differs in these roles, and in those that all organizations share."""
    differences = (
        *role_differences(connection, tenant_roles, capabilities),
        *login_differences(tenant_roles, capabilities),
    )
    return (Drift(*difference) for difference in differences)
