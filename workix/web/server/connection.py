"""One client's connection as gunicorn's threads see it: requests that have come, responses that need not be waited for."""

# Note [No thread waits for a client]
# A thread reads a request that has come whole, and writes as much of the response as the kernel takes at once. The rest
# is kept, and sent by the worker's loop while the thread serves somebody else. Only a response of more than MOST_UNSENT
# bytes (none of ours is) holds its thread, and no longer than SEND_SECONDS.

from __future__ import annotations

import errno
import select
import socket
import time
from collections.abc import Callable
from typing import Any

from gunicorn.workers.gthread import TConn

from workix.web.server.arrival import Arrival

MOST_UNSENT = 4_194_304
SEND_BYTES = 65_536
SEND_SECONDS = 30.0


class BufferedSocket:
    """What gunicorn calls a socket: gives out what was received, keeps what can't be sent yet."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._received = memoryview(b"")
        self._unsent = bytearray()
        self.missed_bytes = False

    def give(self, received: bytes) -> None:
        """Let the next request be read from these bytes. Behind them is the end of input."""
        self._received = memoryview(received)
        self.missed_bytes = False

    @property
    def unsent(self) -> int:
        """How many bytes of the response wait for the client, at this moment."""
        return len(self._unsent)

    def recv(self, size: int) -> bytes:
        """Read what was received, as from any socket; nothing is the end of input."""
        data, self._received = self._received[:size], self._received[size:]
        self.missed_bytes |= not data
        return bytes(data)

    def sendall(self, data: bytes) -> None:
        """Keep it, and send when there is enough: head and body go out together.

        :raises OSError: when the client is gone, or too slow for a very large response.
        """
        self._unsent += data
        if len(self._unsent) >= SEND_BYTES:
            self.flush()
        if len(self._unsent) > MOST_UNSENT:
            self._wait_until_few_are_left()

    def send(self, data: bytes) -> int:
        """Leave out "100 Continue", the one thing that gunicorn sends this way: it was sent before the body came."""
        return len(data)

    def flush(self) -> None:
        """Send what the kernel takes without waiting."""
        try:
            while self._unsent:
                del self._unsent[: self._socket.send(self._unsent)]
        except BlockingIOError:
            return

    def _wait_until_few_are_left(self) -> None:
        deadline = time.monotonic() + SEND_SECONDS
        while len(self._unsent) > MOST_UNSENT // 2:
            _, ready, _ = select.select([], [self._socket], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise OSError(errno.EPIPE, "the client reads too slowly")
            self.flush()

    def setblocking(self, flag: bool) -> None:
        """Stay as it is: nobody waits for this socket."""

    def settimeout(self, seconds: float | None) -> None:
        """Stay as it is: nobody waits for this socket."""

    def gettimeout(self) -> float:
        return 0.0

    def fileno(self) -> int:
        return self._socket.fileno()

    def getsockname(self) -> Any:
        return self._socket.getsockname()

    def shutdown(self, how: int) -> None:
        self._socket.shutdown(how)

    def close(self) -> None:
        self._socket.close()


class Connection(TConn):
    """gunicorn's own, around a socket that buffers; `arrival` is the request that comes next."""

    sock: BufferedSocket

    def __init__(self, cfg: Any, connected: socket.socket, client: Any, server: Any, *, largest: int) -> None:
        connected.setblocking(False)
        super().__init__(cfg, BufferedSocket(connected), client, server)
        self.socket = connected
        self.arrival = Arrival(largest)
        self.data_ready = True  # a thread gets it when a request has come, so there is nothing to wait for
        self.stays_open = False
        self.is_closed = False
        self.registered: Callable[[Any], None] | None = None

    @property
    def held(self) -> int:
        """How many bytes it keeps in memory while it waits."""
        return len(self.arrival.received) + self.sock.unsent
