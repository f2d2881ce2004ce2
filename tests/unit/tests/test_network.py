"""Tests stay on this machine."""

from __future__ import annotations

import socket

import pytest

from tests.network import NetworkBlocked, stays_here


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0)])
def test_a_connection_that_would_leave_is_refused(address: tuple[object, ...]) -> None:
    family = socket.AF_INET6 if ":" in str(address[0]) else socket.AF_INET
    with socket.socket(family) as outward, pytest.raises(NetworkBlocked, match="do not leave this machine"):
        outward.connect(address)


def test_a_name_that_is_elsewhere_is_not_looked_up() -> None:
    with pytest.raises(NetworkBlocked, match=r"asked where workix\.example is"):
        socket.getaddrinfo("workix.example", 443)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as caller:
        assert caller.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("host", "here"),
    [("localhost", True), ("acme.localhost", True), (b"127.9.9.9", True), ("::1", True), ("10.0.0.1", False)],
)
def test_what_counts_as_this_machine(host: str | bytes, here: bool) -> None:
    assert stays_here(host) is here
