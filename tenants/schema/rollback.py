"""Roll-back of migrations: takes every schema back to a named migration, or to `zero`, in a transaction each, by a plan."""

# Raw SQL: reads the list of organizations as every release had it, and checks references at once, as the owner.

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

import psycopg
from django.db import connection as django_connection
from django.db import transaction
from django.db.migrations.exceptions import AmbiguityError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

from tenants.isolation import owner
from tenants.schema import template, up_to_date
from tenants.schema.rollout import Outcome, read_applied
from workix.core.errors import one_line

# Note [Going back]
# Organizations are opened from the template, so it goes back first: whatever is opened meanwhile is where the others are
# going. `public` goes last, and only when every organization is there: it is what they stand on. Each schema is one
# transaction, so it is at one end or at the other; run again, the command takes back what is left.
#
# Most of what Django does for it is to render the models as they were before each migration. They are the same in all schemas
# that count the same migrations: rendered once, they serve those that come one after the other.
#
# Triggers and functions stay as they are: those of the older release are declared in its code, and its own `migrate`
# makes them. Until then nothing of it may serve. Forward again, this release's `migrate` makes its own.

#: The migration that made the list of organizations: without it nobody would know whose the other schemas are.
LIST_OF_ORGANIZATIONS = ("tenants", "0001_initial")

_ORGANIZATIONS = "SELECT schema_name FROM public.organizations WHERE deleted_at IS NULL ORDER BY created_at, id"

#: An app, and the migration to go back to; None is before its first.
Target = tuple[str, str | None]


class CannotGoBack(RuntimeError):
    """There is no way back to where one was asked to go; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be taken back: schema -> its migrations (`app.name`), both in the order in which it is done."""

    target: Target
    steps: dict[str, tuple[str, ...]]


def find_target(app_label: str, name: str) -> Target:
    """Find a migration by the beginning of its name, as Django's own `migrate` does; `zero` is before the first.

    :raises CannotGoBack: when there is none, or more than one.
    """
    loader = MigrationLoader(None)
    if app_label not in loader.migrated_apps:
        raise CannotGoBack(f"There is no app {app_label!r} with migrations.")
    if name == "zero":
        return app_label, None
    try:
        return app_label, loader.get_migration_by_prefix(app_label, name).name
    except AmbiguityError:
        raise CannotGoBack(f"More than one migration of {app_label} begins with {name!r}.") from None
    except KeyError:
        raise CannotGoBack(f"No migration of {app_label} begins with {name!r}.") from None


def plan_rollback(target: Target) -> Plan:
    """Say what each schema would take back. One that never came so far stays where it is.

    :raises CannotGoBack: when a step can't be taken back, or would take the list of organizations away.
    """
    with owner.connect() as connection:
        organizations = _schemas_of_organizations(connection)
        wanted = [template.NIL_ROLE.schema, *organizations, "public"]
        applied = read_applied(connection, wanted)
    steps: dict[str, tuple[str, ...]] = {}
    alike: dict[str, tuple[str, ...]] = {}
    for schema in wanted:
        if schema in applied:  # `check_isolation` reports one that is lost
            known = alike.get(applied[schema])
            steps[schema] = alike[applied[schema]] = _steps(schema, target) if known is None else known
    if organizations and ".".join(LIST_OF_ORGANIZATIONS) in steps.get("public", ()):
        raise CannotGoBack(f"This drops the list of organizations, of which there are {len(organizations)}.")
    return Plan(target, {schema: each for schema, each in steps.items() if each})


def roll_back(plan: Plan, on_each: Callable[[Outcome], None] = lambda _outcome: None) -> list[Outcome]:
    """Take every schema of the plan back. One that fails keeps `public` where it is, and nobody else. See Note [Going back]."""
    with owner.connect() as connection:
        up_to_date.forget(connection)  # a migration may change rows alone, of which the catalogs tell nothing
    outcomes = []
    for outcome in _each(plan):
        on_each(outcome)
        outcomes.append(outcome)
    return outcomes


def _each(plan: Plan) -> Iterator[Outcome]:
    failed, rendered = 0, _Rendered()
    for schema in plan.steps:
        if schema == "public" and failed:
            yield Outcome(schema, migrated=False, error=f"It waits for the {failed} that could not go back.")
            return
        try:
            owner.retried(partial(_take_back, schema, plan.target, rendered))
        except Exception as error:  # noqa: BLE001  # one broken organization must not stop the others
            failed += 1
            yield Outcome(schema, migrated=False, error=one_line(error))
        else:
            yield Outcome(schema, migrated=True)


def _take_back(schema: str, target: Target, rendered: _Rendered) -> None:
    with owner.acting_as_owner(schema):
        executor = MigrationExecutor(django_connection)
        steps = [migration for migration, is_backwards in executor.migration_plan([target]) if is_backwards]
        states = rendered.before(steps, executor)
        atomic = all(migration.atomic for migration in steps)
        with transaction.atomic() if atomic else nullcontext():
            if atomic:
                with django_connection.cursor() as cursor:
                    # A table with a reference still to be looked at can't be altered in the same transaction.
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for migration in steps:
                executor.unapply_migration(states[migration], migration)
            executor.check_replacements()
    if schema == template.NIL_ROLE.schema:
        with owner.connect() as connection, connection.transaction():
            template.take(connection)


class _Rendered:
    """The models before each migration, kept until a schema comes that counts others. See Note [Going back]."""

    def __init__(self) -> None:
        self._applied: frozenset[tuple[str, str]] = frozenset()
        self._states: Mapping[Migration, ProjectState] = {}

    def before(self, steps: list[Migration], executor: MigrationExecutor) -> Mapping[Migration, ProjectState]:
        """Return the state before each of these steps, rendered; `executor` has read which migrations the schema counts."""
        applied = frozenset(executor.loader.applied_migrations)
        if applied != self._applied:
            self._states = dict(_states(set(steps), executor))
            self._applied = applied
        return self._states


def _states(steps: set[Migration], executor: MigrationExecutor) -> Iterator[tuple[Migration, ProjectState]]:
    """Go forward from nothing, as Django's executor does before it goes back."""
    loader = executor.loader
    state = ProjectState(real_apps=loader.unmigrated_apps)
    for migration, _ in executor.migration_plan(loader.graph.leaf_nodes(), clean_start=True):
        if migration in steps:
            state.apps  # noqa: B018  # renders all of them; each step renders what it changes
            yield migration, state
            state = migration.mutate_state(state)
        elif (migration.app_label, migration.name) in loader.applied_migrations:
            migration.mutate_state(state, preserve=False)


def _steps(schema: str, target: Target) -> tuple[str, ...]:
    with owner.acting_as_owner(schema):
        plan = MigrationExecutor(django_connection).migration_plan([target])
    backwards = [migration for migration, is_backwards in plan if is_backwards]
    for migration in backwards:
        if not _reversible(migration):
            raise CannotGoBack(f"{migration} can't be taken back.")
    return tuple(map(str, backwards))


def _reversible(migration: Migration) -> bool:
    return all(operation.reversible for operation in migration.operations)


def _schemas_of_organizations(connection: psycopg.Connection) -> list[str]:
    """List them by no more than what every release had: of other columns, some may be taken back already."""
    if connection.execute("SELECT to_regclass('public.organizations')").fetchone() == (None,):
        return []
    return [row[0] for row in connection.execute(_ORGANIZATIONS)]
