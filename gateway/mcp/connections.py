"""Connections of HTTP: uvicorn's, closed where the head of a request does not come in time."""

# Note [Connections that say nothing]
# uvicorn waits for the first line and the headers of a request for as long as they take, and counts each connection among those
# that it has at once. So a few hundred that are opened and left would keep everybody out. The body has a limit of its own
# (gateway/mcp/http.py), and so has a connection between two requests (keep-alive).

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

#: In which the head of a request must have come.
HEAD_SECONDS = 20.0


class Connection(H11Protocol):
    """A connection of a client. See Note [Connections that say nothing]."""

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._expect()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    def _expect(self) -> None:
        """Begin to wait for a head, or go on; while a request is at work, wait for none."""
        if not getattr(self.cycle, "response_complete", True):  # there is no cycle before the first request
            self._forget()
        elif self._due is None:
            self._due = self.loop.call_later(HEAD_SECONDS, self._close)

    def _forget(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _close(self) -> None:
        self.transport.close()
