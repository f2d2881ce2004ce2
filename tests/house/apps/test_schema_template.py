"""An organization opened from the blueprint is, to the last name, one that migrations made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import pytest
from psycopg import sql

from tenants.isolation import owner, roles, schema_objects
from tenants.isolation.database_roles import DatabaseRole, RoleKind
from tenants.isolation.server_capabilities import read_server_capabilities
from tenants.schema.catalog import Shape, describe
from tenants.schema.replay import migrate_schema
from tenants.slugs import schema_of
from tests.cast import Cast
from tests.database import superuser
from workix.core.models import uuid7

pytestmark = pytest.mark.isolation

# Note [The same condition]
# `role IN ('a', 'b')` on a varchar column is kept as a list that is cast as a whole. Written down and read back, it is
# kept as a list of casts. The server tells them apart in what it writes, and in nothing it does.
_LISTS = re.compile(r"^.*= ANY \(ARRAY\[.*$", re.MULTILINE)
_CASTS = re.compile(r"::(?:character varying|text)(?:\[\])?")

_GRANTS = """
    SELECT c.relname, coalesce(c.relacl::text, ''),
           (SELECT string_agg(a.attname || a.attacl::text, ' ' ORDER BY a.attname) FROM pg_attribute AS a
             WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL)
      FROM pg_class AS c WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' ORDER BY c.relname"""
_ROLE = """
    SELECT rolinherit, rolconnlimit, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls,
           rolconfig::text FROM pg_roles WHERE rolname = %s"""


@pytest.mark.requirement("S24")
def test_replayed_is_migrated_names_included(acme: Cast) -> None:
    replayed = acme.organization.id
    with _migrated() as migrated, owner.connect() as connection:
        by_replay = _without_id(describe(connection, schema_of(replayed)), replayed)
        by_migration = _without_id(describe(connection, schema_of(migrated)), migrated)
    assert by_replay.statements
    assert by_replay == by_migration


def test_replayed_is_migrated_grants_and_role_included(acme: Cast) -> None:
    with _migrated() as migrated:
        assert _rights(acme.organization.id) == _rights(migrated)


def test_a_difference_in_one_name_would_be_seen(acme: Cast) -> None:
    with _migrated() as migrated, owner.connect() as connection:
        connection.execute(
            sql.SQL("ALTER TABLE {} RENAME CONSTRAINT user_has_a_known_role TO user_has_a_role").format(
                sql.Identifier(schema_of(migrated), "users")
            )
        )
        by_replay = _without_id(describe(connection, schema_of(acme.organization.id)), acme.organization.id)
        assert by_replay != _without_id(describe(connection, schema_of(migrated)), migrated)


@contextmanager
def _migrated() -> Iterator[UUID]:
    """Open an organization the slow way: its role, every migration, then the schema objects."""
    identity = uuid7()
    role = DatabaseRole(RoleKind.TENANT, schema_of(identity), schema_of(identity), version=1)
    with owner.connect() as connection:
        for statement in roles.create_statements(role, read_server_capabilities(connection)):
            connection.execute(statement)
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(role.schema)))
    try:
        migrate_schema(role)
        with owner.connect() as connection:
            schema_objects.apply(connection, role, identity)
        yield identity
    finally:
        with superuser() as behind:
            behind.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(role.schema)))
            behind.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(role.name)))
            behind.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role.name)))


def _without_id(shape: Shape, identity: UUID) -> Shape:
    """Write the shape down for anybody. See Note [The same condition]."""
    lines = (_LISTS.sub(_without_casts, _anybody(line, identity)) for line in shape.statements)
    return replace(shape, statements=tuple(lines))


def _without_casts(line: re.Match[str]) -> str:
    return _CASTS.sub("", line.group())


def _rights(identity: UUID) -> list[str]:
    with superuser() as behind:
        grants = behind.execute(_GRANTS, [schema_of(identity)]).fetchall()
        role = behind.execute(_ROLE, [schema_of(identity)]).fetchall()
    return [_anybody(repr(row), identity) for row in (*grants, *role)]


def _anybody(text: str, identity: UUID) -> str:
    return text.replace(identity.hex, "<id>").replace(str(identity), "<id>")
