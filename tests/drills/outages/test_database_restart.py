"""The database restarts under load: some calls get 503, none is lost, and nobody restarts us."""

from __future__ import annotations

import collections
import http.client
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pytest

from devserver.postgres.server import Cluster, EmbeddedPostgres
from tests.cast import PASSWORD, Answer
from tests.servers import Platform, settings_of, wait_for

pytestmark = pytest.mark.drill


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("restart") / "postgres")
    yield server
    server.stop()


@dataclass
class Load:
    """Clients that read and write until they are stopped, and what they were answered."""

    platform: Platform
    access: str
    over: threading.Event = field(default_factory=threading.Event)
    answers: collections.Counter[tuple[str, int]] = field(default_factory=collections.Counter)
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def read(self, client: int) -> None:
        while not self.over.is_set():
            self.note("me", lambda: self.platform.call("GET", "/api/v1/me/", access=self.access))

    def write(self, client: int) -> None:
        for number in range(100_000):
            if self.over.is_set():
                return
            self.add(f"p{client}-{number}@acme.example")

    def add(self, email: str) -> None:
        person = {"email": email, "password": PASSWORD}
        answer = self.note("users", lambda: self.platform.call("POST", "/api/v1/users/", person, access=self.access))
        if answer is not None and answer.status == 201:
            self.added.append(email)

    def note(self, what: str, call: Callable[[], Answer]) -> Answer | None:
        try:
            answer = call()
        except (OSError, http.client.HTTPException) as error:
            self.dropped.append(repr(error))
            return None
        self.answers[what, answer.status] += 1
        return answer


def behind(cluster: Cluster) -> psycopg.Connection:
    address = replace(cluster.superuser, name=cluster.owner.name)
    return psycopg.connect(**address.connection_parameters(), autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def log_in(platform: Platform, cluster: Cluster) -> tuple[str, str]:
    """Open Acme with room for very many, and return its schema and Alice's token."""
    who = {"email": "alice@acme.example", "password": PASSWORD}
    opened = platform.call("POST", "/api/v1/organizations/", {"name": "Acme", "slug": "acme", "admin": who})
    schema = f"org_{opened.body['id'].replace('-', '')}"
    with behind(cluster) as connection:
        connection.execute("UPDATE organizations SET status = 'active'")
        connection.execute("UPDATE quotas SET \"limit\" = 1000000 WHERE resource = 'users'")
        connection.execute(f"UPDATE {schema}.users SET email_confirmed_at = now()")  # type: ignore[call-overload]  # a name of ours
    return schema, platform.call("POST", "/api/v1/auth/login/", {**who, "organization": "acme"}).body["access"]


def children(process: subprocess.Popen[bytes]) -> str:
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()


def test_a_restart_costs_some_calls_a_503_and_nothing_else(server: EmbeddedPostgres, tmp_path: Path) -> None:
    cluster = server.start()
    platform = Platform.at(settings_of(cluster), tmp_path, DJANGO_SETTINGS_MODULE="tests.settings")
    platform.manage("migrate", "--quiet")
    with platform.serving() as process:
        schema, access = log_in(platform, cluster)
        before, load = children(process), Load(platform, access)
        crowd = [
            threading.Thread(target=work, args=[number]) for number in range(2) for work in (load.read, load.write)
        ]
        for each in crowd:
            each.start()
        for _ in range(2):
            goal = len(load.added) + 5
            wait_for(lambda: True if len(load.added) >= goal else None)  # noqa: B023
            refused = load.answers["me", 503]
            server.stop()
            wait_for(lambda: True if load.answers["me", 503] > refused else None)  # noqa: B023
            wait_for(
                lambda: True if platform.call("GET", "/health/ready").status == 503 else None
            )  # it is believed for a second
            assert platform.call("GET", "/health/live").status == 200
            server.start()
            platform.await_ready()
        goal = len(load.added) + 5
        wait_for(lambda: True if len(load.added) >= goal else None)
        load.over.set()
        for each in crowd:
            each.join()
        assert children(process) == before
    assert load.dropped == []
    assert set(load.answers) == {("me", 200), ("me", 503), ("users", 201), ("users", 503)}
    with behind(cluster) as connection:
        there = {email for (email,) in connection.execute(f"SELECT email FROM {schema}.users")}  # type: ignore[call-overload]  # a name of ours
        counted = connection.execute("SELECT used FROM quotas WHERE resource = 'users'").fetchone()
    assert (set(load.added) - there, counted) == (set(), (len(there),))
