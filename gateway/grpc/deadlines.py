"""Deadlines and cancellations: a call that is over does nothing more, and what the database does for it is cancelled."""

# Note [A call that is over]
# A client that gave up must not find later that it was done after all. So nothing begins for a call whose deadline has passed;
# no statement is made for one that is over meanwhile; and a statement that runs at that moment is cancelled, so that its
# transaction is undone. gRPC tells of the end in its own thread, which must not wait: another one cancels. Between the last
# statement and its commit nobody can tell the two apart; an idempotency key can.

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg

from workix.core.errors import ProblemError


class DeadlineExceeded(ProblemError):
    status = 504
    code = "deadline_exceeded"
    detail = "The deadline of this call has passed, or its client has cancelled it. Nothing was done."


class Call:
    """The length of one call, by which its statements live. See Note [A call that is over]."""

    def __init__(self, context: Any, wrapper: Any) -> None:
        """Begin none yet; `wrapper` is Django's of the connection of this thread."""
        self._lock, self._is_over, self._is_answered = threading.Lock(), False, False
        self._wrapper, self._context = wrapper, context

    def __enter__(self) -> None:
        """Begin.

        :raises DeadlineExceeded: when it is over already.
        """
        remaining = self._context.time_remaining()
        if (remaining is not None and remaining <= 0) or not self._context.add_callback(self._end):
            raise DeadlineExceeded
        self._wrapper.execute_wrappers.append(self._execute)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._is_answered = True
        if self._execute in self._wrapper.execute_wrappers:
            self._wrapper.execute_wrappers.remove(self._execute)

    def _execute(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if self._is_over:
            raise DeadlineExceeded
        try:
            return execute(*statement)
        except Exception as error:
            if self._is_over:
                raise DeadlineExceeded from error
            raise

    def _end(self) -> None:
        if not self._is_answered:
            threading.Thread(target=self._cancel, name="grpc-cancel", daemon=True).start()

    def _cancel(self) -> None:
        """Cancel what runs. The lock keeps the connection with this call until that is done."""
        with self._lock:
            if self._is_answered:
                return
            self._is_over = True
            connection = self._wrapper.connection
            if connection is not None:
                with suppress(psycopg.Error):  # it may be gone
                    connection.cancel_safe(timeout=2.0)
