"""The threads that answer calls (concurrent.futures): a call is given one when its message is there, and not before."""

# Note [One waking]
# grpcio gives a call a thread at its headers; the thread asks for the message and sleeps until another one, which alone hears of
# what comes, wakes it again. So each call is handed over twice, which costs a sixth of all that a call costs, and whoever opens
# calls and sends no message holds every thread. Here the message is asked for where the headers were heard of, and a thread is
# woken once, when it has come. What grpcio does itself stays with it: statuses, cancellations, who is told of an end. The
# names used of it are private, of the version that is pinned; where the call it makes has another form, it is done as by
# grpcio, and a test watches which of the two it is.

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

from grpc._cython import cygrpc  # type: ignore[attr-defined]  # native, and without types
from grpc._server import (
    _CLOSED,
    _RECEIVE_MESSAGE_TOKEN,
    _abort,
    _receive_message,
    _unary_response_in_pool,
)

#: For streams, which are reflection's alone: they hold a thread as long as they are open, and none of the calls'.
STREAMS = 2
_FLAGS = 0
#: What answers, the call, its state, who does it, what waits for the message, and what reads and writes.
_GIVEN = 7
Work = Callable[[], None]


class Threads(ThreadPoolExecutor):
    """So many threads for calls, and STREAMS for the rest. See Note [One waking]."""

    def __init__(self, calls: int) -> None:
        super().__init__(STREAMS, thread_name_prefix="grpc-stream")
        self._calls: SimpleQueue[Work | None] = SimpleQueue()
        for number in range(calls):
            threading.Thread(target=_work, args=(self._calls,), name=f"grpc_{number}", daemon=True).start()
        weakref.finalize(self, _end, self._calls, calls).atexit = False

    def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        """Do this in a thread, as grpcio asks it: what answers a call of one message after that has come."""
        if len(given) != _GIVEN or given[0] is not _unary_response_in_pool:
            return super().submit(function, *given, **named)
        answer, event, state, behavior, _, reads, writes = given
        done = _Done()

        def work() -> None:
            try:
                function(answer, event, state, behavior, lambda: _taken(event, state), reads, writes)
            finally:
                done.tell()

        _receive(event, state, reads, lambda: self._calls.put(work))
        return done


def _work(calls: SimpleQueue[Work | None]) -> None:
    while (work := calls.get()) is not None:
        work()
        del work  # what a call held does not wait for the next one


def _end(calls: SimpleQueue[Work | None], count: int) -> None:
    for _ in range(count):
        calls.put(None)


class _Done(Future[None]):
    """What grpcio wants to know of the work: its end. It asks before the message can have come, so nobody waits here."""

    def __init__(self) -> None:
        self._told: Callable[[Any], object] | None = None

    def add_done_callback(self, fn: Callable[[Any], object]) -> None:
        self._told = fn

    def tell(self) -> None:
        if self._told is not None:
            self._told(self)


def _receive(event: Any, state: Any, reads: Any, then: Callable[[], None]) -> None:
    """Ask for the message of a call; `then` is called when it is there, or will never be."""
    received = _receive_message(state, event.call, reads)

    def tag(came: Any) -> Any:
        over = received(came)
        then()
        return over

    with state.condition:
        event.call.start_server_batch((cygrpc.ReceiveMessageOperation(_FLAGS),), tag)
        state.due.add(_RECEIVE_MESSAGE_TOKEN)


def _taken(event: Any, state: Any) -> bytes | None:
    """Return the message that came; None when the call is over, or is refused because it ended without one."""
    with state.condition:
        message: bytes | None = state.request
        state.request = None
        if message is None and state.client is _CLOSED:
            _abort(state, event.call, cygrpc.StatusCode.unimplemented, b"Exactly one message is required.")
    return message
