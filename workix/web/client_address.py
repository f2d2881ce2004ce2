"""Client address: X-Forwarded-For and X-Forwarded-Proto, believed from trusted proxies only."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

#: A header longer than this is no list of proxies.
_LONGEST = 2_000


def client_address(request: HttpRequest) -> str:
    """Return who is at the other end: the nearest hop in X-Forwarded-For that is no trusted proxy of ours.

    Without WORKIX_TRUSTED_PROXIES the header is ignored, since anybody can write it.
    """
    hop = _parse(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")[:_LONGEST].split(",")
    while hop is not None and _is_trusted(hop) and forwarded:
        before = _parse(forwarded.pop())
        if before is None:
            break
        hop = before
    return str(hop) if hop is not None else ""


def came_over_tls(request: HttpRequest) -> bool:
    """Say whether the client spoke TLS: to us, or to a trusted proxy that says so in X-Forwarded-Proto."""
    proxy = _parse(request.META.get("REMOTE_ADDR", ""))
    if proxy is None or not _is_trusted(proxy):
        return request.META.get("wsgi.url_scheme") == "https"
    return bool(request.META.get("HTTP_X_FORWARDED_PROTO", "http") == "https")


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
