"""Outgoing requests to addresses that customers name (against SSRF): public addresses over https, bounded in time and size."""

# Note [Where requests may go]
# An admin of an organization chooses the address, and we stand inside a network that they do not. So only https is spoken, and
# only with addresses of the public internet: the name is resolved here, every address it has is judged, and the connection is
# opened to the very address that was judged; a name that is resolved anew says something else the second time (DNS rebinding).
# No redirect is followed, no proxy and no netrc asked. Operators may add networks of their own (WORKIX_OUTGOING_NETWORKS), and
# only where these hold this machine is plain http spoken with it.
#
# Whoever answers slowly holds a thread of ours. Each read has a time limit, and so has all of it: when that is over the
# connection is closed under whoever reads. Nothing of an answer is believed that is longer than LARGEST. A name server may be
# slow, too, and the C library takes no time limit: names are resolved by a few threads that nobody waits for any longer.

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import time
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import BoundedSemaphore, Thread, Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from workix.observability.tracing import outgoing_span

SECONDS = 5.0
LARGEST = 262_144
LONGEST_URL = 500
#: So many names are resolved at once; who comes later waits, and not for long.
_RESOLVING = BoundedSemaphore(8)
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*|[0-9a-f:]+")
#: IPv4 inside of IPv6: what it leads to is judged. Source: RFC 6052, section 2.1.
_NAT64 = IPv6Network("64:ff9b::/96")


class OutgoingError(Exception):
    """No answer that could be used. It says why in words for an admin, and tells nothing of our network."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Headers are named in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """Read a JSON object.

        :raises OutgoingError: when it is none.
        """
        try:
            read = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise OutgoingError("The answer is no JSON.") from error
        if not isinstance(read, dict):
            raise OutgoingError("The answer is no JSON object.")
        return read


def check_url(text: str) -> str:
    """Return an address that may be asked, as far as its letters say.

    :raises ValueError: when it is none; it says what is wrong.
    """
    _taken_apart(text)
    return text


def fetch(url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
    """Ask, once. See Note [Where requests may go].

    :raises OutgoingError: when the address may not be asked, or gives no answer in time.
    """
    with outgoing_span(method) as tell:
        answer = _fetch(url, method, headers or {}, body)
        tell(answer.status)
    return answer


def _fetch(url: str, method: str, headers: Mapping[str, str], body: bytes) -> Answer:
    try:
        parts = _taken_apart(url)
    except ValueError as error:
        raise OutgoingError(f"The address {error}.") from error
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _Connection(parts, _judged(parts, port), port)
    with closing(connection):
        try:
            return _asked(connection, method, _target(parts), {"Accept": "application/json", **headers}, body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise OutgoingError("It does not answer as it should, or not in time.") from error


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was judged, under the name that was asked for."""

    def __init__(self, parts: SplitResult, address: str, port: int) -> None:
        super().__init__(parts.hostname or "", port, timeout=SECONDS)
        self.default_port = port if parts.port is None else -1  # so that `Host` names it only where the address did
        self._address, self._is_secure = address, parts.scheme == "https"

    def connect(self) -> None:
        connected = socket.create_connection((self._address, self.port), timeout=SECONDS)
        self.sock = connected
        if self._is_secure:  # the handshake has its turn once somebody watches the time
            self.sock = _tls().wrap_socket(connected, server_hostname=self.host, do_handshake_on_connect=False)


def _asked(connection: _Connection, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
    ends_at = time.monotonic() + SECONDS
    connection.connect()
    watch = Timer(SECONDS, _hang_up, [connection.sock])
    watch.daemon = True
    watch.start()
    try:
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        connection.request(method, target, body=body or None, headers=dict(headers))
        with connection.getresponse() as response:
            read = response.read(LARGEST + 1)
            is_cut_off = bool(response.length) and len(read) <= LARGEST
    finally:
        watch.cancel()
    if is_cut_off or time.monotonic() > ends_at:
        raise OutgoingError("It does not answer as it should, or not in time.")
    if len(read) > LARGEST:
        raise OutgoingError(f"The answer is longer than {LARGEST} bytes.")
    return Answer(response.status, read, {name.lower(): value for name, value in response.getheaders()})


def _hang_up(connected: socket.socket) -> None:
    with suppress(OSError):  # it was closed meanwhile
        connected.shutdown(socket.SHUT_RDWR)


def _taken_apart(url: str) -> SplitResult:
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or set(url) & set(' "<>\\^`{|}#@'):
        raise ValueError("must be an address such as https://login.example.com/path, of 500 characters or fewer")
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # reading the port is what checks it
    except ValueError:
        raise ValueError("must be an address such as https://login.example.com/path") from None
    if not _HOST.fullmatch(parts.hostname or ""):
        raise ValueError("must name a host such as login.example.com")
    if parts.scheme != "https" and not (parts.scheme == "http" and _speaks_http_with(parts.hostname or "")):
        raise ValueError("must begin with https://")
    return parts


def _speaks_http_with(host: str) -> bool:
    """Say whether a host is this machine, and operators let requests go there."""
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        return False
    return address.is_loopback and _is_added(address)


def _judged(parts: SplitResult, port: int) -> str:
    """Resolve a name; every address it has must be one that may be asked."""
    try:
        found = _resolved(parts.hostname or "", port)
    except (OSError, UnicodeError) as error:
        raise OutgoingError("There is no such host.") from error
    addresses = [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if parts.scheme == "http":
        addresses = [each for each in addresses if each.is_loopback]  # as was said when its name was read
    if not addresses or not all(_may_be_asked(each) for each in addresses):
        raise OutgoingError("The host is not in the public internet.")
    return str(addresses[0])


def _resolved(host: str, port: int) -> Any:
    """Ask the name servers, SECONDS at most. See Note [Where requests may go].

    :raises OSError: when there is no such name, they do not answer in time, or too many names are waited for.
    """
    if not _RESOLVING.acquire(timeout=SECONDS):
        raise TimeoutError
    answer = Future[Any]()
    Thread(target=_resolve, args=(host, port, answer), daemon=True).start()
    return answer.result(timeout=SECONDS)


def _resolve(host: str, port: int, answer: Future[Any]) -> None:
    try:
        answer.set_result(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError) as error:
        answer.set_exception(error)
    finally:
        _RESOLVING.release()


def _may_be_asked(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (_last_four(address) if address in _NAT64 else None)
        if inside is not None:
            return _may_be_asked(inside)
    return _is_added(address) or (address.is_global and not address.is_multicast and not address.is_reserved)


def _last_four(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFF_FFFF)


def _is_added(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in settings.WORKIX.outgoing_networks)


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
