"""Reading the host a request is addressed to."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from tenants.resolution import find_by_host, find_by_slug, host_of, is_platform_host


@pytest.mark.parametrize(
    ("sent", "understood"),
    [
        ("acme.localhost", "acme.localhost"),
        ("acme.localhost:8000", "acme.localhost"),
        ("ACME.LocalHost:8000", "acme.localhost"),
        ("acme.localhost.", "acme.localhost"),
        ("acme.localhost.:8000", "acme.localhost"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]", "[::1]"),
        ("[::1]:8000", "[::1]"),
        ("[2001:DB8::1]:443", "[2001:db8::1]"),
        ("", ""),
        (":8000", ""),
        ("acme:http", "acme:http"),
        ("acme..", "acme."),
        ("a:b:c:1", "a:b:c"),
        ("acme.localhost:8000@evil", "acme.localhost:8000@evil"),
    ],
)
def test_case_port_and_final_dot_do_not_matter(sent: str, understood: str) -> None:
    assert host_of(RequestFactory().get("/", HTTP_HOST=sent)) == understood


def test_on_a_developers_machine_every_loopback_name_is_the_platform() -> None:
    hosts = ("localhost", "127.0.0.1", "[::1]", "acme.localhost", "localhost.evil", "")
    assert [host for host in hosts if is_platform_host(host)] == ["localhost", "127.0.0.1", "[::1]"]


def test_in_production_only_the_public_name_is_the_platform(settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(
        update={"environment": "production", "public_url": "https://api.workix.example"}
    )
    hosts = ("api.workix.example", "localhost", "127.0.0.1", "[::1]", "workix.example")
    assert [host for host in hosts if is_platform_host(host)] == ["api.workix.example"]


@pytest.mark.parametrize("host", ["x" * 254, "a\x00b", "a\tb", "a\ud800"], ids=repr)
def test_what_can_be_no_host_is_not_even_asked_for(host: str) -> None:
    """There is no scope here, so a query would be an error."""
    assert find_by_host(host) is None


def test_a_slug_that_is_too_long_is_not_even_asked_for() -> None:
    assert find_by_slug("x" * 101) is None
