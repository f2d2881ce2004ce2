"""gunicorn's threaded worker, with buffering: a slow client costs a connection and some memory, never a thread."""

# Note [Slow clients]
# gunicorn's gthread takes a thread as soon as the first byte has come and keeps it until the last one has, and until the
# client has read the answer: as many slow clients as there are threads shut out everybody. Here the loop receives, and a
# thread gets a request that is whole (workix.web.server.arrival), and what a client does not read at once is sent by
# the loop (workix.web.server.connection). So a connection is always in one of these:
#
#     receiving  -> served by a thread ->  sending  -> receiving again, or lingering -> closed
#
# Everything but a thread has a deadline. When there is no room for another connection, the one that has waited longest
# goes; when all together hold too much, the one that holds most.
# Lingering: what was sent is lost when a socket is closed with unread input (RFC 9112, section 9.6), so our side is closed
# first and the rest is read. gunicorn does that in its loop, where one client could stop all the others for two seconds.
# A way of its own: health and metrics have threads that nothing else uses, so they answer while every other is at work.

from __future__ import annotations

import select
import selectors
import socket
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from workix.api.server_problems import RequestTimeout
from workix.core.errors import ProblemError
from workix.web.server.connection import SEND_SECONDS, BufferedSocket, Connection
from workix.web.server.ending import PRECISION, Ending
from workix.web.server.refusals import refusal_of, written
from workix.web.server.waiting import WaitingConnections

