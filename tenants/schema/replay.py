"""Replay of migrations: what Django's schema editor executed in two schemas is executed as SQL in all that are like them."""

# Raw SQL: executes what was recorded in an organization's schema, as the owner.

# Note [Replaying migrations]
# To plan migrations and to render the models around each takes fifty times as long as their SQL. So of schemas that count
# the same migrations and look the same in the catalogs, two are migrated by Django, and what its schema editor executes is
# recorded, migration by migration. Was it the very same but for the organization's id, the others get it as it is: the
# same statements in the same transactions, each with its row in django_migrations, and what `schema_objects` added.
#
# A migration is no recording where Python may look at rows or draw a value: RunPython, operations that are not Django's own,
# defaults that are called. Nor where it has no transaction. Those run the ordinary way, in each schema. So does, in one
# schema, what failed there when it was replayed: Django does it after all, and what is reported is what Django met.

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

import psycopg
from django.db import connection as django_connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from tenants.isolation import owner, schema_objects
from tenants.isolation.database_roles import DatabaseRole
from tenants.schema.recording import Recorder, Recording, Step
from tenants.schema.template import for_organization

logger = logging.getLogger("workix.schema")

#: So many are migrated by Django before the others follow.
RECORDED = 2

# What Django's editor looks up by itself: columns, and the names of constraints and indexes.
_FINGERPRINTS = """
    WITH relations AS (
        SELECT nspname, c.oid, relname, relkind FROM pg_namespace AS n JOIN pg_class AS c ON c.relnamespace = n.oid
         WHERE nspname = ANY (%s) AND relkind <> 't'),
    facts (nspname, fact) AS (
        SELECT nspname, concat_ws(' ', 'relation', relname, relkind) FROM relations
        UNION ALL
        SELECT nspname, concat_ws(' ', 'column', relname, attname, atttypid, atttypmod, attnotnull, atthasdef, attidentity)
          FROM relations JOIN pg_attribute ON attrelid = relations.oid
         WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT nspname, concat_ws(' ', 'constraint', relname, conname, contype, condeferrable)
          FROM relations JOIN pg_constraint ON conrelid = relations.oid)
    SELECT nspname, md5(string_agg(fact, E'\\n' ORDER BY fact COLLATE "C")) FROM facts GROUP BY nspname"""


@dataclass(slots=True)
class Group:
    """Schemas that are alike, and what was recorded of the first of them. `waiting` are the migrations they lack."""

    waiting: frozenset[str]
    recordings: list[Recording | None] = field(default_factory=list)

    @property
    def records(self) -> bool:
        return len(self.recordings) < RECORDED

    @property
    def steps(self) -> tuple[Step, ...] | None:
        """What the others get; None while it isn't known, or where it differs from one to the other."""
        first = self.recordings[0] if len(self.recordings) == RECORDED else None
        alike = first is not None and all(each == first for each in self.recordings)
        return first.steps if first is not None and alike else None


def find_groups(connection: psycopg.Connection, applied: Mapping[str, str], wanted: str) -> dict[str, Group]:
    """Map each schema that lacks migrations to the group it is in. See Note [Replaying migrations]."""
    behind = [schema for schema, there in applied.items() if there != wanted]
    members: dict[tuple[object, ...], list[str]] = defaultdict(list)
    if behind:
        names: dict[str, str] = dict(connection.execute(_FINGERPRINTS, [behind]).fetchall())
        objects = {schema: n for n, alike in enumerate(schema_objects.alike(connection, behind)) for schema in alike}
        for schema in behind:
            members[applied[schema], names.get(schema), objects.get(schema)].append(schema)
    groups: dict[str, Group] = {}
    for (there, *_), schemas in members.items():
        groups |= dict.fromkeys(schemas, Group(frozenset(wanted.split()) - frozenset(str(there).split())))
    return groups


def bring_up(connection: psycopg.Connection, role: DatabaseRole, organization_id: UUID, group: Group) -> None:
    """Migrate a schema and make its objects, by replay where its group has something to replay."""
    if group.steps is not None and _replay(connection, role, organization_id, group.steps):
        return
    recording = owner.retried(partial(_migrate, role, organization_id, group))
    objects = schema_objects.apply(connection, role, organization_id)
    if group.records:
        group.recordings.append(recording and recording.followed_by(objects, organization_id))


def migrate_schema(role: DatabaseRole, on_progress: Callable[..., None] | None = None) -> None:
    """Run every migration in one schema, as an organization opened without the template would."""
    with owner.acting_as_owner(role.schema):
        executor = MigrationExecutor(django_connection, on_progress)
        executor.migrate(executor.loader.graph.leaf_nodes())


def _migrate(role: DatabaseRole, organization_id: UUID, group: Group) -> Recording | None:
    """Migrate by Django; return what was recorded, if it is whole: what came before a lock stopped it is not."""
    if not group.records:
        migrate_schema(role)
        return None
    recorder = Recorder()
    with recorder.listening():
        migrate_schema(role, recorder.on_progress)
    return recorder.recording(organization_id, group.waiting)


def _replay(connection: psycopg.Connection, role: DatabaseRole, organization_id: UUID, steps: tuple[Step, ...]) -> bool:
    """Execute each step in a transaction; say whether all went well. What was done stays, as with Django."""
    path = f"SET LOCAL search_path = {role.search_path()}"
    try:
        for step in steps:
            script = for_organization("\n;\n".join((path, *step.statements)), organization_id)
            owner.retried(partial(_run, connection, script))
    except psycopg.Error as error:
        if owner.gives_way(error):
            raise
        logger.warning("schema.not_replayed", extra={"schema": role.schema, "sqlstate": error.sqlstate})
        return False
    return True


def _run(connection: psycopg.Connection, script: str) -> None:
    with connection.transaction():
        connection.execute(sql.SQL(script))  # recorded from Django, not from anybody's input
