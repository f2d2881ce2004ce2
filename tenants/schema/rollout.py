"""Roll-out of migrations: public, the schema template and every organization, each schema in its own transaction."""

# Raw SQL: reads which migrations each schema has, as the owner.

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
from django.core.management import call_command
from django.db import connection as django_connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from tenants.isolation import bootstrap, hardening, owner, schema_objects
from tenants.isolation.database_roles import DatabaseRole, control_role_name, tenant_role
from tenants.isolation.server_capabilities import server_capabilities
from tenants.models import Organization
from tenants.schema import template
from tenants.signals import roll_out_beginning


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one organization's schema. `error` is empty where all went well."""

    schema: str
    migrated: bool
    error: str = ""


class LostSchema(RuntimeError):
    """Without its own tables, an organization's migrations would find those of `public`."""

    def __init__(self) -> None:
        super().__init__("The schema is gone, or counts no migration. Bring it back from a backup.")


def set_up(verbosity: int = 1) -> bool:
    """Set up the isolation, migrate `public` and the schema template. Return whether pg_catalog could be closed too."""
    server_capabilities()
    bootstrap.prepare()
    hardened = hardening.harden(control_role_name())
    with owner.acting_as_owner("public"):
        call_command("migrate_schema", verbosity=verbosity)
    bootstrap.close_public()
    _migrate_template(verbosity)
    return hardened


def roll_out(
    on_each: Callable[[Outcome], None] = lambda _outcome: None, *, among: list[Organization] | None = None
) -> list[Outcome]:
    """Bring the schemas of all organizations, or of those in `among`, to the template's migrations and privileges.

    One that fails does not stop the others.
    """
    outcomes = []
    with owner.acting_as_owner("public"):
        roll_out_beginning.send(sender=Organization)
    for outcome in _each_behind(organizations() if among is None else among):
        on_each(outcome)
        outcomes.append(outcome)
    return outcomes


def organizations() -> list[Organization]:
    with owner.acting_as_owner("public"):
        return list(Organization.objects.filter(deleted_at__isnull=True))


def _each_behind(everybody: list[Organization]) -> Iterator[Outcome]:
    with owner.connect() as connection:
        newest = _applied(connection, [template.NIL_ROLE.schema])
        behind = _applied(connection, [each.schema_name for each in everybody])
        wanted = newest[template.NIL_ROLE.schema]
        for organization in everybody:
            role = tenant_role(organization)
            fresh = behind.get(role.schema) == wanted
            try:
                if role.schema not in behind:
                    raise LostSchema
                if not fresh:
                    migrate_schema(role)
                schema_objects.apply(connection, role, organization.id)
            except Exception as error:  # noqa: BLE001  # one broken organization must not stop the others
                yield Outcome(role.schema, migrated=False, error=str(error))
            else:
                yield Outcome(role.schema, migrated=not fresh)


def _migrate_template(verbosity: int) -> None:
    role = template.NIL_ROLE
    with owner.connect() as connection:
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(role.schema)))
        with owner.acting_as_owner(role.schema):
            call_command("migrate_schema", verbosity=verbosity)
        with connection.transaction():
            schema_objects.apply(connection, role, template.NIL, grant=False)
            template.take(connection)


def migrate_schema(role: DatabaseRole) -> None:
    """Run every migration in one schema, as an organization opened without the template would."""
    with owner.acting_as_owner(role.schema):
        executor = MigrationExecutor(django_connection)
        executor.migrate(executor.loader.graph.leaf_nodes())


def _applied(connection: psycopg.Connection, schemas: list[str]) -> dict[str, frozenset[tuple[str, str]]]:
    """Read which migrations each schema counts as applied; one that is gone, or counts none, is left out."""
    there = connection.execute(
        "SELECT schemaname FROM pg_catalog.pg_tables WHERE tablename = 'django_migrations' AND schemaname = ANY (%s)",
        [schemas],
    ).fetchall()
    if not there:
        return {}
    query = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, app, name FROM {}").format(sql.Literal(schema), sql.Identifier(schema, "django_migrations"))
        for (schema,) in there
    )
    found: dict[str, set[tuple[str, str]]] = {}
    for schema, app, name in connection.execute(query):
        found.setdefault(schema, set()).add((app, name))
    return {schema: frozenset(names) for schema, names in found.items()}
