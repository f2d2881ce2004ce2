"""kill -9 of web servers while clients reserve, commit, release and consume: what is counted is what was acknowledged."""

from __future__ import annotations

import http.client
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cast import Answer
from tests.customers import Customer
from tests.database import another_database
from tests.environment import WORKER
from tests.servers import Platform, end, wait_for

pytestmark = [pytest.mark.drill]

LIMIT, CLIENTS, KILLS = 40, 6, 24
#: So the database itself refuses whatever would be over the limit, for a moment only and in the middle of a transaction, too.
NEVER_OVER = "never_over_the_limit CHECK (used::bigint + reserved <= \"limit\" OR resource <> 'executions')"
COUNTED = "SELECT used, reserved FROM quotas WHERE resource = 'executions'"
MOVED = "SELECT coalesce(sum(amount - given_back), 0), count(*) FROM quota_movements"


@dataclass
class Client:
    """A service that repeats each call under its key until it is answered, and what it was told then."""

    admin: Customer
    name: str
    used: int = 0
    held: dict[str, int] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    replayed: int = 0
    calls: int = 0

    def work(self, over: threading.Event) -> None:
        """Do something at random, of random size, again and again until it is over."""
        chance = random.Random(self.name)
        acts = (
            self.reserve,
            self.reserve,
            self.commit,
            self.commit,
            self.free,
            self.consume,
            self.give_back,
            self.forget,
        )
        while not over.is_set():
            chance.choice(acts)(chance.randint(1, 6))

    def reserve(self, units: int) -> None:
        answer = self.post("quotas/executions/reservations/", {"amount": units, "ttl": 600})
        if answer.status == 201:
            self.held[answer.body["id"]] = units

    def forget(self, units: int) -> None:
        """Hold units and never come back for them: in a second they are free."""
        self.post("quotas/executions/reservations/", {"amount": units, "ttl": 1})

    def commit(self, units: int) -> None:
        if self.held:
            identity, held = self.held.popitem()
            used = min(units, held)
            assert self.post(f"quotas/reservations/{identity}/commit/", {"amount": used}).status == 201
            self.taken[identity] = used  # the consumption has the reservation's id, and can be given back
            self.used += used

    def free(self, _: int) -> None:
        if self.held:
            identity, _held = self.held.popitem()
            assert self.post(f"quotas/reservations/{identity}/release/", {}).status == 200

    def consume(self, units: int) -> None:
        answer = self.post("quotas/executions/consumptions/", {"amount": units})
        if answer.status == 201:
            self.taken[answer.body["id"]] = units
            self.used += units

    def give_back(self, _: int) -> None:
        if self.taken:
            identity, units = self.taken.popitem()
            assert self.post("quotas/executions/releases/", {"consumption": identity}).status == 201
            self.used -= units

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        """Send a call until it is answered, as docs/quotas.md says to."""
        self.calls += 1
        key, pause = {"Idempotency-Key": f"{self.name}-{self.calls}"}, threading.Event()
        for _ in range(500):
            try:
                answer = self.admin.call("POST", path, body, **key)
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
            else:
                self.statuses[answer.status] += 1
                self.replayed += "Idempotency-Replayed" in answer.headers
                if answer.status != 503 and answer.body.get("code") != "conflict":
                    return answer
            pause.wait(0.02)
        raise AssertionError(f"never answered: {path}")


@dataclass
class Sampler:
    """Somebody who looks at the balance all the time."""

    admin: Customer
    seen: list[tuple[int, int]] = field(default_factory=list)

    def look(self, over: threading.Event) -> None:
        while not over.wait(0.01):
            with suppress(OSError, http.client.HTTPException):
                self.seen.append(balance(self.admin))


def balance(admin: Customer) -> tuple[int, int]:
    told = admin.call("GET", "quotas/executions/").body
    return told["used"], told["reserved"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Customer, int, psycopg.Connection]]:
    """Let Acme have an admin who is logged in and a limit that is reached soon, at two processes that serve."""
    with another_database(f"workix_counting_{WORKER}") as settings:
        platform = Platform.at(settings, tmp_path, WORKIX_WEB_WORKERS="2")
        parent = platform.start_web("--preload")
        try:
            platform.await_ready()
            admin = Customer(platform, "acme")
            with platform.working():
                admin.begin()
            platform.manage("set_plan", "acme", "free", "--executions", str(LIMIT), "--reason", "A drill")
            with psycopg.connect(settings["WORKIX_SETUP_DATABASE_URL"], autocommit=True) as behind:
                behind.execute(f"ALTER TABLE quotas ADD CONSTRAINT {NEVER_OVER}")  # type: ignore[arg-type]  # a text of ours
                yield admin, parent.pid, behind
        finally:
            end(parent)


@pytest.mark.requirement("S131")
def test_what_is_used_and_reserved_is_what_was_acknowledged_whatever_is_killed(
    served: tuple[Customer, int, psycopg.Connection],
) -> None:
    admin, parent, behind = served
    clients, sampler = [Client(admin, f"client-{number}") for number in range(CLIENTS)], Sampler(admin)
    over = threading.Event()
    with ThreadPoolExecutor(CLIENTS + 1) as crowd:
        at_work = [crowd.submit(work, over) for work in (sampler.look, *(client.work for client in clients))]
        try:
            kill_again_and_again(lambda: not any(each.done() for each in at_work), parent, behind)
        finally:
            over.set()
    for each in at_work:
        each.result()
    used, held = sum(each.used for each in clients), sum(sum(each.held.values()) for each in clients)
    wait_for(lambda: balance(admin) == (used, held) or None)  # until what was forgotten is free
    assert behind.execute(MOVED).fetchall()[0][0] == used
    assert max(map(sum, sampler.seen)) <= LIMIT
    statuses = sum((each.statuses for each in clients), Counter())
    assert statuses.keys() <= {200, 201, 403, 409, 503}, statuses
    assert (sum(each.unanswered for each in clients) >= KILLS, statuses[403] > 0) == (True, True)
    assert sum(each.replayed for each in clients), "no answer was lost after its act was committed"


def kill_again_and_again(going_on: Callable[[], bool], parent: int, behind: psycopg.Connection) -> None:
    """Kill processes that serve, KILLS times; gunicorn starts others.

    By turns one after a while, and all as soon as something was committed: its answer is on the way, and lost.
    """
    chance, children = random.Random(20), Path(f"/proc/{parent}/task/{parent}/children")
    for number in range(KILLS):
        threading.Event().wait(chance.uniform(0.1, 0.3))
        serving = [int(each) for each in children.read_text().split()]
        if number % 2:
            chance.shuffle(serving)
            serving = serving[:1]
        else:
            before = behind.execute(COUNTED).fetchall()
            while going_on() and behind.execute(COUNTED).fetchall() == before:
                pass
        for each in serving:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
