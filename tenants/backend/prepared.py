"""Prepared statements: what is asked all day is parsed and planned once a session, and not each time."""

# Note [Prepared statements]
# A statement that is prepared stays in the session of its role until that ends, so it costs memory on both sides: few are worth
# it, and Django prepares none. It goes with its session, as a connection goes back to the pool and is taken by its role again.
# Behind a pooler the next transaction may be in another session, which knows of none: there nothing is prepared.
# A session keeps its cursor for these, too: psycopg remembers in it how the values of the last statement are written and read.

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from tenants.backend.cursors import OneStatementCursor

_KEPT = "workix_prepared_cursor"


class PreparingCursor(OneStatementCursor):
    """Prepares what it executes. See Note [Prepared statements]."""

    connection: Any

    def execute(self, *statement: Any, **options: Any) -> Any:
        """Execute it as any cursor does."""
        session = self.connection
        before, session.prepare_threshold = session.prepare_threshold, 0
        try:
            return super().execute(*statement, **options)  # type: ignore[misc]  # psycopg's, of which django-stubs tell nothing
        finally:
            session.prepare_threshold = before


def prepared(wrapper: Any) -> CursorWrapper:
    """Return the cursor of a connection of Django that prepares each statement, once a session. Nobody closes it.

    The next statement through it forgets the rows of the one before. See Note [Prepared statements].
    """
    wrapper.ensure_connection()
    session = wrapper.connection
    if settings.WORKIX.pgbouncer is not None:
        made: CursorWrapper = wrapper.cursor()
        return made
    cursor = vars(session).get(_KEPT)
    if cursor is None:
        cursor = vars(session)[_KEPT] = PreparingCursor(session)  # type: ignore[call-arg]  # as above
    return CursorWrapper(cursor, wrapper)
