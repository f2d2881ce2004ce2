"""Fixtures of the local topology (deploy/local): brought up as an operator brings it up, once for all tests, and taken down."""

from __future__ import annotations

import http.client
import json
import re
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.cast import Answer
from tests.environment import PROJECT
from tests.servers import PATIENCE_SECONDS, Platform, end, wait_for
from tools.topology import programs
from tools.topology.site import NAME

LOCAL = PROJECT / "deploy" / "local"


@dataclass(frozen=True)
class Topology(Platform):
    """A platform behind its nginx: spoken to over TLS, with the certificate that was drawn for it."""

    folder: Path = field(default=Path())
    ports: dict[str, int] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None, *, host: str = NAME, **more: str) -> Answer:
        return super().call(method, path, body, host=host, **more)

    def connect(self) -> http.client.HTTPConnection:
        trusted = ssl.create_default_context(cafile=self.folder / "secrets" / "tls" / "workix.crt")
        return http.client.HTTPSConnection("localhost", self.port, timeout=PATIENCE_SECONDS, context=trusted)


@dataclass
class Browser:
    """Somebody's browser on one host: keeps cookies, and sends a form from the page it is on."""

    topology: Topology
    host: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        token = next(value for name, value in self.cookies.items() if "csrf" in name)
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": token, **fields}))

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        origin = f"https://{self.host}:{self.topology.port}"
        sent = {"Host": origin.removeprefix("https://"), "Referer": origin + path, "Accept": "text/html"}
        sent |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        sent |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection = self.topology.connect()
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
            return answer.status, answer.read().decode() or answer.headers.get("Location", "")
        finally:
            connection.close()


@pytest.fixture(scope="session")
def topology(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Topology]:
    """Run deploy/local/up with ports that are free, until the tests have ended."""
    if lacking := programs.missing():
        pytest.skip(f"The local topology needs packages of Debian: apt-get install {' '.join(lacking)}")
    folder = tmp_path_factory.mktemp("topology")
    free = ("--https", "0", "--http", "0", "--prometheus", "0")
    with (folder / "up.log").open("wb") as log:
        process = subprocess.Popen(
            [LOCAL / "up", "--folder", folder, *free], stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield _await(folder, process)
        finally:
            end(process)


def _await(folder: Path, process: subprocess.Popen[bytes]) -> Topology:
    def look() -> dict[str, int] | None:
        assert process.poll() is None, (folder / "up.log").read_text()
        file = folder / "addresses.json"
        found: dict[str, int] | None = json.loads(file.read_text())["ports"] if file.exists() else None
        return found

    ports = wait_for(look, seconds=300)
    return Topology(ports["https"], {"WORKIX_VAR": str(folder)}, folder, ports)


def memory_limit(service: str) -> int:
    """Read from docker-compose.yml what a service may take, in bytes."""
    text = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
    found = re.search(rf"\n  {service}:\n(?:    .*\n|\n)*?    mem_limit: (\d+)(m|g)\b", text)
    assert found, service
    return int(found[1]) * {"m": 2**20, "g": 2**30}[found[2]]
