"""Rotation of secrets on a running platform: their files are replaced under load, and no request is refused for it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import pytest

from tests.cast import PASSWORD
from tests.customers import Customer
from tests.drills.conftest import StartServer
from tests.mail_server import MailServer
from tests.servers import PATIENCE_SECONDS, Platform, end, settings_of, wait_for
from workix.config.secrets import SEEN_WITHIN, replace_secret
from workix.config.values import make_key, make_signing_key

pytestmark = pytest.mark.drill

FILES = {
    "SECRET_KEY": make_key(),
    "SECRET_KEY_FALLBACKS": "",
    "WORKIX_SIGNING_KEYS": make_signing_key(),
    "WORKIX_ROLE_SECRETS": make_key(),
    "WORKIX_DIRECTORY_KEYS": make_key(),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("secrets")
    for name, text in FILES.items():
        (folder / name.lower()).write_text(text)
    return {name: folder / name.lower() for name in FILES}


@pytest.fixture(scope="module")
def platform(
    start_server: StartServer, files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    """Serve with two connections to the database: nearly every request logs in to it anew, since people take turns."""
    named = {f"{name}_FILE": str(file) for name, file in files.items()}
    more = {"WORKIX_CONNECTION_CAP": "2", "WORKIX_RATE_LIMITS": "off", "WORKIX_LOCKOUT_FAILURES": "1000"}
    platform = Platform.at(settings_of(start_server("rotation")), tmp_path_factory.mktemp("var"), **named, **more)
    platform.manage("migrate", "--quiet")
    with platform.serving():
        yield platform


@pytest.fixture(scope="module")
def customers(platform: Platform) -> list[Customer]:
    people = [Customer(platform, name) for name in ("acme", "globex", "hooli")]
    with platform.working():
        for each in people:
            each.begin()
    return people


@contextmanager
def under_load(*acts: Callable[[], int]) -> Iterator[list[int]]:
    """Do each of these again and again meanwhile; yields the statuses so far, and looks at all of them in the end."""
    statuses, over = list[int](), Event()

    def go_on(act: Callable[[], int]) -> None:
        while not over.is_set():
            statuses.append(act())

    threads = [Thread(target=go_on, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    try:
        yield statuses
        so_far = len(statuses)
        wait_for(lambda: len(statuses) > so_far + 3 * len(acts) or None)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert (set(statuses), len(statuses) > 20) == ({200}, True)


def everybody(customers: list[Customer]) -> list[Callable[[], int]]:
    """Each looks at themselves, and logs in without naming an organization, so that the e-mail index leads home."""
    looking = [lambda each=each: each.call("GET", "me/").status for each in customers]
    credentials = {"email": customers[0].address, "password": PASSWORD}
    return [*looking, lambda: customers[0].platform.call("POST", "/api/v1/auth/login/", credentials).status]


def await_seen() -> None:
    """Let every process look at its files."""
    Event().wait(SEEN_WITHIN + 0.5)


def test_passwords_of_roles(platform: Platform, customers: list[Customer], files: dict[str, Path]) -> None:
    file = files["WORKIX_ROLE_SECRETS"]
    old, new = file.read_text(), make_key()
    with under_load(*everybody(customers)):
        replace_secret(file, f"{new},{old}")
        await_seen()
        rotated = json.loads(platform.manage("rotate_role_passwords", "--json"))
        replace_secret(file, new)
        await_seen()
    assert len(rotated["rotated"]) == rotated["roles"] == len(customers) + 3
    assert json.loads(platform.manage("rotate_role_passwords", "--json"))["rotated"] == []


def test_directory_keys(platform: Platform, customers: list[Customer], files: dict[str, Path]) -> None:
    file = files["WORKIX_DIRECTORY_KEYS"]
    old, new = file.read_text(), make_key()
    with under_load(*everybody(customers)):
        replace_secret(file, f"{new},{old}")
        await_seen()
        assert json.loads(platform.manage("rehash_email_index", "--json"))["addresses"] == len(customers)
        replace_secret(file, new)
        await_seen()


def test_signing_keys(platform: Platform, customers: list[Customer]) -> None:
    with under_load(*everybody(customers)):
        before = platform.call("GET", "/.well-known/jwks.json").body["keys"]
        platform.manage("signing_keys", "rotate")
        wait_for(lambda: len(platform.call("GET", "/.well-known/jwks.json").body["keys"]) == len(before) + 1 or None)


class Visitor:
    """Somebody at a browser, at the dashboard of one organization."""

    def __init__(self, platform: Platform, slug: str) -> None:
        self.port, self.host, self.cookies = platform.port, f"{slug}.localhost:{platform.port}", dict[str, str]()

    def ask(self, method: str, path: str, **form: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": self.host, "Accept": "text/html", "Cookie": cookies}
        connection.request(
            method, path, urlencode(form), {**headers, "Content-Type": "application/x-www-form-urlencoded"}
        )
        response = connection.getresponse()
        text = response.read().decode()
        for each in response.headers.get_all("Set-Cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return response.status, text

    def log_in(self, address: str) -> None:
        _, page = self.ask("GET", "/admin/login/")
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
        form = {"username": address, "password": PASSWORD, "next": "/admin/", "csrfmiddlewaretoken": token}
        assert self.ask("POST", "/admin/login/", **form)[0] == 302


def test_the_secret_key(platform: Platform, customers: list[Customer], files: dict[str, Path]) -> None:
    key, fallbacks = files["SECRET_KEY"], files["SECRET_KEY_FALLBACKS"]
    old = key.read_text()
    visitor = Visitor(platform, "acme")
    visitor.log_in(customers[0].address)
    with under_load(lambda: visitor.ask("GET", "/admin/")[0]):
        replace_secret(fallbacks, old)
        await_seen()
        replace_secret(key, make_key())
        await_seen()
    later = Visitor(platform, "acme")
    later.log_in(customers[0].address)
    assert later.ask("GET", "/admin/")[0] == 200


def test_credentials_of_mail(platform: Platform, customers: list[Customer], tmp_path: Path) -> None:
    def asks_for_a_mail() -> None:
        assert platform.call("POST", "/api/v1/auth/password-reset/", {"email": customers[0].address}).status == 202

    def heard(password: str) -> bool | None:
        sent = base64.b64encode(f"\0mailer\0{password}".encode()).decode()
        return f"AUTH PLAIN {sent}" in server.commands or None

    with MailServer({"EHLO": "250-tests\r\n250 AUTH PLAIN", "AUTH": "235 fine"}) as server:
        host, port = server.address
        file = tmp_path / "email_url"
        file.write_text(f"smtp://mailer:old@{host}:{port}?tls=false")
        worker = Platform(platform.port, {**platform.settings, "EMAIL_URL_FILE": str(file)}).start_worker()
        try:
            asks_for_a_mail()
            wait_for(lambda: heard("old"))
            assert heard("new") is None
            replace_secret(file, f"smtp://mailer:new@{host}:{port}?tls=false")
            await_seen()
            asks_for_a_mail()
            wait_for(lambda: heard("new"))
            wait_for(lambda: server.taken == 2 or None)
        finally:
            end(worker)
