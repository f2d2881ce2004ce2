"""The data model, column by column: what the specification says is what PostgreSQL's catalogs say, and what Django adds."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db.models import Field
from django.db.models.fields import NOT_PROVIDED
from psycopg import sql

from specification.columns import Column, Table
from specification.data_model import AUDIT_LOGS, ORGANIZATIONS, QUOTAS, USERS
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser

#: Constraints and unique indexes; an index over an expression is known by what it depends on. NOT NULL is read by itself.
_COLUMNS = """
    SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, a.attgenerated::text,
        coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
        ARRAY(
            SELECT conname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint AS c
            WHERE c.conrelid = a.attrelid AND a.attnum = ANY (c.conkey) AND c.contype <> 'n'
            UNION ALL
            SELECT i.relname || ' ' || pg_get_indexdef(i.oid)
            FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid
            WHERE x.indrelid = a.attrelid AND x.indisunique AND EXISTS (
                SELECT FROM pg_depend AS p
                WHERE p.classid = 'pg_class'::regclass AND p.objid = i.oid
                    AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum
            )
            ORDER BY 1
        )
    FROM pg_attribute AS a LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = %(table)s::regclass AND a.attnum > 0 AND NOT a.attisdropped
"""


class Seen(NamedTuple):
    """What the database, and beside it Django, do with a column."""

    type: str
    nullable: bool
    default: str
    django: str
    constraints: tuple[str, ...]


def specified(table: Table) -> dict[str, Seen]:
    return {column.name: _specified(column) for column in table.columns}


def _specified(column: Column) -> Seen:
    return Seen(column.type, column.nullable, column.default, column.django, column.constraints)


def seen(table: Table, tenant: Cast | None) -> dict[str, Seen]:
    fields = {field.column: field for field in apps.get_model(table.model)._meta.concrete_fields}
    return {
        name: Seen(
            kind,
            nullable,
            _default(generated, _plain(expression, tenant)),
            _filled_in(fields[name]),
            tuple(_plain(each, tenant) for each in constraints),
        )
        for name, kind, nullable, generated, expression, constraints in rows(_COLUMNS, tenant, table=table.name)
    }


def _default(generated: str, expression: str) -> str:
    return f"GENERATED ALWAYS AS ({expression})" if generated else expression


def _plain(expression: str, tenant: Cast | None) -> str:
    """Write an expression as a person would: without casts between texts, needless brackets and the organization's id."""
    if tenant:
        expression = expression.replace(str(tenant.organization.id), "<this organization>")
    expression = re.sub(r"::(character varying|text)(\[\])?", "", " ".join(expression.split()))
    expression = re.sub(r"CREATE UNIQUE INDEX .* USING btree ", "UNIQUE ", expression)
    # (plan) and ('free'), but neither lower(email) nor UNIQUE (slug).
    expression = re.sub(r"(?<!\w)(?<![A-Z] )\((\w+|'\w*')\)", r"\1", expression)
    expression = re.sub(r"\((\(ARRAY\[[^]]*\]\))\)", r"\1", expression)
    return re.sub(r"CHECK \(\((.*)\)\)$", r"CHECK (\1)", expression)


def _filled_in(field: Field[Any, Any]) -> str:
    if getattr(field, "auto_now_add", False):
        return "now, when made"
    if getattr(field, "auto_now", False):
        return "now, at each save"
    if field.default is NOT_PROVIDED or field.db_default is not NOT_PROVIDED:
        return ""
    if callable(field.default):
        return f"{field.default.__name__}()"
    return repr(str(field.default)) if isinstance(field.default, str) else str(field.default)


@pytest.mark.requirement("S25")
@pytest.mark.requirement("S89", "S90", "S91", "S92", "S93", "S94", "S95", "S96", "S97", "S98", "S99")
def test_organizations_are_as_specified(acme: Cast) -> None:
    assert seen(ORGANIZATIONS, None) == specified(ORGANIZATIONS)


@pytest.mark.requirement("S25")
@pytest.mark.requirement("S100", "S101", "S102", "S103", "S104", "S105", "S106", "S107", "S108", "S109", "S110")
def test_users_of_an_organization_are_as_specified(acme: Cast) -> None:
    assert seen(USERS, acme) == specified(USERS)


@pytest.mark.requirement("S25")
@pytest.mark.requirement("S111", "S112", "S113", "S114", "S115", "S116", "S117", "S118", "S119", "S120")
def test_audit_logs_of_an_organization_are_as_specified(acme: Cast) -> None:
    assert seen(AUDIT_LOGS, acme) == specified(AUDIT_LOGS)


@pytest.mark.requirement("S25")
def test_quotas_are_as_specified(acme: Cast) -> None:
    assert seen(QUOTAS, None) == specified(QUOTAS)


def test_the_operators_table_differs_in_what_ties_a_person_to_an_organization(acme: Cast) -> None:
    operators, people = seen(USERS, None), seen(USERS, acme)
    tied = operators.pop("organization_id"), people.pop("organization_id")
    assert operators == people
    assert tied == (
        Seen("uuid", True, "", "organization_in_scope()", ()),
        Seen(
            "uuid",
            False,
            "'<this organization>'::uuid",
            "organization_in_scope()",
            ("belongs_to_this_organization CHECK (organization_id = '<this organization>'::uuid)",),
        ),
    )


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("ALTER first_name TYPE varchar(99)", "first_name"),
        ("ALTER password_hash DROP NOT NULL", "password_hash"),
        ("ALTER last_name SET DEFAULT 'Doe'", "last_name"),
        ("DROP CONSTRAINT user_has_a_known_role", "role"),
        ("ADD UNIQUE (created_at)", "created_at"),
        ("ADD nickname text", "nickname"),
        ("DROP last_login", "last_login"),
    ],
)
def test_a_column_that_was_changed_is_seen(acme: Cast, change: str, column: str) -> None:
    """Change the table inside a transaction that is rolled back."""
    schema = sql.Identifier(acme.organization.schema_name)
    with superuser() as behind, behind.transaction(force_rollback=True):
        before = {row[0]: row for row in _read(behind, schema)}
        behind.execute(sql.SQL("ALTER TABLE users {}").format(sql.SQL(change)))  # type: ignore[arg-type]
        after = {row[0]: row for row in _read(behind, schema)}
    assert {name for name in before | after if before.get(name) != after.get(name)} == {column}


def _read(behind: Any, schema: sql.Identifier) -> list[tuple[Any, ...]]:
    behind.execute(sql.SQL("SET LOCAL search_path = {}").format(schema))
    return list(behind.execute(_COLUMNS, {"table": "users"}).fetchall())
