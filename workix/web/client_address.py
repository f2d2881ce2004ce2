"""Client address: X-Forwarded-For and X-Forwarded-Proto, believed from trusted proxies only."""

# Note [What balancers write]
# X-Forwarded-For has no standard. Most write an address; Azure's gateway and IIS add a port; an IPv6 address is in brackets
# where one follows; some write an element of RFC 7239's Forwarded (`for="[2001:db8::1]:443";proto=https`), which may hide the
# client (`unknown`, `_x`). All of that is read. What can't be read, or is hidden, leaves us with the proxy: every client of
# it shares one limit and one address in the trail. That is no state to be in unawares, so it is counted, and logged.

from __future__ import annotations

import logging
import re
import time
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from workix.observability import metrics

logger = logging.getLogger(__name__)

#: A header longer than this is no list of proxies. Its end counts: that is where our own proxies write.
_LONGEST = 2_000
#: How often a process says that it can't read what a proxy writes.
_SAID_EVERY = 600
_HIDDEN = re.compile(r"(?:unknown|_[\w.-]+)(?::\w+)?", re.ASCII | re.IGNORECASE)
_WITH_PORT = re.compile(r"\[([^\[\]]+)\](?::\w+)?|([0-9.]+):\w+", re.ASCII)
_FOR = re.compile(r"\s*for\s*=\s*", re.IGNORECASE)


def client_address(request: HttpRequest) -> str:
    """Return who is at the other end: the nearest hop in X-Forwarded-For that is no trusted proxy of ours.

    Without WORKIX_TRUSTED_PROXIES the header is ignored, since anybody can write it; of a longer chain than
    WORKIX_PROXY_HOPS the rest is. See Note [What balancers write].
    """
    direct, told = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    if not told:
        return _normal(direct)
    hop, forwarded = _parse(direct), _elements(told)[-settings.WORKIX.proxy_hops :]
    while hop is not None and _is_trusted(hop) and forwarded:
        element = forwarded.pop()
        before = _address_in(element)
        if before is None:
            _count_unread(element, proxy=hop)
            break
        hop = before
    return str(hop) if hop is not None else ""


@lru_cache(maxsize=4_096)
def _normal(text: str) -> str:
    hop = _parse(text)
    return str(hop) if hop is not None else ""


def came_over_tls(request: HttpRequest) -> bool:
    """Say whether the client spoke TLS: to us, or to a trusted proxy that says so in X-Forwarded-Proto.

    Of several words the last one counts: the nearest proxy wrote it.
    """
    proxy = _parse(request.META.get("REMOTE_ADDR", ""))
    if proxy is None or not _is_trusted(proxy):
        return request.META.get("wsgi.url_scheme") == "https"
    return bool(request.META.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower() == "https")


def _elements(header: str) -> list[str]:
    elements = header[-_LONGEST:].split(",")
    if len(header) > _LONGEST:
        del elements[0]  # cut through, it may read as an address that nobody wrote
    return [element for element in elements if element.strip()]


def _address_in(element: str) -> IPv4Address | IPv6Address | None:
    text = _FOR.sub("", element.partition(";")[0], count=1).strip().strip('"')
    with_port = _WITH_PORT.fullmatch(text)
    return _parse((with_port[1] or with_port[2]) if with_port else text)


def _count_unread(element: str, *, proxy: IPv4Address | IPv6Address) -> None:
    outcome = "hidden" if _HIDDEN.fullmatch(_FOR.sub("", element, count=1).strip().strip('"')) else "unreadable"
    metrics.UNREAD_HOPS.labels(outcome).inc()
    _say_unread(outcome, str(proxy), int(time.time()) // _SAID_EVERY)


@lru_cache(maxsize=64)
def _say_unread(outcome: str, proxy: str, _period: int) -> None:
    """Log it once a period: the cache knows whether it was said."""
    logger.warning("client_address.unread", extra={"outcome": outcome, "proxy": proxy})


def network_of(address: str, *, ipv4: int, ipv6: int = 64) -> str:
    """Return the network an address belongs to, by the prefixes given; "" for what is none.

    A customer of an access provider gets a /64 of IPv6 at least, and may use any address in it.
    """
    found = _parse(address)
    if found is None:
        return ""
    return str(ip_network((found, ipv4 if found.version == 4 else ipv6), strict=False).network_address)


def _is_trusted(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in settings.WORKIX.trusted_proxies)


@lru_cache(maxsize=4_096)
def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip().partition("%")[0])  # an IPv6 zone may hold any text
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
