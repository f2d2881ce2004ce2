"""Asks the web server whether it is ready (GET /health/ready)."""

from __future__ import annotations

import http.client

_HERE = {"0.0.0.0": "127.0.0.1", "[::]": "::1"}  # noqa: S104  # read, not bound


def is_ready(address: str) -> bool:
    """Tell whether what listens on `host:port` answers anything but a server error."""
    host, _, port = address.rpartition(":")
    connection = http.client.HTTPConnection(_HERE.get(host, host.strip("[]")), int(port), timeout=1)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
