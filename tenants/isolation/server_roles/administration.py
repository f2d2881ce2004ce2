"""ADMIN OPTION: who may make roles may change only those it administers (PostgreSQL 16); a restore or an upgrade loses that."""

# Note [Administration of roles]
# Since PostgreSQL 16 the owner can alter or drop a role, or grant a membership in it, only with the ADMIN OPTION on it.
# It has it on whatever it makes. A dump of an older server does not say so, and its memberships come back as granted by
# somebody else, with SET. The owner can't give itself anything here: a superuser does, where set-up has one.

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import psycopg
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.database_roles import shared_roles, tenants_group
from tenants.isolation.roles import MEMBERSHIP_OPTIONS_SINCE

_OURS = """
    SELECT r.oid, rolname::text AS name FROM pg_roles AS r
     WHERE rolname = ANY (%(shared)s)
        OR rolname IN (SELECT nspname FROM pg_namespace WHERE nspname ~ '^org_[0-9a-f]{32}$')"""
_NOT_ADMINISTERED = f"""
    SELECT ours.name FROM ({_OURS}) AS ours
     WHERE NOT EXISTS (SELECT 1 FROM pg_auth_members AS m JOIN pg_roles AS o ON o.oid = m.member
                        WHERE m.roleid = ours.oid AND o.rolname = %(owner)s AND m.admin_option)
     ORDER BY 1"""
_GRANTED_BY_OTHERS = f"""
    SELECT ours.name, g.rolname::text FROM ({_OURS}) AS ours JOIN pg_auth_members AS m ON m.member = ours.oid
      JOIN pg_roles AS g ON g.oid = m.grantor JOIN pg_roles AS grouped ON grouped.oid = m.roleid
     WHERE grouped.rolname = %(group)s AND g.rolname <> %(owner)s ORDER BY 1"""


def missing_administration(connection: psycopg.Connection) -> Iterator[tuple[str, None]]:
    """Say which roles the owner can't administer, and which memberships are not the owner's to change."""
    if connection.info.server_version < MEMBERSHIP_OPTIONS_SINCE:
        return
    advice = "Run: manage.py migrate, with a superuser in WORKIX_SETUP_DATABASE_URL"
    for (name,) in connection.execute(_NOT_ADMINISTERED, _names()).fetchall():
        yield f"The owner has no ADMIN OPTION on the role {name}. {advice}", None
    for name, grantor in connection.execute(_GRANTED_BY_OTHERS, _names()).fetchall():
        yield f"The membership of {name} in {tenants_group()} was granted by {grantor}. {advice}", None


def take_administration() -> None:
    """Give the owner, as the superuser, what `missing_administration` misses. Where there is no superuser, do nothing."""
    superuser = owner.find_superuser()
    if superuser is None:
        return
    with owner.connect(superuser) as connection:
        if connection.info.server_version < MEMBERSHIP_OPTIONS_SINCE:
            return
        for statement in _statements(connection):
            owner.retried(partial(connection.execute, statement))


def _statements(connection: psycopg.Connection) -> list[sql.Composed]:
    own, group = sql.Identifier(owner.database().user), sql.Identifier(tenants_group())
    granted = connection.execute(_GRANTED_BY_OTHERS, _names()).fetchall()
    return [
        *(
            sql.SQL("GRANT {} TO {} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE").format(sql.Identifier(name), own)
            for (name,) in connection.execute(_NOT_ADMINISTERED, _names()).fetchall()
        ),
        *(
            sql.SQL("GRANT {} TO {} WITH INHERIT TRUE, SET FALSE GRANTED BY {}").format(
                group, sql.Identifier(name), own
            )
            for name, _ in granted
        ),
        *(
            sql.SQL("REVOKE {} FROM {} GRANTED BY {}").format(group, sql.Identifier(name), sql.Identifier(grantor))
            for name, grantor in granted
        ),
    ]


def _names() -> dict[str, object]:
    return {
        "shared": list(shared_roles()),
        "owner": owner.database().user,
        "group": tenants_group(),
    }
