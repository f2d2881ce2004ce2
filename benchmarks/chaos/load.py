"""Load: clients of one organization that read and write until they are stopped, and what each was answered."""

# Note [What a client may conclude]
# 2xx: it is done, and is there for ever. 503 with Retry-After: nothing was done, come again. No answer at all: nobody knows, so
# it may be there or not, but never half. A call with an Idempotency-Key is repeated until it is answered, and is done once.

from __future__ import annotations

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from benchmarks.processes import BenchmarkError
from benchmarks.sides.side import PASSWORD

#: How long a call may take. Nothing we promise takes longer than statement_timeout and the wait for a connection together.
PATIENCE_SECONDS = 60
_RECOVERY_SECONDS = 90
_PAUSE_SECONDS = 0.05


class Answer(NamedTuple):
    """The status, the body (JSON) and the headers."""

    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Acknowledged:
    """Everything that was acknowledged since the installation is there. Lists only grow, so threads may share them.

    `uncertain`: writes that were not answered. `unverified`: entries of the set-up, which no application signed.
    """

    people: dict[str, str] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    consumptions: dict[str, int] = field(default_factory=dict)
    uncertain: int = 0
    unverified: int = 1


@dataclass
class Load:
    """Clients that ask the servers at `ports` in turns, with the access token of an admin."""

    ports: Sequence[int]
    who: dict[str, str]
    access: str
    kept: Acknowledged
    name: str
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    done: Counter[str] = field(default_factory=Counter)
    _over: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Have the clients work while the block does, and let each finish what it began."""
        acts = (self.read, self.add_people, self.add_people, self.rename, self.consume, self.consume, self.log_in)
        crowd = [threading.Thread(target=self._work, args=[act, number]) for number, act in enumerate(acts)]
        for each in crowd:
            each.start()
        try:
            yield
        finally:
            self._over.set()
            for each in crowd:
                each.join()

    def await_progress(self, least: int = 3) -> float:
        """Wait until each kind of act succeeded `least` times more; return the seconds it took.

        :raises BenchmarkError: when it does not come to that: the platform did not recover.
        """
        before, began = self.done.copy(), time.monotonic()
        kinds = ("read", "add", "rename", "consume", "log in")
        while any(self.done[kind] < before[kind] + least for kind in kinds):
            if time.monotonic() > began + _RECOVERY_SECONDS:
                late = [kind for kind in kinds if self.done[kind] < before[kind] + least]
                raise BenchmarkError(f"{self.name}: no success within {_RECOVERY_SECONDS} s of: {', '.join(late)}")
            time.sleep(_PAUSE_SECONDS)
        return time.monotonic() - began

    def read(self, tag: str) -> None:
        if self._call("GET", "me/").status == 200:
            self._count("read")

    def add_people(self, tag: str) -> None:
        person = {"email": f"{tag}@acme.example.com", "password": PASSWORD, "role": "viewer"}
        answer = self._call("POST", "users/", person)
        if answer.status == 201:
            self.kept.people[answer.body["id"]] = person["email"]
            self._count("add")

    def rename(self, tag: str) -> None:
        """Change the name of one who was added; only one thread does, so the order is known."""
        identity = next(reversed(self.kept.people), None)
        if identity is None:
            time.sleep(_PAUSE_SECONDS)
        elif self._call("PATCH", f"users/{identity}/", {"first_name": tag}).status == 200:
            self.kept.names.append((identity, tag))
            self._count("rename")

    def consume(self, tag: str) -> None:
        """Take units under a key, again and again until it is answered. See Note [What a client may conclude]."""
        units, deadline = random.Random(tag).randint(1, 5), time.monotonic() + _RECOVERY_SECONDS
        while time.monotonic() < deadline:
            answer = self._call("POST", "quotas/executions/consumptions/", {"amount": units}, {"Idempotency-Key": tag})
            if answer.status == 201:
                self.kept.consumptions[answer.body["id"]] = units
                self._count("consume")
                return
            time.sleep(_PAUSE_SECONDS)
        self.faults[f"a call under a key was not answered within {_RECOVERY_SECONDS} s"] += 1

    def log_in(self, tag: str) -> None:
        """Log in, use the access token at another server, spend the refresh token at a third, use what it gave, and log out."""
        opened = self._call("POST", "auth/login/", self.who)
        if opened.status != 200:
            return
        for _ in self.ports:
            self._expect(200, self._call("GET", "me/", access=opened.body["access"]))
        renewed = self._call("POST", "auth/refresh/", {"refresh": opened.body["refresh"]})
        if renewed.status == 200:
            for _ in self.ports:
                self._expect(200, self._call("GET", "me/", access=renewed.body["access"]))
            self._count("log in")
            self._call("POST", "auth/logout/", {}, access=renewed.body["access"])

    def _work(self, act: Callable[[str], None], number: int) -> None:
        for count in range(1_000_000):
            if self._over.is_set():
                return
            try:
                act(f"{self.name}-{number}-{count}")
            except Exception as error:  # noqa: BLE001  # a client must not end in silence
                self.faults[f"a client failed: {error!r}"] += 1
                time.sleep(_PAUSE_SECONDS)

    def _count(self, kind: str) -> None:
        with self._lock:
            self.done[kind] += 1

    def _expect(self, status: int, answer: Answer) -> None:
        if answer.status not in (status, 0, 503):
            self.faults[f"{answer.status} {answer.body.get('code')} instead of {status}"] += 1

    def _call(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, *, access: str = ""
    ) -> Answer:
        """Send one call to the next server, and note what comes; an answer that never came has the status 0."""
        with self._lock:
            port = self.ports[(sum(self.statuses.values()) + self.unanswered) % len(self.ports)]
        try:
            answer = call(port, method, f"/api/v1/{path}", body, access=access or self.access, **(headers or {}))
        except (OSError, http.client.HTTPException) as error:
            with self._lock:
                self.unanswered += 1
                self.faults["no answer for a minute"] += isinstance(error, TimeoutError)
                self.kept.uncertain += method != "GET"
            time.sleep(_PAUSE_SECONDS)
            return Answer(0, {}, {})
        with self._lock:
            self.statuses[answer.status] += 1
            if answer.status == 503 and not answer.headers.get("Retry-After", "").isdigit():
                self.faults["503 without Retry-After"] += 1
            if answer.status >= 400 and answer.headers.get("Content-Type") != "application/problem+json":
                self.faults[f"{answer.status} that is no problem+json"] += 1
        if answer.status == 503:
            time.sleep(_PAUSE_SECONDS)
        return answer


def call(port: int, method: str, path: str, body: Any = None, *, access: str = "", **headers: str) -> Answer:
    """Send one call over a connection of its own.

    :raises OSError, http.client.HTTPException: when it is not answered.
    """
    sent = {"Host": "localhost", "Content-Type": "application/json", **headers}
    if access:
        sent["Authorization"] = f"Bearer {access}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path, None if body is None else orjson.dumps(body), sent)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    is_json = "json" in (response.getheader("Content-Type") or "")
    return Answer(response.status, orjson.loads(content) if is_json else {}, dict(response.getheaders()))
