"""Commit checks: what the audit trail says of a transaction is looked at before it is committed."""

# Note [Checked before it is kept]
# A dry run says what an act would do, and that was a moment ago: the act itself may find other rows. Whoever lets it pass for
# what the dry run said looks once more where nothing comes in between any more: at the end of each transaction, at the entries
# that the database wrote of it. What raises there has it rolled back. Constraints that wait for the end are checked before, so
# that nothing is written afterwards. A transaction that is kept is not taken back because of a later one of the same block.

# Raw SQL: reads the entries of a transaction.

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection as of_thread
from django.db.backends.postgresql.base import DatabaseWrapper

from tenants.isolation.database_roles import DatabaseRole
from workix.core.current import Current

Entry = dict[str, Any]
Check = Callable[[list[Entry]], object]

_MEMBERS = ("id", "action", "resource_type", "resource_id", "resource_label", "source", "changes")
#: Those of this transaction: a caller may give a request the id of another, whose entries are not for them to see.
_ENTRIES = (
    f"SELECT {', '.join(_MEMBERS)} FROM audit_logs"  # noqa: S608  # our own names
    " WHERE request_id = ANY(%s) AND created_at >= now() ORDER BY created_at, id"
)


class CommitChecking(DatabaseWrapper):
    """What the backend asks before it commits. See Note [Checked before it is kept]."""

    database_role: DatabaseRole | None = None
    commit_check: Check | None = None

    def commit(self) -> None:
        """Commit what the check, where there is one, has nothing against.

        :raises Exception: whatever the check raises; then it is rolled back.
        """
        role = self.database_role
        if self.commit_check is not None and role is not None and role.schema != "public":
            try:
                with self.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                self.commit_check(self.entries_of_transaction(Current.request_id))
            except BaseException:
                self.rollback()
                raise
        super().commit()

    def entries_of_transaction(self, *request_ids: str) -> list[Entry]:
        """Return the entries of the transaction at hand, in the order in which they were written."""
        with self.cursor() as cursor:
            cursor.execute(_ENTRIES, [list(request_ids)])
            return [{**dict(zip(_MEMBERS, row, strict=True)), "changes": json.loads(row[-1])} for row in cursor]


@contextmanager
def checked_before_commit(check: Check) -> Iterator[None]:
    """Show `check` the entries of each transaction of an organization in the block before it is committed; it raises to undo it.

    Each entry has `id`, `action`, `resource_type`, `resource_id`, `resource_label`, `source` and `changes`.
    """
    wrapper: Any = of_thread
    before, wrapper.commit_check = wrapper.commit_check, check
    try:
        yield
    finally:
        wrapper.commit_check = before
