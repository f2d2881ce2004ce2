"""manage.py run: the whole platform on this machine (development server), until Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.operators import ensure_first_operator
from devserver.announcements import Announcements
from devserver.environment import for_processes
from devserver.ports import find_free_port, why_unusable
from devserver.process_logs import LogPrinter
from devserver.supervisor import AlreadyRunning, ProcessSpec, Supervisor, refuse_if_running
from devserver.terminal import Terminal
from tenants.backend.connection_cap import connection_cap
from tenants.backend.pool import shared_pool
from workix.core import commands


class Command(commands.Command):
    help = "Migrates, then runs the web server and the worker until Ctrl-C."
    tells_nothing = "It runs until it is stopped; what it prints is for whoever sits before it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        var, terminal = settings.WORKIX.var, Terminal()
        with _faults_as_sentences():
            refuse_if_running(var / "run")
            _refuse_taken_port()
            with terminal.console.status("Migrating …"):
                _prepare()
            metrics_bind = _choose_metrics_bind()
            announcements = Announcements(terminal, metrics_bind)
            supervisor = Supervisor(
                var / "run",
                _processes(metrics_bind),
                cwd=settings.BASE_DIR,
                printer=LogPrinter(var / "log", terminal),
                on_tick=lambda: announcements.look(supervisor),
            )
            supervisor.loop()
        if supervisor.ended:
            name, status = supervisor.ended.name, supervisor.ended.status
            raise CommandError(f"The {name} ended (status {status}), so everything was stopped.")


def _processes(metrics_bind: str) -> list[ProcessSpec]:
    gunicorn, manage = str(settings.BASE_DIR / "workix" / "gunicorn.py"), str(settings.BASE_DIR / "manage.py")
    environment = for_processes(metrics_bind=metrics_bind)
    return [
        ProcessSpec("web", (sys.executable, "-m", "gunicorn", "-c", gunicorn, "workix.wsgi"), environment),
        ProcessSpec("worker", (sys.executable, manage, "run_worker"), environment),
    ]


def _prepare() -> None:
    call_command("migrate", quiet=True)
    ensure_first_operator(settings.WORKIX.var / "operator.txt", now=timezone.now())
    shared_pool(connection_cap()).clear()


def _refuse_taken_port() -> None:
    because = why_unusable(settings.WORKIX.bind)
    if because:
        raise CommandError(
            f"{settings.WORKIX.bind} can't be used: {because}. Stop the program that has it, or choose "
            "another port: WORKIX_BIND=127.0.0.1:8001 WORKIX_PUBLIC_URL=http://localhost:8001 make run"
        )


def _choose_metrics_bind() -> str:
    """Take any other port where the one for metrics is taken: they are no reason to run nothing. The banner says so."""
    bind: str = settings.WORKIX.metrics_bind
    host = bind.rpartition(":")[0]
    return f"{host}:{find_free_port(host)}" if why_unusable(bind) else bind


@contextmanager
def _faults_as_sentences() -> Iterator[None]:
    """Say what a person can do something about without a stack trace."""
    try:
        yield
    except AlreadyRunning as error:
        raise CommandError(f"{error} Stop it first: make stop") from error
    except OSError as error:
        raise CommandError(f"{error.filename} can't be used: {error.strerror}.") from error
    except KeyboardInterrupt:
        raise CommandError("Stopped before everything had started.") from None
