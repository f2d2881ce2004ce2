"""Rolling restart: two web servers behind nginx end and begin in turn while clients send without pause; no request fails."""

from __future__ import annotations

import http.client
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from psycopg import sql

from tests.cast import PASSWORD
from tests.customers import Customer
from tests.drills.conftest import StartServer
from tests.drills.restarts.nginx import PROGRAM, nginx
from tests.servers import PATIENCE_SECONDS, Platform, end, free_port, serving_process, settings_of, wait_for

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(PROGRAM is None, reason="nginx is not installed here (Debian: nginx-light)"),
]

CLIENTS = 4
#: One of the two has a single process and goes on for three seconds; the other has two, and ends at once.
DRAINING = 0
ALONE = ({"WORKIX_DRAIN_SECONDS": "3"}, {"WORKIX_WEB_WORKERS": "2"})
WRITTEN = """
    SELECT changes->'first_name'->>1 FROM audit_logs
     WHERE action = 'user.updated' AND changes ? 'first_name' ORDER BY id"""
ADDED = "SELECT email FROM users WHERE email LIKE 'added-%' ORDER BY email"


@dataclass
class Crowd:
    """Clients that keep their connections to the proxy, and what was answered to each request of theirs."""

    admin: Customer
    address: dict[str, Any]
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def keep_sending(self, number: int) -> None:
        """Read, change and add without pause: what is no GET can't be sent a second time by anybody on the way."""
        port = self.admin.platform.port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        try:
            for count in range(100_000):
                if self.over.is_set():
                    return
                name, added = f"name {number} {count}", f"added-{number}-{count}@acme.example"
                self.send(connection, "GET", "me/", 200)
                if self.send(connection, "PATCH", "me/", 200, {"first_name": name}):
                    self.names.append(name)
                body = {"email": added, "password": PASSWORD, "role": "user"}
                if count % 5 == 0 and self.send(connection, "POST", "users/", 201, body):
                    self.added.append(added)
        finally:
            connection.close()

    def send(self, connection: http.client.HTTPConnection, method: str, path: str, good: int, body: Any = None) -> bool:
        headers = {
            "Host": f"localhost:{self.admin.platform.port}",
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.admin.access}",
        }
        try:
            connection.request(method, f"/api/v1/{path}", orjson.dumps(body) if body else None, headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self.faults.append(f"{method} {path}: {error!r}")
            return False
        self.statuses[method, response.status] += 1
        if response.status != good:
            self.faults.append(f"{method} {path}: {response.status} {content[:200]!r}")
        return response.status == good

    def look(self, query: str) -> list[Any]:
        with psycopg.connect(**self.address, autocommit=True) as session:
            (schema,) = session.execute("SELECT schema_name FROM public.organizations").fetchone() or ("",)
            session.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
            return [row[0] for row in session.execute(query).fetchall()]  # type: ignore[arg-type]  # ours


@dataclass
class Behind:
    """Two web servers of one platform."""

    platforms: list[Platform]
    processes: dict[int, subprocess.Popen[bytes]]

    def restart(self, number: int) -> None:
        """End one as a service manager does, and begin it again."""
        self.processes[number].terminate()
        if number == DRAINING:
            wait_for(lambda: self.is_about_to_end(number) or None)
        self.processes[number].wait(PATIENCE_SECONDS)
        self.begin(number)

    def is_about_to_end(self, number: int) -> bool:
        answer = self.platforms[number].call("GET", "/health/ready")
        return (answer.body["status"], answer.headers["Connection"]) == ("stopping", "close")

    def reload(self, number: int) -> None:
        """Have another process take the place of the one that serves, at the same socket (SIGHUP)."""
        before = serving_process(self.processes[number])
        self.processes[number].send_signal(signal.SIGHUP)
        serving_process(self.processes[number], after=before)
        wait_for(lambda: not Path(f"/proc/{before}").exists() or None)
        self.platforms[number].await_ready()

    def begin(self, number: int) -> None:
        self.processes[number] = self.platforms[number].start_web()
        self.platforms[number].await_ready()


@pytest.fixture
def served(start_server: StartServer, tmp_path: Path) -> Iterator[tuple[Behind, Crowd]]:
    """Put an nginx before two servers; Acme's admin is logged in, and has room for people."""
    cluster, port = start_server("rolling"), free_port()
    more = {
        "WORKIX_PUBLIC_URL": f"http://localhost:{port}",
        "WORKIX_TRUSTED_PROXIES": "127.0.0.1/32",
        "WORKIX_RATE_LIMITS": "off",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    settings = settings_of(cluster)
    platforms = [Platform.at(settings, tmp_path, **more, **alone) for alone in ALONE]
    platforms[0].manage("migrate", "--quiet")
    behind = Behind(platforms, {})
    with ExitStack() as stack:
        stack.callback(lambda: [end(each) for each in behind.processes.values()])
        for number in range(2):
            behind.begin(number)
        stack.enter_context(nginx(tmp_path, port, [each.port for each in platforms]))
        admin = Customer(replace(platforms[0], port=port), "acme")
        assert admin.open().status == 201
        crowd = Crowd(admin, replace(cluster.superuser, name=cluster.owner.name).connection_parameters())
        crowd.look("UPDATE public.organizations SET status = 'active' RETURNING id")
        crowd.look("UPDATE users SET email_confirmed_at = now() RETURNING id")
        assert admin.log_in().status == 200
        platforms[0].manage("set_plan", "acme", "pro", "--users", "100000", "--reason", "they write")
        yield behind, crowd


def test_no_request_fails_and_none_is_done_twice(served: tuple[Behind, Crowd]) -> None:
    behind, crowd = served
    threads = [threading.Thread(target=crowd.keep_sending, args=[number]) for number in range(CLIENTS)]
    for each in threads:
        each.start()
    try:
        behind.restart(0)
        behind.restart(1)
        behind.reload(0)
        behind.restart(0)
    finally:
        crowd.over.set()
        for each in threads:
            each.join()
    assert crowd.faults == []
    assert crowd.statuses.keys() == {("GET", 200), ("PATCH", 200), ("POST", 201)}
    assert sum(crowd.statuses.values()) > 200
    assert Counter(crowd.look(WRITTEN)) == Counter(crowd.names)
    assert crowd.look(ADDED) == sorted(crowd.added)
