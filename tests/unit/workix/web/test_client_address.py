"""Whose address counts: nobody's word is believed but that of our own proxies."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
import time_machine
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from tests.metrics import Change
from workix.web.client_address import came_over_tls, client_address, network_of

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


@pytest.mark.parametrize(("hops", "client"), [(1, OUTER_PROXY), (2, CLIENT), (3, CLIENT)])
def test_of_a_chain_that_is_longer_than_ours_the_rest_is_nobodys_word(
    behind_proxies: None, settings: Settings, hops: int, client: str
) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"proxy_hops": hops})
    assert seen(PROXY, f"1.2.3.4, {CLIENT}, {OUTER_PROXY}") == client


def test_a_request_of_a_proxy_itself_is_the_proxys(behind_proxies: None) -> None:
    assert seen(PROXY) == PROXY
    assert seen(PROXY, f"{OUTER_PROXY}") == OUTER_PROXY


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        ",",
        "unknown",
        "1.2.3.4:",
        "1.2.3.4:80:80",
        "[1.2.3.4",
        "[]:80",
        '""',
        "'; DROP TABLE users; --",
        "\x00",
        "999.1.1.1",
        "a" * 5_000,
        "," * 5_000,
    ],
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


@pytest.mark.fault("E4")
@pytest.mark.parametrize(
    "element",
    [
        *("203.0.113.9:50412", "[203.0.113.9]:50412", "203.0.113.9:_port", '"203.0.113.9:443"', '"203.0.113.9"'),
        *("for=203.0.113.9", "For = 203.0.113.9;proto=https;by=10.0.0.1", 'for="203.0.113.9:80"', " 203.0.113.9 ,"),
        *("[::ffff:203.0.113.9]:80", "::ffff:203.0.113.9", "203.0.113.9, 10.0.0.2:8443", "[::ffff:203.0.113.9]"),
    ],
)
def test_every_form_that_balancers_write_is_read(behind_proxies: None, element: str) -> None:
    assert seen(PROXY, element) == CLIENT


@pytest.mark.fault("E4")
@pytest.mark.parametrize(
    "element",
    ["2001:db8::9", "[2001:db8::9]", "[2001:db8::9]:50412", 'for="[2001:db8::9]:50412"', '"[2001:DB8::9%eth0]:1"'],
)
def test_ipv6_is_read_with_and_without_a_port(behind_proxies: None, element: str) -> None:
    assert seen(PROXY, element) == "2001:db8::9"


@pytest.mark.fault("E4")
@pytest.mark.parametrize(
    ("element", "outcome"),
    [
        *(("unknown", "hidden"), ("Unknown:80", "hidden"), ("_SEVKISEK", "hidden"), ('for="_x.y-z:_p"', "hidden")),
        *(("localhost", "unreadable"), ("203.0.113.9.", "unreadable"), ("1.2.3.4:80:80", "unreadable")),
    ],
)
def test_what_is_not_read_is_counted_and_said_once_in_a_while(
    behind_proxies: None, caplog: pytest.LogCaptureFixture, element: str, outcome: str
) -> None:
    caplog.set_level("WARNING")
    proxy = f"10.1.{len(element)}.{len(outcome)}"
    with Change("workix_unread_hops_total", outcome=outcome) as unread, time_machine.travel("2026-01-01 12:00"):
        assert [seen(proxy, element) for _ in range(3)] == [proxy] * 3
    with time_machine.travel("2026-01-01 12:10"):
        seen(proxy, element)
    said = [(each.getMessage(), each.__dict__["outcome"], each.__dict__["proxy"]) for each in caplog.records]
    assert (unread.by, said) == (3, [("client_address.unread", outcome, proxy)] * 2)


@pytest.mark.fault("E4")
@pytest.mark.parametrize("forwarded", [None, "", " , ,", CLIENT, f"garbage, {CLIENT}"])
def test_a_header_that_is_read_or_empty_counts_for_nothing(behind_proxies: None, forwarded: str | None) -> None:
    with Change("workix_unread_hops_total", outcome="unreadable") as unread:
        seen(PROXY, forwarded)
    assert unread.by == 0


@pytest.mark.fault("E4")
@pytest.mark.parametrize("filler", ["9.9.9.9, ", "9.9.9.9,", "9,", "99.99.99.99 ,", "x" * 1_999 + ","])
def test_a_client_cannot_push_the_word_of_the_proxy_out_of_the_header(behind_proxies: None, filler: str) -> None:
    for length in range(1_900, 2_100):
        assert seen(PROXY, (filler * 2_000)[:length] + f", {CLIENT}") == CLIENT


@pytest.mark.fault("E4")
@pytest.mark.parametrize(
    ("proto", "over_tls"),
    [("https", True), ("HTTPS", True), ("http, https", True), ("https, http", False), ("http", False), ("", False)],
)
def test_the_nearest_proxy_says_whether_it_was_tls(behind_proxies: None, proto: str, over_tls: bool) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_PROTO=proto)
    assert came_over_tls(request) is over_tls
