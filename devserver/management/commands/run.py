"""manage.py run: the whole platform on this machine, until Ctrl-C."""

from __future__ import annotations

import http.client
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from rich.console import Console

from accounts.operators import ensure_first_operator
from devserver.banner import greet
from devserver.postgres.binaries import PostgresUnavailable
from devserver.supervisor import AlreadyRunning, Company, Ended, Program, refuse_if_running
from tenants.backend.pool import shared_pool
from workix.foundation import commands

READY_WITHIN_SECONDS = 60.0


class Command(commands.Command):
    help = "Migrates, then runs the web server and the worker until Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(highlight=False)
        company = Company(settings.WORKIX.var / "run", _programs(), cwd=settings.BASE_DIR)
        with _faults_as_sentences():
            refuse_if_running(settings.WORKIX.var / "run")
            _refuse_taken_port()
            with console.status("Starting the database and migrating …"):
                _prepare()
            company.start()
        try:
            with console.status("Starting the web server and the worker …"):
                ended = _wait_until_ready(company)
            if not (ended or company.told_to_stop):
                greet(console)
                ended = company.watch()
        finally:
            console.print("Stopping …", style="dim")
            company.stop()
        if ended:
            raise CommandError(f"The {ended.name} ended (status {ended.status}), so everything was stopped.")


def _programs() -> list[Program]:
    gunicorn = str(settings.BASE_DIR / "workix" / "gunicorn.py")
    return [
        Program("web", (sys.executable, "-m", "gunicorn", "-c", gunicorn, "workix.wsgi")),
        Program("worker", (sys.executable, str(settings.BASE_DIR / "manage.py"), "run_worker")),
    ]


def _prepare() -> None:
    call_command("migrate", quiet=True)
    ensure_first_operator(settings.WORKIX.var / "operator.txt", now=timezone.now())
    shared_pool(settings.WORKIX.connection_cap).clear()


def _refuse_taken_port() -> None:
    host, _, port = settings.WORKIX.bind.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as knock:
        knock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            knock.bind((host.strip("[]"), int(port)))
        except OSError as error:
            raise CommandError(
                f"{settings.WORKIX.bind} can't be used: {error.strerror}. Stop the program that has it, or choose "
                "another port: WORKIX_BIND=127.0.0.1:8001 WORKIX_PUBLIC_URL=http://localhost:8001 make run"
            ) from error


def _wait_until_ready(company: Company) -> Ended | None:
    """Wait until the platform answers; return a program that ended instead."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and not company.told_to_stop:
        ended = company.find_ended()
        if ended or _is_ready():
            return ended
        time.sleep(0.1)
    return None


def _is_ready() -> bool:
    host, _, port = settings.WORKIX.bind.rpartition(":")
    reached = {"0.0.0.0": "127.0.0.1", "[::]": "::1"}.get(host, host.strip("[]"))  # noqa: S104  # read, not bound
    connection = http.client.HTTPConnection(reached, int(port), timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def _faults_as_sentences() -> Iterator[None]:
    """Say what a person can do something about without a stack trace."""
    try:
        yield
    except AlreadyRunning as error:
        raise CommandError(f"{error} Stop it first: make stop") from error
    except PostgresUnavailable as error:
        raise CommandError(str(error)) from error
    except KeyboardInterrupt:
        raise CommandError("Stopped before everything had started.") from None
