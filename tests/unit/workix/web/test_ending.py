"""The end of a web server: who had connected is accepted, who comes later is not; a worker that ends alone closes nobody out."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

from workix.observability import health
from workix.web.server import ending
from workix.web.server.ending import Ending, refuse_new


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A socket of a worker that settles at once, in a server of its own."""
    monkeypatch.setattr(ending, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(ending, "_whole_server_ends", bytearray(1))
    monkeypatch.setattr(ending, "readiness", health.Readiness())
    with socket.create_server(("127.0.0.1", 0)) as there:
        there.setblocking(False)
        yield there


def lets_in(listener: socket.socket) -> bool:
    try:
        socket.create_connection(listener.getsockname(), timeout=0.1).close()
    except TimeoutError:
        return False
    return True


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux filters what comes to a socket")
def test_who_had_connected_is_accepted_and_who_comes_later_is_dropped(listener: socket.socket) -> None:
    with socket.create_connection(listener.getsockname()) as early:
        refuse_new(listener)
        assert not lets_in(listener)
        accepted, _ = listener.accept()
        with accepted:
            early.sendall(b"a request")
            assert accepted.recv(9) == b"a request"


def test_a_worker_that_ends_alone_leaves_its_socket_to_the_others(listener: socket.socket) -> None:
    alone = Ending(60)
    assert not alone.is_over([listener])
    alone.begin()
    assert alone.is_over([listener])
    assert (alone.is_of_all, ending.readiness.is_stopping, lets_in(listener)) == (False, False, True)


def test_a_server_that_ends_goes_on_for_a_while_not_ready(listener: socket.socket) -> None:
    ending._whole_server_ends[0] = 1
    slow, quick = Ending(60), Ending(0)
    for each in (slow, quick):
        each.begin()
    assert (slow.is_over([listener]), lets_in(listener), ending.readiness.is_stopping) == (False, True, True)
    assert quick.is_over([listener])
    assert not lets_in(listener)
