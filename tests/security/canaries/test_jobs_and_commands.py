"""Canaries in arguments of jobs and of commands that fail: in no line of the log."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandParser

from tenants.jobs.tenant_task import tenant_task
from tenants.scope import use_tenant
from tests.cast import Cast
from tests.security.canaries.canaries import CANARIES
from tests.security.canaries.watching import Log, leaks
from workix.core import commands
from workix.observability.logs.uncaught import log_uncaught

pytestmark = pytest.mark.requirement("S79")


@tenant_task("tests.quote", queue="default")
def quote(sent: dict[str, str]) -> None:
    """Fail, and say with what."""
    raise RuntimeError(f"can't work with {sent}")


class Quoting(commands.Command):
    """A command with a bug that says all it was told."""

    def add_arguments(self, parser: CommandParser) -> None:
        for name in {canary.name for canary in CANARIES}:
            parser.add_argument(f"--{name}")

    def handle(self, *args: Any, **options: Any) -> None:
        raise RuntimeError(f"can't work with {options}")


def test_a_job_that_fails_tells_no_secret_it_was_given(log: Log, acme: Cast, run_jobs: Callable[[], None]) -> None:
    with use_tenant(acme.organization):
        for canary in CANARIES:
            quote.enqueue(sent={canary.name: canary.value})
    run_jobs()
    assert [canary for canary in CANARIES if canary.core not in log.raw.getvalue()] == []  # there is something to leak
    assert leaks({"log": log.written.getvalue()}) == []


def test_a_command_that_fails_tells_no_secret_it_was_given(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    for place, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(place, hook, getattr(place, hook))
    monkeypatch.setattr("logging.captureWarnings", lambda _: None)  # pytest looks at them
    log_uncaught()
    for canary in CANARIES:
        with pytest.raises(RuntimeError) as failed:
            call_command(Quoting(), f"--{canary.name}={canary.value}")
        sys.excepthook(failed.type, failed.value, failed.tb)
    assert [canary for canary in CANARIES if canary.core not in log.raw.getvalue()] == []  # there is something to leak
    assert leaks({"log": log.written.getvalue()}) == []
