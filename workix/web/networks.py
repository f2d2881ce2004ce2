"""Networks (CIDR, RFC 4632): read strictly, in their one form, and compared with a client's address."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

#: More offices and providers than anybody has; each is compared with the address of every request.
MOST_NETWORKS = 50
#: An IPv6 network in full.
LONGEST_NETWORK = 43

Network = IPv4Network | IPv6Network


def network(text: str) -> str:
    """Return a network in its one form: `198.51.100.0/24`, `2001:db8::/32`; an address alone is a network of one.

    :raises ValueError: for what is none, and for one that names a host besides.
    """
    address, slash, prefix = text.partition("/")
    try:
        if "%" in text or (slash and not (prefix.isascii() and prefix.isdigit())):
            raise ValueError(text)  # a zone, or a mask
        host, loose = ip_address(address), ip_network(text, strict=False)
    except ValueError:
        raise ValueError("must be a network such as 198.51.100.0/24 or 2001:db8::/32") from None
    if isinstance(host, IPv6Address) and host.ipv4_mapped:
        raise ValueError("must be written as IPv4, which it means")
    if host != loose.network_address:
        raise ValueError(f"names a host in a network; the network is {loose}")
    return str(loose)


def contains(networks: Sequence[str], address: str) -> bool:
    """Say whether an address is in one of these networks; what is no address is in none, and one in IPv6 may mean one in IPv4."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped  # as a socket for both calls it
    return any(found in each for each in _read(tuple(networks)))


@lru_cache(maxsize=1_024)
def _read(networks: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(each) for each in networks)
