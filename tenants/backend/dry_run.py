"""Dry run: a connection of each role that was needed, each in one transaction, and all of them are rolled back at the end."""

# Note [One transaction a role]
# An act may need several roles: an organization's own, the control role, the owner. Each has a connection and a transaction of
# its own, as ever; but where the scope changes, the connection is not given back to the pool, it is held with what was
# written, and taken up again by whoever enters the same role. With autocommit off, Django's atomic() makes savepoints, so
# the code of an act runs as it is: a block that fails undoes what it did, and no more; a statement outside of any block gets
# a savepoint of its own. Where an outermost block ends well, deferred constraints are checked, as they would be then. Nothing
# is committed, so triggers, audit entries, jobs and notifications are there for the act to see, and for nobody else.

# Raw SQL: has constraints checked that wait for the end.

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection as of_thread
from django.db.utils import DatabaseError

from tenants.backend.commit_checks import CommitChecking
from tenants.isolation.database_roles import DatabaseRole
from workix.core.current import Current

#: What is told of an entry.
_TOLD = ("id", "action", "resource_type", "resource_id", "resource_label", "changes")


@dataclass
class DryRun:
    """What is held of a dry run, and what would have left: jobs, mails among them. See Note [One transaction a role]."""

    jobs: list[Mapping[str, Any]] = field(default_factory=list)
    #: As whom the act worked in an organization's schema, in this order.
    entered: list[DatabaseRole] = field(default_factory=list)
    #: Those of its transactions: what an approval does has another than the approval.
    request_ids: set[str] = field(default_factory=set)
    _held: dict[str, tuple[DatabaseRole, psycopg.Connection]] = field(default_factory=dict)

    def note(self, role: DatabaseRole | None) -> None:
        """Remember that the act works as `role`, where that has a trail."""
        if role is not None and role.schema != "public" and role.schema not in [each.schema for each in self.entered]:
            self.entered.append(role)

    def hold(self, role: DatabaseRole, connection: psycopg.Connection) -> None:
        self._held[role.name] = role, connection

    def take_up(self, role: DatabaseRole) -> psycopg.Connection | None:
        """Return the connection that was held for `role`."""
        _, connection = self._held.pop(role.name, (None, None))
        return connection

    def undo(self) -> Iterator[tuple[DatabaseRole, psycopg.Connection]]:
        """Roll each back, and return it as good as new; one that can't be is closed."""
        while self._held:
            role, connection = self._held.popitem()[1]
            try:
                connection.rollback()
                connection.autocommit = True
            except psycopg.Error:
                connection.close()
            yield role, connection


class ScopeChangeInTransaction(DatabaseError):
    """The organization can't change in the middle of a transaction."""


class DryRunning(CommitChecking):
    """What the backend does otherwise in a dry run. See Note [One transaction a role]."""

    connection: Any
    dry_run: DryRun | None = None
    #: What the backend itself brings.
    acting_as: Callable[[DatabaseRole | None], Any]
    _say_who_acts: Callable[[], None]
    _give_back: Callable[[], None]
    _return: Callable[[DatabaseRole, psycopg.Connection], None]

    def savepoint(self) -> Any:
        """Make one; in a dry run the outermost stands for a transaction, and says who acts. See Note [One transaction a role]."""
        made = super().savepoint()
        if self.dry_run is not None and not self.savepoint_ids:
            self.dry_run.request_ids.add(Current.request_id)
            self._say_who_acts()
        return made

    def savepoint_commit(self, sid: Any) -> None:
        if self.dry_run is not None and not self.savepoint_ids:
            with self.wrap_database_errors:
                self.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
                self.connection.execute("SET CONSTRAINTS ALL DEFERRED")
        super().savepoint_commit(sid)

    @contextmanager
    def dry_running(self) -> Iterator[DryRun]:
        """Keep nothing of what the block writes, as whichever role. See Note [One transaction a role].

        :raises ScopeChangeInTransaction: inside a transaction, which would be kept.
        """
        with self._writing_for(DryRun()) as run:
            assert run is not None
            try:
                yield run
            finally:
                self._give_back()
                for role, connection in run.undo():
                    self._return(role, connection)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what the block writes, in a dry run too: what is counted, so that nobody goes around a limit by one.

        :raises ScopeChangeInTransaction: inside a transaction.
        """
        with self._writing_for(None):
            yield

    @contextmanager
    def _writing_for(self, run: DryRun | None) -> Iterator[DryRun | None]:
        before = self.dry_run
        if run is before:
            yield run
            return
        if self.in_atomic_block:
            raise ScopeChangeInTransaction("A dry run can't begin or pause inside a transaction.")
        self._give_back()
        self.dry_run = run
        if run is not None:
            run.note(self.database_role)
        try:
            yield run
        finally:
            self._give_back()
            self.dry_run = before

    def entries_of_dry_run(self) -> list[dict[str, Any]]:
        """Return the audit entries this dry run has made, as the database wrote them."""
        assert self.dry_run is not None
        found: list[dict[str, Any]] = []
        request_ids = sorted(self.dry_run.request_ids)
        for role in self.dry_run.entered:
            with self.acting_as(role):
                found += ({name: entry[name] for name in _TOLD} for entry in self.entries_of_transaction(*request_ids))
        return found


def dry_run() -> AbstractContextManager[DryRun]:
    """Do everything, keep nothing. Enter a scope before or inside, but no transaction before."""
    return _backend().dry_running()


def kept() -> AbstractContextManager[None]:
    """Keep what the block writes, in a dry run too: else nobody would be limited by what is counted in there."""
    return _backend().kept()


def entries_made() -> list[dict[str, Any]]:
    """Return the audit entries that the dry run around has made."""
    return _backend().entries_of_dry_run()


def tell_of_job(**job: Any) -> None:
    """Remember a job that would leave, where this is a dry run."""
    run = _backend().dry_run
    if run is not None:
        run.jobs.append(job)


def _backend() -> DryRunning:
    ours: Any = of_thread
    return ours  # type: ignore[no-any-return]  # our own backend, behind Django's proxy
