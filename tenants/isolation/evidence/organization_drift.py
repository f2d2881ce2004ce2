"""Drift around one organization: grants, triggers and roles as far as they decide who reaches its rows; for its own reports."""

# Note [One organization among many]
# What `find_drift` compares for everybody is bounded by their number. Here the catalogs are asked about one schema, one role and
# `public`. What its role was granted in schemas of others is found by the role (pg_shdepend), not by a look at each of them.
# Whoever reads it belongs to one organization: schemas and roles of others are not named.

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg

from tenants.isolation import hardening, owner
from tenants.isolation.database_roles import tenant_role
from tenants.isolation.drift import IN_PUBLIC, Drift, grant_drift, object_drift, role_drift
from tenants.isolation.server_capabilities import read_server_capabilities
from tenants.models import Organization

_OF_ANYBODY = re.compile(r"org_[0-9a-f]{32}")
#: Each thing of another schema than its own or `public` that a role holds a privilege on, by kind.
_ELSEWHERE = """
    WITH held AS (
        SELECT DISTINCT classid, objid, CASE classid
                 WHEN 'pg_namespace'::regclass THEN objid
                 WHEN 'pg_class'::regclass THEN (SELECT relnamespace FROM pg_class WHERE oid = objid)
                 WHEN 'pg_proc'::regclass THEN (SELECT pronamespace FROM pg_proc WHERE oid = objid)
                 WHEN 'pg_type'::regclass THEN (SELECT typnamespace FROM pg_type WHERE oid = objid) END AS schema
          FROM pg_shdepend
         WHERE refclassid = 'pg_authid'::regclass AND deptype = 'a'
           AND refobjid = (SELECT oid FROM pg_roles WHERE rolname = %(role)s)
           AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database()))
    SELECT CASE classid WHEN 'pg_namespace'::regclass THEN 'schema' WHEN 'pg_class'::regclass THEN 'table'
                        WHEN 'pg_proc'::regclass THEN 'function' ELSE 'other' END AS kind, count(*)
      FROM held LEFT JOIN pg_namespace AS n ON n.oid = schema
     WHERE coalesce(nspname, '') NOT IN (%(role)s, 'public') GROUP BY 1 ORDER BY 1"""

#: Who has its rights by being a member of its role. The owner, who made it, may be one.
_MEMBERS = """
    SELECT r.rolname::text FROM pg_auth_members JOIN pg_roles AS r ON r.oid = member
     WHERE roleid = (SELECT oid FROM pg_roles WHERE rolname = %s) AND r.rolname <> current_user AND NOT r.rolsuper
     ORDER BY 1"""


@dataclass(frozen=True, slots=True)
class OrganizationDrift:
    """What is not as declared, in sentences. Nothing in any of them: the isolation is what it is meant to be."""

    #: Who holds what on its schema, and on what is in it, or is a member of its role.
    grants: tuple[str, ...]
    #: Its triggers and checks, those that write the trail among them.
    objects: tuple[str, ...]
    #: What its role holds in schemas of others.
    elsewhere: tuple[str, ...]
    #: Functions, grants, policies and triggers of what all organizations share.
    shared: tuple[str, ...]
    #: Its role, and those of the platform: attributes, memberships, settings, passwords.
    roles: tuple[str, ...]
    is_hardened: bool
    stays_open: tuple[str, ...]


def find_organization_drift(organization: Organization) -> OrganizationDrift:
    """Look at what decides who reaches the rows of one organization. See Note [One organization among many]."""
    role, schema = tenant_role(organization), organization.schema_name
    known = {schema: organization.id}
    with owner.connect() as connection:
        capabilities = read_server_capabilities(connection)
        return OrganizationDrift(
            grants=_told(
                (*(drift for _, drift in grant_drift(connection, [schema], known)), *_members(connection, role.name)),
                schema,
            ),
            objects=_told((drift for _, drift in object_drift(connection, known)), schema),
            elsewhere=_elsewhere(connection, role.name),
            shared=_told((drift for subject in IN_PUBLIC for drift in subject(connection)), schema),
            roles=_told(role_drift(connection, {schema: role}, capabilities), schema),
            is_hardened=hardening.is_hardened(connection),
            stays_open=tuple(hardening.what_stays_open(connection)),
        )


def _elsewhere(connection: psycopg.Connection, role: str) -> tuple[str, ...]:
    held = connection.execute(_ELSEWHERE, {"role": role}).fetchall()
    return tuple(f"The role {role} holds privileges in schemas of others: {kind}, {count}." for kind, count in held)


def _members(connection: psycopg.Connection, role: str) -> list[Drift]:
    return [Drift(f"The role {name} is a member of {role}.") for (name,) in connection.execute(_MEMBERS, [role])]


def _told(drifts: Iterable[Drift], schema: str) -> tuple[str, ...]:
    """Write drifts without the names of other organizations' schemas and roles."""
    return tuple(
        dict.fromkeys(_OF_ANYBODY.sub(lambda found: _named(found[0], schema), each.sentence) for each in drifts)
    )


def _named(found: str, own: str) -> str:
    return found if found == own else "another organization's role"
