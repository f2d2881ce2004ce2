"""Cursors that force the extended protocol: one statement a call, so that an SQL injection can't stack a second one."""

# Note [One statement a call]
# Without parameters psycopg uses the simple protocol, which runs `SELECT 1; DROP TABLE …` as a matter of course.
# The extended protocol refuses a second statement in the server: "cannot insert multiple commands into a prepared
# statement". psycopg chooses the protocol in `_execute_send`; the hook is private, and a test watches over it.

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql.base import ServerBindingCursor


class OneStatementCursor(ServerBindingCursor):
    """See Note [One statement a call]."""

    def _execute_send(self, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        super()._execute_send(query, force_extended=True, binary=binary)  # type: ignore[misc]  # private
