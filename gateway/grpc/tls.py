"""TLS of the gRPC server: certificate and key (PEM), read again when their files change; and where none is needed."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import grpc

logger = logging.getLogger("workix.grpc")


class Certificate:
    """A certificate and its key, as their two files are at each handshake."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._files = (certificate, key)
        self._read_at = self._changed_at()

    def credentials(self) -> grpc.ServerCredentials:
        """Return what a server shows.

        :raises OSError: when one of the files can't be read.
        """
        anew: Any = self._read_anew  # None for "unchanged" is in gRPC's documentation, and not in its types
        return grpc.dynamic_ssl_server_credentials(self._read(), anew, require_client_authentication=False)

    def _read(self) -> grpc.ServerCertificateConfiguration:
        certificate, key = (file.read_bytes() for file in self._files)
        return grpc.ssl_server_certificate_configuration([(key, certificate)])

    def _read_anew(self) -> grpc.ServerCertificateConfiguration | None:
        """Answer gRPC, which asks at each handshake: None means that it is still the same."""
        try:
            changed_at = self._changed_at()
            if changed_at == self._read_at:
                return None
            found = self._read()
        except OSError:
            logger.exception("grpc.certificate_not_read")
            return None
        self._read_at = changed_at
        return found

    def _changed_at(self) -> tuple[int, ...]:
        return tuple(file.stat().st_mtime_ns for file in self._files)


def is_of_this_machine(bind: str) -> bool:
    """Say whether only this machine reaches an address (host:port)."""
    host = bind.rpartition(":")[0].strip("[]")
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
