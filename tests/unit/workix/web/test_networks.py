"""Networks (CIDR): the one form of each, what is none, and which address is in one."""

from __future__ import annotations

import pytest

from workix.web.networks import contains, network


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("198.51.100.0/24", "198.51.100.0/24"),
        ("198.51.100.7", "198.51.100.7/32"),
        ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:DB8::/32", "2001:db8::/32"),
        ("2001:db8:0:0::1", "2001:db8::1/128"),
        ("::/0", "::/0"),
    ],
)
def test_a_network_has_one_form(written: str, read: str) -> None:
    assert network(written) == read
    assert network(read) == read


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (text, "must be a network such as 198.51.100.0/24 or 2001:db8::/32")
        for text in (
            *("", " ", "x", "*", "acme.example", "10.0.0.0/33", "10.0.0/24", "010.0.0.0/8", "10.0.0.0/-1", "1" * 44),
            *("fe80::1%eth0", "2001:db8::/129", "10.0.0.0/8 ", "10.0.0.0/8\n", "١٠.0.0.0/8", "10.0.0.0/8,", "/8"),
            *("10", "198.51.100.0/255.255.255.0", "10.0.0.0/0.0.0.255", "10.0.0.0/٨", "1.2.3.4/32/32", "fe80::%1/64"),
        )
    ]
    + [
        ("10.0.0.5/24", "names a host in a network; the network is 10.0.0.0/24"),
        ("2001:db8::1/64", "names a host in a network; the network is 2001:db8::/64"),
        ("::ffff:10.0.0.0/104", "must be written as IPv4, which it means"),
    ],
)
def test_what_is_none_is_said(written: str, said: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # the whole sentence is compared
        network(written)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("address", "is_in"),
    [
        ("198.51.100.0", True),
        ("198.51.100.255", True),
        ("198.51.101.0", False),
        ("::ffff:198.51.100.7", True),
        ("::ffff:198.51.101.7", False),
        ("2001:db8:1::5", True),
        ("2001:db9::", False),
        ("", False),
        ("unknown", False),
    ],
)
def test_an_address_is_in_one_of_them_or_in_none(address: str, is_in: bool) -> None:
    assert contains(("198.51.100.0/24", "2001:db8::/32"), address) is is_in
    assert contains((), address) is False
