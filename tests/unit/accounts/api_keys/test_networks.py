"""Networks of API keys: one form, and who is in them."""

from __future__ import annotations

import pytest

from accounts.api_keys.networks import admits, checked_networks
from workix.core.errors import Invalid


def test_networks_are_kept_once_in_one_form() -> None:
    given = ["10.0.0.0/8", "2001:DB8:0::/32", "10.0.0.0/8", "203.0.113.7", "::1"]
    assert checked_networks(given) == "10.0.0.0/8 2001:db8::/32 203.0.113.7/32 ::1/128"
    assert checked_networks([]) == ""


@pytest.mark.parametrize(
    "network",
    [
        "",
        " ",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/-1",
        "10.0.0.0/٨",
        "10.0.0.0/0.0.0.255",
        "::ffff:10.0.0.0/104",
        "fe80::%1/64",
        "10",
        "10.0.0.0/8 ",
        "1.2.3.4/32/32",
    ],
)
def test_what_is_no_network_is_refused_by_its_place(network: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_networks(["10.0.0.0/8", network])
    assert refused.value.field == "networks.1"


@pytest.mark.parametrize(
    ("networks", "address", "is_admitted"),
    [
        ("", "203.0.113.9", True),
        ("", "", True),
        ("0.0.0.0/0 ::/0", "", False),
        ("0.0.0.0/0", "unix", False),
        ("10.0.0.0/8 2001:db8::/32", "10.255.255.255", True),
        ("10.0.0.0/8 2001:db8::/32", "2001:db8::1", True),
        ("10.0.0.0/8 2001:db8::/32", "11.0.0.0", False),
    ],
)
def test_who_is_in_them(networks: str, address: str, is_admitted: bool) -> None:
    assert admits(networks, address) is is_admitted
