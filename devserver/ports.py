"""TCP ports of this machine: whether one can be listened on, and one that is free."""

from __future__ import annotations

import socket


def why_unusable(address: str) -> str | None:
    """Say why `host:port` can't be listened on ("Address already in use"); None when it can."""
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), int(port)))
        except OSError as error:
            return error.strerror or str(error)
    return None


def find_free_port(host: str = "127.0.0.1") -> int:
    """Let the kernel choose a port. It is free now, and may be somebody else's by the time it is used."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host.strip("[]"), 0))
        return int(probe.getsockname()[1])
