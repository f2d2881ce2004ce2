"""Full disks: of PostgreSQL's data (SQLSTATE 53100), of its log of writes (WAL), which ends the server, and of WORKIX_VAR."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import psycopg

from benchmarks.chaos.disks import Disk
from benchmarks.chaos.faults.fault import Fault
from benchmarks.chaos.installation import Installation
from benchmarks.chaos.load import Load

FULL_SECONDS = 8
_REFUSALS = 20
_MOST_FILES = 30
_FELT_WITHIN_SECONDS = 60


def data(installation: Installation, load: Load) -> list[str]:
    """Leave no room for data, until calls are refused and then for a while."""
    assert installation.data is not None
    before = _server_started_at(installation)
    _keep_full(installation.data, load)
    load.await_progress()
    return ["PostgreSQL was restarted"] if _server_started_at(installation) != before else []


def wal(installation: Installation, load: Load) -> list[str]:
    """Leave no room for WAL: the server ends itself, and is started once there is room, as a supervisor does."""
    assert installation.wal is not None
    ending = threading.Thread(target=_use_up, args=[installation])
    _keep_full(installation.wal, load, ending)
    ending.join()
    installation.postgres.start()
    load.await_progress()
    return []


def var(installation: Installation, load: Load) -> list[str]:
    """Leave no room for the platform's own files (WORKIX_VAR), and have processes begin meanwhile: nobody notices."""
    assert installation.var is not None
    installation.var.fill()
    load.await_progress(10)
    for number in (0, 1):
        for process in installation.web_processes(number):
            process.terminate()
    time.sleep(FULL_SECONDS)
    load.await_progress()
    installation.var.make_room()
    load.await_progress()
    return ["it was felt: calls were refused"] if load.statuses[503] else []


def _use_up(installation: Installation) -> None:
    """Begin new files of WAL until there is none to begin."""
    with suppress(psycopg.Error), installation.superuser() as database:
        for _ in range(_MOST_FILES):
            database.execute("CREATE TEMP TABLE used_up ON COMMIT DROP AS SELECT 1")
            database.execute("SELECT pg_switch_wal()")


def _keep_full(disk: Disk, load: Load, besides: threading.Thread | None = None) -> None:
    refused, deadline = load.statuses[503], time.monotonic() + _FELT_WITHIN_SECONDS
    disk.fill()
    if besides:
        besides.start()
    try:
        while load.statuses[503] < refused + _REFUSALS and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(FULL_SECONDS)
    finally:
        disk.make_room()


def _server_started_at(installation: Installation) -> object:
    with installation.superuser() as database:
        return database.execute("SELECT pg_postmaster_start_time()").fetchone()


FAULTS = (
    Fault(
        "disk",
        f"The disk of PostgreSQL's data is full for {FULL_SECONDS} s",
        data,
        refuses=True,
        needs="disk",
        repeats=True,
    ),
    Fault(
        "wal",
        f"The disk of PostgreSQL's WAL is full for {FULL_SECONDS} s",
        wal,
        refuses=True,
        needs="disk",
        repeats=True,
    ),
    Fault("var", f"The disk of WORKIX_VAR is full for {FULL_SECONDS} s, processes begin anew", var, needs="disk"),
)
