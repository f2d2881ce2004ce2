"""Allowed networks of an API key (CIDR, IPv4 and IPv6): read, written in one form, and compared with a client's address."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from workix.core.errors import Invalid

MOST_NETWORKS = 50
LONGEST_NETWORK = 43
FIELD = "networks"


def checked_networks(networks: Sequence[str]) -> str:
    """Write networks as a key keeps them.

    :raises Invalid: when one is no network, has bits beyond its prefix, or there are more than anybody has.
    """
    if len(networks) > MOST_NETWORKS:
        raise Invalid(f"Name {MOST_NETWORKS} networks or fewer.", field=FIELD, problem="max_length")
    return " ".join(dict.fromkeys(_checked(text, number) for number, text in enumerate(networks)))


def admits(networks: str, address: str) -> bool:
    """Say whether somebody at this address may use a key that is good in these networks. None is everywhere."""
    if not networks:
        return True
    try:
        client = ip_address(address)
    except ValueError:
        return False
    return any(client in network for network in _parsed(networks))


def _checked(text: str, number: int) -> str:
    """Refuse what Python would read besides: a number, a netmask, a zone, and an IPv6 way to write IPv4."""
    prefix = text.rpartition("/")[2] if "/" in text else "0"
    try:
        network = ip_network(text)
    except ValueError as error:
        raise Invalid("Use a network as 203.0.113.0/24 or 2001:db8::/32.", field=f"{FIELD}.{number}") from error
    mapped = isinstance(network, IPv6Network) and network.network_address.ipv4_mapped is not None
    if mapped or "%" in text or not (prefix.isascii() and prefix.isdigit()):
        raise Invalid("Use a network as 203.0.113.0/24 or 2001:db8::/32.", field=f"{FIELD}.{number}")
    return str(network)


@lru_cache(maxsize=1_024)
def _parsed(networks: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(network) for network in networks.split())
