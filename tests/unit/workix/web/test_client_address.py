"""Whose address counts: nobody's word is believed but that of our own proxies."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from workix.web.client_address import client_address, network_of

CLIENT, PROXY, OUTER_PROXY = "203.0.113.9", "10.0.0.1", "10.0.0.2"


def seen(remote: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


@pytest.fixture
def behind_proxies(settings: Settings) -> None:
    trusted = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    settings.WORKIX = settings.WORKIX.model_copy(update={"trusted_proxies": trusted})


def test_without_proxies_the_header_is_nobodys_word() -> None:
    assert seen(CLIENT, "1.2.3.4") == CLIENT


def test_a_stranger_is_not_believed_either_where_there_are_proxies(behind_proxies: None) -> None:
    assert seen(CLIENT, "1.2.3.4") == CLIENT


@pytest.mark.parametrize(
    "forwarded",
    [CLIENT, f"1.2.3.4, {CLIENT}", f"{CLIENT},{OUTER_PROXY}", f"evil, 1.2.3.4,  {CLIENT} , {OUTER_PROXY}"],
)
def test_the_nearest_hop_that_is_not_ours_is_the_client(behind_proxies: None, forwarded: str) -> None:
    assert seen(PROXY, forwarded) == CLIENT


def test_a_request_of_a_proxy_itself_is_the_proxys(behind_proxies: None) -> None:
    assert seen(PROXY) == PROXY
    assert seen(PROXY, f"{OUTER_PROXY}") == OUTER_PROXY


@pytest.mark.parametrize(
    "garbage",
    ["", ",", "unknown", "1.2.3.4:8080", "'; DROP TABLE users; --", "\x00", "999.1.1.1", "a" * 5_000, "," * 5_000],
)
def test_garbage_ends_the_search_at_the_last_hop_we_know(behind_proxies: None, garbage: str) -> None:
    assert seen(PROXY, garbage) == PROXY


def test_ipv6_is_understood_and_mapped_ipv4_is_ipv4(behind_proxies: None) -> None:
    assert seen("fd00::1", "2001:DB8::0001") == "2001:db8::1"
    assert seen("::ffff:10.0.0.1", f"::ffff:{CLIENT}") == CLIENT


def test_the_zone_of_an_address_is_left_out(behind_proxies: None) -> None:
    """It may hold any text, of any length."""
    assert seen(PROXY, "fe80::1%" + "x" * 100) == "fe80::1"
    assert seen("fe80::1%eth0") == "fe80::1"


def test_no_address_is_an_empty_one() -> None:
    assert seen("") == ""
    assert seen("unix:") == ""


@pytest.mark.parametrize(
    ("address", "whole", "short"),
    [
        ("192.0.2.77", "192.0.2.77", "192.0.2.0"),
        ("::ffff:192.0.2.77", "192.0.2.77", "192.0.2.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::", "fe80::"),
        ("", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_an_address_belongs_to_a_network(address: str, whole: str, short: str) -> None:
    assert (network_of(address, ipv4=32), network_of(address, ipv4=24)) == (whole, short)
