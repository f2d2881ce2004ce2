"""The platform as it really runs: gunicorn and worker as processes of their own, spoken to over HTTP."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import orjson
import pytest

from devserver.postgres.server import Cluster
from tests.cast import Answer
from tests.environment import PROJECT
from workix.config.secrets import Secret

Found = TypeVar("Found")

#: Longer than any machine stands still: whoever waits for nothing at all fails, and nobody because others are at work, too.
PATIENCE_SECONDS = 120

# Note [A port of one's own]
# A port that the kernel chooses is free when it is asked for, and may be another's by the time a server listens there, seconds or
# minutes later, for the kernel chooses from the same ports for everybody. So ours are from below those, and each is claimed for
# as long as this process lives, by a name that one process of a machine holds at a time (an abstract Unix socket).
_PORTS = range(20_000, 32_000)


@dataclass(frozen=True)
class Platform:
    """Where one platform runs, and with which settings."""

    port: int
    settings: Mapping[str, str]

    @classmethod
    def at(cls, settings: Mapping[str, str], var: Path, **more: str) -> Platform:
        port = free_port()
        own = {
            "WORKIX_VAR": str(var),
            "WORKIX_BIND": f"127.0.0.1:{port}",
            "WORKIX_METRICS_BIND": f"127.0.0.1:{free_port()}",
            "WORKIX_PUBLIC_URL": f"http://localhost:{port}",
            "WORKIX_WEB_WORKERS": "1",
            "DJANGO_SETTINGS_MODULE": "workix.settings",
        }
        return cls(port, {**settings, **own, **more})

    def manage(self, *arguments: str) -> str:
        """Run a command, and return what it printed."""
        command, environment = (sys.executable, "manage.py", *arguments), _environment(self.settings)
        return subprocess.run(
            command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def start_web(self, *options: str) -> subprocess.Popen[bytes]:
        """Start gunicorn in a process group of its own."""
        return self._start("-m", "gunicorn", "-c", "workix/gunicorn.py", *options, "workix.wsgi")

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.start_command("run_worker")

    def start_command(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command of manage.py in a process group of its own."""
        return self._start("manage.py", *arguments)

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        process = self.start_web()
        try:
            self.await_ready()
            yield process
        finally:
            end(process)

    @contextmanager
    def working(self) -> Iterator[None]:
        process = self.start_worker()
        try:
            yield
        finally:
            end(process)

    def await_ready(self) -> None:
        wait_for(lambda: self.call("GET", "/health/ready").status == 200 or None)

    def call(
        self, method: str, path: str, body: Any = None, *, access: str = "", host: str = "localhost", **headers: str
    ) -> Answer:
        """Send one request; a server that is not there, or goes away, is an OSError or HTTPException."""
        sent = {"Host": f"{host}:{self.port}", "Content-Type": "application/json", **headers}
        if access:
            sent["Authorization"] = f"Bearer {access}"
        connection = self.connect()
        try:
            connection.request(method, path, orjson.dumps(body) if body is not None else None, sent)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        is_json = "json" in (response.getheader("Content-Type") or "")
        return Answer(
            response.status, orjson.loads(content) if is_json and content else content, dict(response.getheaders())
        )

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        log = Path(self.settings["WORKIX_VAR"]) / "processes.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as stream:
            return subprocess.Popen(
                (sys.executable, *command),
                cwd=PROJECT,
                env=_environment(self.settings),
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )


def end(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
    """End a process and all it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    process.wait(timeout=PATIENCE_SECONDS)


@contextmanager
def redis_server(folder: Path) -> Iterator[Secret]:
    """Run a Redis that keeps nothing, and yield where it is; skip the test on a machine that has none."""
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    options = ("--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no")
    server = subprocess.Popen([program, *options], cwd=folder, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: socket.create_connection(("127.0.0.1", port))).close()
        yield Secret(f"redis://127.0.0.1:{port}/0")
    finally:
        server.terminate()
        server.wait()


def serving_process(parent: subprocess.Popen[bytes], *, after: int = 0) -> int:
    """Return the one process that serves requests, once there is one; gunicorn starts another for one that died."""
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    return wait_for(lambda: next((int(each) for each in children.read_text().split() if int(each) != after), None))


def settings_of(cluster: Cluster) -> dict[str, str]:
    """Name everything a platform on a server of its own reads from its environment."""
    return {
        "WORKIX_ENV": "test",
        "WORKIX_LOG_LEVEL": "ERROR",
        "DATABASE_URL": cluster.owner.url().reveal(),
        "WORKIX_SETUP_DATABASE_URL": replace(cluster.superuser, name=cluster.owner.name).url().reveal(),
    }


def wait_for(find: Callable[[], Found | None], seconds: float = PATIENCE_SECONDS) -> Found:
    """Look again and again until there is something; a server that does not answer yet is nothing."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while True:
        try:
            found = find()
        except (OSError, http.client.HTTPException):
            found = None
        if found is not None:
            return found
        assert time.monotonic() < deadline, "Waited in vain."
        pause.wait(0.03)


def free_port() -> int:
    """See Note [A port of one's own]."""
    return next(port for port in _PORTS if _claim(port))


def _claim(port: int) -> bool:
    with socket.socket(socket.AF_UNIX) as claim, socket.socket() as probe:
        try:
            claim.bind(f"\0workix-tests-{port}")
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        claim.detach()  # which leaves it open until the process ends
    return True


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    ours = ("WORKIX_", "DATABASE_URL", "EMAIL_URL", "REDIS_URL", "SECRET_KEY", "SENTRY_DSN", "OTEL_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | dict(settings)
