"""Addresses and keys are read whole, or refused without being repeated."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from workix.config.database_url import DatabaseAddress
from workix.config.email_url import MailServer
from workix.config.secrets import Secret
from workix.config.values import origin, positive_number, server, signing_keys

Parse = Callable[[str], object]
NO_URL = "is not a URL: percent-encode the special characters of its password"
NO_END = "must name a user, a host and a database: postgresql://user:password@host:5432/database"


def test_a_database_address_survives_being_written_and_read() -> None:
    urls = [
        "postgresql://owner:p%40%2F%3Ass@db.example:6432/workix?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem",
        "postgresql://owner@:5432/workix?host=%2Frun%2Fpostgresql",
        "postgresql://owner:x@[::1]:5432/work%20ix",
    ]
    assert [DatabaseAddress.parse(url).url().reveal() for url in urls] == urls
    assert DatabaseAddress.parse(urls[1]).connection_parameters() == {
        "host": "/run/postgresql",
        "port": 5432,
        "dbname": "workix",
        "user": "owner",
        "password": "",
    }


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://relay", MailServer("relay", 25, "", Secret(""), "none")),
        ("smtp://a:b@relay:587?tls=true", MailServer("relay", 587, "a", Secret("b"), "starttls")),
        ("submission://a%40x:b@relay", MailServer("relay", 587, "a@x", Secret("b"), "starttls")),
        ("smtps://a:b@relay:4650", MailServer("relay", 4650, "a", Secret("b"), "tls")),
    ],
)
def test_a_mail_server_is_read_from_its_url(url: str, server: MailServer) -> None:
    assert MailServer.parse(url) == server


@pytest.mark.parametrize(
    ("parse", "url", "complaint"),
    [
        (DatabaseAddress.parse, "postgresql://owner:hunter2#@db/workix", NO_URL),
        (DatabaseAddress.parse, "postgresql://owner:hunter2@db", NO_END),
        (DatabaseAddress.parse, "postgresql://db/workix", NO_END),
        (MailServer.parse, "smtp://mailer:hunter2[@mail", NO_URL),
        (
            MailServer.parse,
            "smtp://mailer:hunter2@mail?ssl=1",
            "may say ?tls=true or ?tls=false after the host, and nothing else",
        ),
        (MailServer.parse, "smtp://mailer:hunter2@mail/inbox", "must end after the host and the port"),
        (origin, "http://[::1", "is not a URL"),
        (
            signing_keys,
            "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----",
            "holds a key that cannot be read: each must be an unencrypted PKCS8 PEM block",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_it(parse: Parse, url: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(complaint)}$"):
        parse(url)


@pytest.mark.fault("E1")
def test_a_number_of_minutes_stays_within_the_calendar() -> None:
    assert positive_number("1000000") == 1_000_000
    for text in ("1000001", "999999999"):
        with pytest.raises(ValueError, match="must be 1,000,000 or less"):
            positive_number(text)


@pytest.mark.fault("F4")
def test_a_server_is_a_host_and_a_port() -> None:
    assert [server(text) for text in ("10.0.0.5:6432", "[::1]:6432", "pool.internal:1")] == [
        ("10.0.0.5", 6432),
        ("::1", 6432),
        ("pool.internal", 1),
    ]
    for text in ("10.0.0.5", ":6432", "10.0.0.5:0", "10.0.0.5:65536", "unix:/run/pool"):
        with pytest.raises(ValueError, match="must be an address and a port"):
            server(text)
