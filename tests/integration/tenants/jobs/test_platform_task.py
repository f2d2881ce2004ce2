"""@platform_task: a job of the platform, in no scope until it enters one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection

from tenants.jobs.platform_task import platform_task
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from workix.core.current import SYSTEM, Context, Current

seen: list[Any] = []


@platform_task("tests.note_scope", queue="default")
def note_scope(word: str) -> None:
    seen.append((word, Current.context, connection.database_role))  # type: ignore[attr-defined]  # our own backend


def test_it_runs_as_the_system_in_no_scope(acme: Cast, run_jobs: Callable[[], None]) -> None:
    seen.clear()
    with use_tenant(acme.organization), Current.scoped(request_id="r-1"):
        note_scope.enqueue(word="hello")
    ((arguments, queue),) = rows("SELECT args, queue_name FROM procrastinate_jobs")
    assert (arguments, queue) == ({"word": "hello", "request_id": "r-1"}, "default")
    run_jobs()
    assert seen == [("hello", Context(actor=SYSTEM, request_id="r-1"), None)]
