"""Roll-out of migrations: public, the schema template and every organization, each schema in its own transaction."""

# Raw SQL: reads which migrations each schema has, as the owner.

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import psycopg
from django.core.management import call_command
from psycopg import sql

from tenants.isolation import bootstrap, drift, hardening, owner, schema_objects
from tenants.isolation.database_roles import control_role_name, tenant_role, watchdog_role_name
from tenants.isolation.evidence.proofs import thrown_away
from tenants.isolation.server_capabilities import server_capabilities
from tenants.models import Organization
from tenants.schema import failures, replay, template, up_to_date
from tenants.signals import roll_out_beginning

#: A query takes a lock on each table it reads, and of those a server has not many at once.
SCHEMAS_A_QUERY = 200

_COUNTING = """
    SELECT nspname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE relname = 'django_migrations' AND relkind = 'r' AND nspname = ANY (%s)"""
_APPLIED = sql.SQL("SELECT {}, string_agg(app || '.' || name, ' ' ORDER BY app, name) FROM {}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one organization's schema. `error` is empty where all went well."""

    schema: str
    migrated: bool
    error: str = ""


OnEach = Callable[[Outcome], None]


class LostSchema(RuntimeError):
    """Without its own tables, an organization's migrations would find those of `public`."""

    def __init__(self) -> None:
        super().__init__("The schema is gone, or counts no migration. Bring it back from a backup.")


def set_up_and_roll_out(on_each: OnEach = lambda _outcome: None, *, verbosity: int = 1) -> tuple[bool, list[Outcome]]:
    """Do `set_up` and `roll_out`, or find that there is nothing to do. See Note [Nothing to do].

    Return whether pg_catalog could be closed too, and what became of each organization.
    """
    _prepare()
    with owner.connect() as connection:
        since = up_to_date.last_time(connection)
        if since and since.hardened is _may_harden() and up_to_date.is_unchanged(connection, since):
            return since.hardened, _leave_alone(connection, on_each)
        hardened = _harden()
        if since and up_to_date.is_unchanged(connection, since):
            up_to_date.remember(connection, replace(since, hardened=hardened))
            return hardened, _leave_alone(connection, on_each)
        looked = replace(up_to_date.look(connection), hardened=hardened)
        _bring_public_up(verbosity)
        outcomes = roll_out(on_each)
        if not any(outcome.error for outcome in outcomes) and up_to_date.is_unchanged(connection, looked):
            up_to_date.remember(connection, looked)
    return hardened, outcomes


def set_up(verbosity: int = 1) -> bool:
    """Set up the isolation, migrate `public` and the schema template. Return whether pg_catalog could be closed too."""
    _prepare()
    hardened = _harden()
    _bring_public_up(verbosity)
    return hardened


def roll_out(on_each: OnEach = lambda _outcome: None, *, among: list[Organization] | None = None) -> list[Outcome]:
    """Bring the schemas of all organizations, or of those in `among`, to the template's migrations and privileges.

    One that fails does not stop the others.
    """
    outcomes: list[Outcome] = []
    with owner.acting_as_owner("public"):
        roll_out_beginning.send(sender=Organization)
    everybody = organizations() if among is None else among
    drift.repair_roles(everybody)  # after a restore there may be none, and what is granted is granted to them
    try:
        for outcome in _each_behind(everybody):
            outcomes.append(outcome)
            on_each(outcome)
    finally:
        with owner.connect() as connection:
            failures.note(connection, outcomes)
    return outcomes


def organizations() -> list[Organization]:
    """Return everybody. Organizations that a proof of isolation throws away are nobody's: it looks after them itself."""
    proved = thrown_away()
    with owner.acting_as_owner("public"):
        return list(Organization.objects.filter(deleted_at__isnull=True).exclude(id__in=proved))


def _each_behind(everybody: list[Organization]) -> Iterator[Outcome]:
    with owner.connect() as connection:
        there = read_applied(connection, [each.schema_name for each in everybody])
        wanted = read_applied(connection, [template.NIL_ROLE.schema])[template.NIL_ROLE.schema]
        drifted = drift.find_schema_drift(connection, everybody).keys()
        groups = replay.find_groups(connection, there, wanted)
        for organization in everybody:
            schema = organization.schema_name
            try:
                if schema not in there:
                    raise LostSchema
                if schema in groups or schema in drifted:
                    _bring_up(connection, organization, groups.get(schema))
            except Exception as error:  # noqa: BLE001  # one broken organization must not stop the others
                yield Outcome(schema, migrated=False, error=str(error))
            else:
                yield Outcome(schema, migrated=schema in groups)


def _bring_up(connection: psycopg.Connection, organization: Organization, group: replay.Group | None) -> None:
    role = tenant_role(organization)
    if group is not None:
        replay.bring_up(connection, role, organization.id, group)
    else:
        owner.retried(partial(schema_objects.apply, connection, role, organization.id))


def _prepare() -> None:
    server_capabilities()
    owner.retried(bootstrap.prepare)


def _may_harden() -> bool:
    return owner.find_superuser() is not None


def _harden() -> bool:
    hardened = hardening.harden(control_role_name(), watchdog_role_name())
    server_capabilities.cache_clear()  # it asked before
    return hardened


def _bring_public_up(verbosity: int) -> None:
    owner.retried(partial(_migrate, "public", verbosity))
    owner.retried(drift.repair_public)
    owner.retried(partial(_migrate_template, verbosity))


def _leave_alone(connection: psycopg.Connection, on_each: OnEach) -> list[Outcome]:
    """Look at what the catalogs do not tell: the roles, and an organization that came and lost its schema since."""
    everybody = organizations()
    drift.repair_roles(everybody)
    there = {row[0] for row in connection.execute(_COUNTING, [[each.schema_name for each in everybody]])}
    outcomes = [
        Outcome(each.schema_name, migrated=False, error="" if each.schema_name in there else str(LostSchema()))
        for each in everybody
    ]
    failures.note(connection, outcomes)
    for outcome in outcomes:
        on_each(outcome)
    return outcomes


def _migrate(schema: str, verbosity: int) -> None:
    with owner.acting_as_owner(schema):
        call_command("migrate_schema", verbosity=verbosity)


def _migrate_template(verbosity: int) -> None:
    role = template.NIL_ROLE
    with owner.connect() as connection:
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(role.schema)))
        _migrate(role.schema, verbosity)
        with connection.transaction():
            schema_objects.apply(connection, role, template.NIL, grant=False)
            template.take(connection)


def read_applied(connection: psycopg.Connection, schemas: list[str]) -> dict[str, str]:
    """Map each schema to the migrations it counts as applied, in one text; one that is gone, or counts none, is left out."""
    there = connection.execute(_COUNTING, [schemas]).fetchall()
    found: dict[str, str] = {}
    for first in range(0, len(there), SCHEMAS_A_QUERY):
        some = there[first : first + SCHEMAS_A_QUERY]
        each = [_APPLIED.format(sql.Literal(schema), sql.Identifier(schema, "django_migrations")) for (schema,) in some]
        found |= dict(connection.execute(sql.SQL(" UNION ALL ").join(each)).fetchall())
    return {schema: applied for schema, applied in found.items() if applied}