RECEIVE_BYTES = 65_536
#: Requests for these have threads of their own.
RESERVED_PATHS = (b"/health/", b"/metrics")
RESERVED_THREADS = 2
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class BufferedWorker(ThreadWorker):
    """See Note [Slow clients]. Only `handle` runs in a thread; everything else is the loop's.

    Seconds: a head has come whole after so many, and then a body; what is closed is read for so many.
    """

    sockets: list[socket.socket]
    head_seconds = 10.0
    body_seconds = 30.0
    linger_seconds = 2.0

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._waiting = WaitingConnections()
        self._ending = Ending(settings.WORKIX.drain_seconds)
        self._is_stopping = False

    def init_process(self) -> None:
        self._reserved = ThreadPoolExecutor(RESERVED_THREADS)
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and wait for its first request."""
        try:
            connected, client = listener.accept()
        except OSError:
            return  # gone again, or another worker has it
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections:
            self._close(self._waiting.oldest())
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        connection = Connection(self.cfg, connected, client, listener.getsockname(), largest=largest)
        self._wait(connection, self._receive, self.head_seconds)

    def handle_exit(self, *_: Any) -> None:
        """Begin to end (SIGTERM). See Note [Nobody is cut off]."""
        if self.alive:
            self._ending.begin()
            self.method_queue.defer(lambda: None)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(min(timeout, PRECISION) if self._ending.has_begun else timeout)

    def murder_pending(self) -> None:
        """Give up whose time is over, and end when it is time: gunicorn calls it once a turn of its loop."""
        if self._ending.has_begun and self.cfg.keepalive:
            self.cfg.set("keepalive", 0)  # which has gunicorn say so in each response
        if self._ending.is_over(self.sockets):
            self.alive = False
        if not self.alive and not self._is_stopping:
            self._is_stopping = True
            self._leave_listeners()
            self._waiting.give_up_all_within(STOP_KEEPALIVE_LINGER)
        for connection in self._waiting.overdue():
            has_begun = connection.registered == self._receive and connection.arrival.received
            self._refuse(connection, RequestTimeout()) if has_begun else self._close(connection)
        while (largest := self._waiting.largest_of_too_much()) is not None:
            self._close(largest)

    def handle(self, connection: Connection) -> bool:
        """Serve one request, and send what the client takes at once. Runs in a thread."""
        stays_open = bool(super().handle(connection))
        with suppress(OSError):  # the loop finds the same fault, and closes
            connection.sock.flush()
        return stays_open

    def finish_request(self, connection: Connection, served: Future[bool]) -> None:
        """Go on with a connection whose request a thread has answered."""
        is_answered = not served.cancelled() and served.exception() is None
        connection.stays_open = is_answered and bool(served.result()) and not connection.sock.missed_bytes
        self._send(connection)

    def handle_error(self, request: Any, client: BufferedSocket, address: Any, error: BaseException) -> None:
        """Answer what gunicorn's parser refuses, and what failed before Django could answer. Runs in a thread."""
        refusal = refusal_of(error)
        if refusal.status == 500:
            self.log.error("The server could not answer a request.", exc_info=error)
        with suppress(OSError):
            client.sendall(written(refusal, _host(address)))

    def _leave_listeners(self) -> None:
        """Close them at once; whoever waits at one that nobody else will serve is accepted before."""
        self.set_accept_enabled(False)
        for listener in self.sockets:
            while self._ending.is_of_all and select.select([listener], [], [], 0)[0]:
                self.accept(listener)
            listener.close()
        self.sockets = []

    def _receive(self, connection: Connection) -> None:
        try:
            data = connection.socket.recv(RECEIVE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._close(connection)
            return
        had = (bool(connection.arrival.received), connection.arrival.has_head)
        connection.arrival.feed(data)
        self._go_on(connection, had=had)

    def _go_on(self, connection: Connection, *, had: tuple[bool, bool]) -> None:
        """Serve what is whole, refuse what is too much, wait for the rest: so long for the head, so long for the body."""
        arrival = connection.arrival
        if arrival.refusal is not None:
            self._refuse(connection, arrival.refusal)
        elif arrival.is_over:
            self._serve(connection)
        elif had == (True, arrival.has_head):
            self._waiting.measure(connection)
        else:
            if arrival.asks_to_continue:
                with suppress(OSError):  # who is gone already is found gone when we go on receiving
                    connection.sock.sendall(CONTINUE)
                    connection.sock.flush()
            self._wait(connection, self._receive, self.body_seconds if arrival.has_head else self.head_seconds)

    def _serve(self, connection: Connection) -> None:
        self._stop_waiting(connection)
        pool = self._reserved if connection.arrival.path.startswith(RESERVED_PATHS) else self.tpool
        request, connection.arrival = connection.arrival.split()
        connection.sock.give(request)
        served = pool.submit(self.handle, connection)
        served.add_done_callback(partial(self.method_queue.defer, self.finish_request, connection))

    def _refuse(self, connection: Connection, refusal: ProblemError) -> None:
        connection.stays_open = False
        with suppress(OSError):
            connection.sock.sendall(written(refusal, _host(connection.client), origin=connection.arrival.origin))
        self._send(connection)

    def _send(self, connection: Connection) -> None:
        try:
            connection.sock.flush()
        except OSError:
            self._close(connection)
            return
        if connection.sock.unsent:
            if connection.registered != self._send:
                self._wait(connection, self._send, SEND_SECONDS)
        elif connection.stays_open:
            self._await_next(connection)
        else:
            self._linger(connection)

    def _await_next(self, connection: Connection) -> None:
        if connection.arrival.received:
            self._wait(connection, self._receive, self.head_seconds)
            self._go_on(connection, had=(True, connection.arrival.has_head))
        else:
            seconds = self.cfg.keepalive if self.alive else 0
            self._wait(connection, self._receive, seconds or STOP_KEEPALIVE_LINGER)

    def _linger(self, connection: Connection) -> None:
        try:
            connection.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(connection)
        else:
            self._wait(connection, self._discard, self.linger_seconds)

    def _discard(self, connection: Connection) -> None:
        try:
            if connection.socket.recv(RECEIVE_BYTES):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._close(connection)

    def _wait(self, connection: Connection, then: Callable[[Connection], None], seconds: float) -> None:
        """Call `then` when the client has sent something, or can be sent something; give it up after `seconds`."""
        if connection.registered != then:
            self._unregister(connection)
            events = selectors.EVENT_WRITE if then == self._send else selectors.EVENT_READ
            self.poller.register(connection.socket, events, partial(self._ready, connection, then))
            connection.registered = then
        self._waiting.add(connection, seconds)

    def _ready(self, connection: Connection, then: Callable[[Connection], None], _: object) -> None:
        if connection.registered == then:  # it may have been closed since the loop was told
            then(connection)

    def _stop_waiting(self, connection: Connection) -> None:
        self._unregister(connection)
        self._waiting.remove(connection)

    def _unregister(self, connection: Connection) -> None:
        if connection.registered is not None:
            self.poller.unregister(connection.socket)
            connection.registered = None

    def _close(self, connection: Connection | None) -> None:
        if connection is not None and not connection.is_closed:
            self._stop_waiting(connection)
            connection.is_closed = True
            connection.socket.close()
            self.nr_conns -= 1


def _host(address: Any) -> str:
    return str(address[0]) if isinstance(address, tuple) and address else ""
