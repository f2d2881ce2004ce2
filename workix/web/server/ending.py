"""The end of a web server (graceful shutdown, draining): nobody who has reached it is cut off, and nobody else reaches it."""

# Note [Nobody is cut off]
# A listening socket finishes handshakes by itself: who has connected waits in its backlog, and has sent a request, before we
# know of them. gunicorn stops accepting and closes the socket at its very end, which resets all who wait; a proxy may not
# send a POST of theirs elsewhere, since it can't know how far it came. So a server that was told to end does this:
#
# 1. For WORKIX_DRAIN_SECONDS it goes on as before, but /health/ready says 503 "stopping", and every response asks to
#    close its connection, so whoever balances by either of them goes elsewhere.
# 2. The kernel drops what opens a connection (SYN), for SETTLE_SECONDS: handshakes that had begun come to their end. Whoever
#    is dropped tries again within a second or so, as for a lost packet, and is refused then: that is safe to send elsewhere.
# 3. What waits is accepted, the socket is closed, and what was accepted is answered (graceful_timeout).
#
# The socket is shared by all processes of the server. A worker that ends alone, since it served enough or others are to take
# its place, just stops accepting; the others, or the next one, take whoever waits. Only the parent knows which of the two it
# is: it writes it into a page of memory that they share.

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import socket
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from types import FrameType

from workix.observability.health import readiness

SETTLE_SECONDS = 0.2
#: While it ends, the loop looks so often whether it is time, in seconds.
PRECISION = 0.05

_whole_server_ends = mmap.mmap(-1, 1)
# A program for the kernel (classic BPF), which sees a packet from its TCP header on: drop it where SYN is set.
_DROP_SYN = ((0x30, 0, 0, 13), (0x45, 0, 1, 0x02), (0x06, 0, 0, 0), (0x06, 0, 0, 0xFFFFFFFF))
_SO_ATTACH_FILTER = 26


def tell_workers() -> None:
    """Have the workers know, from now on, when the whole server is told to end. Called in their parent."""
    parent, before = os.getpid(), signal.getsignal(signal.SIGTERM)

    def tell(number: int, frame: FrameType | None) -> None:
        if os.getpid() == parent:
            _whole_server_ends[0] = 1
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, tell)


class Ending:
    """How far a worker is with its end. Seconds are those of WORKIX_DRAIN_SECONDS."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began: float | None = None
        self._settles_until: float | None = None

    @property
    def has_begun(self) -> bool:
        return self._began is not None

    @property
    def is_of_all(self) -> bool:
        """The whole server ends, not this worker alone."""
        return _whole_server_ends[0] != 0

    def begin(self) -> None:
        self._began = self._began or time.monotonic()

    def is_over(self, listeners: Iterable[socket.socket]) -> bool:
        """Go on to the next step where it is time; say whether only the last one is left."""
        if self._began is None:
            return False
        now = time.monotonic()
        if not self.is_of_all:  # the parent may hear of it a little later
            return now >= self._began + SETTLE_SECONDS
        readiness.is_stopping = True
        if self._settles_until is None and now >= self._began + self._seconds:
            self._settles_until = now + SETTLE_SECONDS
            for listener in listeners:
                refuse_new(listener)
        return self._settles_until is not None and now >= self._settles_until


def refuse_new(listener: socket.socket) -> None:
    """Have the kernel drop what opens a connection; where it has no such filter, there is a moment in which some are lost."""
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *each) for each in _DROP_SYN))
    told = struct.pack("HL", len(_DROP_SYN), ctypes.addressof(program))
    with suppress(OSError):
        listener.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, told)
