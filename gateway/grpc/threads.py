"""The threads that answer calls (concurrent.futures): a call is given one when its message is there, and not before."""

# Note [One waking]
# grpcio gives a call a thread at its headers; the thread asks for the message and sleeps until another one, which alone hears of
# what comes, wakes it again. So each call is handed over twice, which costs a sixth of all that a call costs, and whoever opens
# calls and sends no message holds every thread. Here the message is asked for where the headers were heard of, and a thread is
# woken once, when it has come. What grpcio does itself stays with it: statuses, cancellations, who is told of an end. The
# names used of it are private, of the version that is pinned; where the call it makes has another form, it is done as by
# grpcio, and a test watches which of the two it is.

# Note [Messages that do not come]
# A call counts among those that are taken at once (WORKIX_GRPC_CALLS_AT_ONCE) from its headers on, before anybody knows whose it
# is. So a message has as long to come as a request to REST has, and a call that goes without is refused. What waits is in a
# dictionary, the oldest first, which one thread looks at now and then: a timer a call would be a thread a call.

from __future__ import annotations

import threading
import time
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

#: For streams, which are reflection's alone: they hold a thread as long as they are open, and none of the calls'. So many may be
#: open, waiting for a thread or with one: each is a call among those that are taken at once.
STREAMS, MOST_STREAMS = 2, 16
#: See Note [Messages that do not come].
MESSAGE_SECONDS, LOOKS_EVERY = 20.0, 1.0
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
        self._awaited = _Awaited()
        self._streams: set[Future[Any]] = set()
        weakref.finalize(self, _end, self._calls, calls, self._awaited).atexit = False

    def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        """Do this in a thread, as grpcio asks it: what answers a call of one message after that has come."""
        if len(given) != _GIVEN or given[0] is not _unary_response_in_pool:
            return self._submit_stream(function, *given, **named)
        answer, event, state, behavior, _, reads, writes = given
        done = _Done()

        def work() -> None:
            try:
                function(answer, event, state, behavior, lambda: _taken(event, state), reads, writes)
            finally:
                done.tell()

        def then() -> None:
            self._awaited.end(state)
            self._calls.put(work)

        self._awaited.begin(event, state)
        _receive(event, state, reads, then)
        return done

    def _submit_stream(self, function: Callable[..., Any], *given: Any, **named: Any) -> Future[Any]:
        """Do this in a thread for streams; where too many are open, refuse it."""
        if len(given) == _GIVEN and len(self._streams) >= MOST_STREAMS:
            refused: Future[Any] = Future()
            refused.set_result(None)
            event, state = given[1], given[2]
            with state.condition:
                _abort(state, event.call, cygrpc.StatusCode.resource_exhausted, b"Too many streams are open.")
            return refused
        stream = super().submit(function, *given, **named)
        self._streams.add(stream)
        stream.add_done_callback(self._streams.discard)
        return stream


def _work(calls: SimpleQueue[Work | None]) -> None:
    while (work := calls.get()) is not None:
        work()
        del work  # what a call held does not wait for the next one


def _end(calls: SimpleQueue[Work | None], count: int, awaited: _Awaited) -> None:
    awaited.is_over.set()
    for _ in range(count):
        calls.put(None)


class _Awaited:
    """The calls whose message has not come yet. See Note [Messages that do not come]."""

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self._calls: dict[int, tuple[float, Any, Any]] = {}
        threading.Thread(target=self._look, name="grpc-awaited", daemon=True).start()

    def begin(self, event: Any, state: Any) -> None:
        self._calls[id(state)] = time.monotonic() + MESSAGE_SECONDS, event, state

    def end(self, state: Any) -> None:
        self._calls.pop(id(state), None)

    def _look(self) -> None:
        while not self.is_over.wait(LOOKS_EVERY):
            now = time.monotonic()
            for due_at, event, state in dict(self._calls).values():
                if due_at > now:
                    break
                self.end(state)
                _refuse(event, state)


def _refuse(event: Any, state: Any) -> None:
    with state.condition:
        if _RECEIVE_MESSAGE_TOKEN in state.due and not state.statused:
            _abort(state, event.call, cygrpc.StatusCode.deadline_exceeded, b"The message did not come in time.")


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
        if message is None and state.client is _CLOSED and not state.statused:
            _abort(state, event.call, cygrpc.StatusCode.unimplemented, b"Exactly one message is required.")
    return message
