"""kill -9 of the web server and of PostgreSQL's processes while clients write: entries and rows agree, row by row."""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from devserver.postgres.server import Cluster, EmbeddedPostgres
from tests.cast import PASSWORD
from tests.customers import Customer
from tests.drills.replayed_trail import Row, replay
from tests.servers import Platform, end, serving_process, settings_of, wait_for

pytestmark = [pytest.mark.drill]

MOMENTS, CLIENTS = 20, 4
ENTRIES = """
    SELECT action, resource_id, changes FROM audit_logs
     WHERE action IN ('user.created', 'user.updated', 'user.deleted') ORDER BY created_at, id"""
#: What a trail of people does not show, or shows masked.
UNSEEN = ["last_login", "updated_at", "mailbox_proof", "password_changed_at", "password_hash"]
AT_WORK = "SELECT pid FROM pg_stat_activity WHERE usename ~ '^org_' AND state <> 'idle'"
SESSIONS = "SELECT pid FROM pg_stat_activity WHERE usename ~ '^org_' ORDER BY state = 'idle'"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A server of its own, which keeps what it acknowledged, as one does on which people work."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("killed") / "postgres")
    yield server.start()
    server.stop()


@dataclass
class Acme:
    """An organization, its admin, and what its API acknowledged."""

    admin: Customer
    address: dict[str, Any]
    names: dict[str, list[str]] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def keep_writing(self, moment: int, client: int) -> None:
        """Add somebody, and change their name until the end; each client has a person of its own."""
        identity = ""
        for count in range(10_000):
            if self.over.is_set():
                return
            try:
                if not identity:
                    identity = self.add(f"m{moment}-c{client}-{count}@acme.example")
                else:
                    self.rename(identity, f"{moment} {client} {count}")
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                return

    def add(self, address: str) -> str:
        answer = self.admin.call("POST", "users/", {"email": address, "password": PASSWORD, "role": "user"})
        self.statuses[answer.status] += 1
        if answer.status != 201:
            return ""
        self.added.append(answer.body["id"])
        return str(answer.body["id"])

    def rename(self, identity: str, name: str) -> None:
        answer = self.admin.call("PATCH", f"users/{identity}/", {"first_name": name})
        self.statuses[answer.status] += 1
        if answer.status == 200:
            self.names.setdefault(identity, []).append(name)

    def look(self, query: str, *values: Any) -> list[Any]:
        """Look into the schema, once the server is there."""

        def found() -> list[Any] | None:
            with suppress(psycopg.OperationalError), psycopg.connect(**self.address, autocommit=True) as session:
                (schema,) = session.execute("SELECT schema_name FROM public.organizations").fetchone() or ("",)
                session.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
                return session.execute(query, values).fetchall()
            return None

        return wait_for(found)


@pytest.fixture
def served(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[Acme, subprocess.Popen[bytes]]]:
    """Let Acme have an admin who is logged in, and room for people."""
    platform = Platform.at(settings_of(cluster), tmp_path, DJANGO_SETTINGS_MODULE="tests.settings")
    platform.manage("migrate", "--quiet")
    parent = platform.start_web("--preload")
    try:
        platform.await_ready()
        admin = Customer(platform, "acme")
        assert admin.open().status == 201
        acme = Acme(admin, replace(cluster.superuser, name=cluster.owner.name).connection_parameters())
        acme.look("UPDATE public.organizations SET status = 'active' RETURNING id")
        acme.look("UPDATE users SET email_confirmed_at = now() RETURNING id")
        assert admin.log_in().status == 200
        platform.manage("set_plan", "acme", "pro", "--users", "100000", "--reason", "they write")
        yield acme, parent
    finally:
        end(parent)


def test_rows_and_entries_agree_whatever_is_killed(served: tuple[Acme, subprocess.Popen[bytes]]) -> None:
    acme, parent = served
    chance, process = random.Random(20), 0
    for moment in range(MOMENTS):
        process = serving_process(parent, after=process if moment % 2 else 0)
        disturb(acme, moment, process if moment % 2 == 0 else 0, chance)
        acme.admin.platform.await_ready()
        judge(acme)
    assert acme.statuses.keys() <= {200, 201, 503}, acme.statuses
    assert (acme.statuses[200] > MOMENTS, acme.unanswered > MOMENTS / 2) == (True, True)


def disturb(acme: Acme, moment: int, process: int, chance: random.Random) -> None:
    """Let clients write, and kill the process that serves them, or one of the database's, in the middle of it."""
    acme.over.clear()
    crowd = [threading.Thread(target=acme.keep_writing, args=[moment, client]) for client in range(CLIENTS)]
    for each in crowd:
        each.start()
    threading.Event().wait(chance.uniform(0.1, 0.5))
    for (pid,) in [(process,)] if process else acme.look(SESSIONS)[:1]:
        with suppress(ProcessLookupError):  # its session has ended since
            os.kill(pid, signal.SIGKILL)
    acme.over.set()
    for each in crowd:
        each.join()


def judge(acme: Acme) -> None:
    """Replay the trail, and compare: with the rows that are there, and with what was acknowledged."""
    wait_for(lambda: acme.look(AT_WORK) == [] or None)
    entries = acme.look(ENTRIES)
    shown = dict(acme.look("SELECT id::text, to_jsonb(u) - %s::text[] FROM users AS u", UNSEEN))
    assert _filled(replay(entries)) == _filled(shown)
    written = Counter(
        (identity, changes["first_name"][1])
        for action, identity, changes in entries
        if action == "user.updated" and "first_name" in changes
    )
    acknowledged = Counter((identity, name) for identity, names in acme.names.items() for name in names)
    assert acknowledged - written == Counter(), "a write was acknowledged and has no entry"
    assert set(acme.added) <= shown.keys()
    assert max(written.values(), default=1) == 1, "a write has two entries"
    assert len(written - acknowledged) <= acme.unanswered + acme.statuses[503]


def _filled(rows: dict[str, Row]) -> dict[str, Row]:
    """Leave out what is empty, and what the trail does not show."""
    return {
        identity: {name: value for name, value in row.items() if value is not None and name not in UNSEEN}
        for identity, row in rows.items()
    }
