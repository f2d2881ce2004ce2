"""The nightly proof of isolation in a living worker: its verdict, and what is left when the worker or the proof is killed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.database import another_database
from tests.environment import WORKER
from tests.servers import PATIENCE_SECONDS, Platform, end, wait_for

pytestmark = [pytest.mark.drill]

_ENQUEUE = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args)
    VALUES ('platform', 'tenants.prove_isolation', 'tenants.prove_isolation', '{"timestamp": 0}')"""
_LAST = "SELECT outcome, is_cleared, attacks - refused - known FROM isolation_proofs ORDER BY started_at DESC LIMIT 1"
_THROW_AWAY = "SELECT count(*) FROM organizations WHERE slug LIKE 'prove-%'"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with another_database(f"workix_nightly_{WORKER}") as settings:
        yield Platform.at(settings, tmp_path_factory.mktemp("var"), WORKIX_ENV="development")


def ask(platform: Platform, query: str) -> list[Any]:
    with psycopg.connect(platform.settings["DATABASE_URL"], autocommit=True) as connection:
        asked = connection.execute(query)
        return asked.fetchall() if asked.description else []


def proof_of(worker: subprocess.Popen[bytes]) -> int | None:
    """Find the process of the proof, below the worker's."""
    for children in Path(f"/proc/{worker.pid}/task").glob("*/children"):
        for pid in children.read_text().split():
            if b"prove_isolation" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return int(pid)
    return None


def attacking(platform: Platform) -> subprocess.Popen[bytes]:
    """Start a worker with a proof to do, and return it once both organizations are there."""
    ask(platform, _ENQUEUE)
    worker = platform.start_worker()
    wait_for(lambda: ask(platform, _THROW_AWAY) == [(2,)] or None)
    return worker


def test_the_worker_proves_isolation_and_the_verdict_is_kept(platform: Platform) -> None:
    ask(platform, _ENQUEUE)
    with platform.working():
        wait_for(lambda: ask(platform, _LAST) == [("held", True, 0)] or None, seconds=300)
        wait_for(lambda: ask(platform, "SELECT 1 FROM procrastinate_jobs") == [] or None)
    assert ask(platform, _THROW_AWAY) == [(0,)]


def test_what_a_killed_proof_left_goes_with_the_next(platform: Platform) -> None:
    worker = attacking(platform)
    try:
        os.kill(wait_for(lambda: proof_of(worker)), signal.SIGKILL)
        wait_for(lambda: ask(platform, "SELECT 1 FROM procrastinate_jobs WHERE status = 'failed'") or None)
        assert (ask(platform, _LAST), ask(platform, _THROW_AWAY)) == ([("running", False, 0)], [(2,)])
    finally:
        end(worker)
    platform.manage("prove_isolation", "--json")
    assert (ask(platform, _LAST), ask(platform, _THROW_AWAY)) == ([("held", True, 0)], [(0,)])


def test_a_proof_ends_with_its_worker_and_what_it_left_goes_with_the_next(platform: Platform) -> None:
    """Most proofs that are told to end remove what they opened by themselves; whichever does not, the next one does it for."""
    ask(platform, "DELETE FROM procrastinate_jobs")
    worker = attacking(platform)
    proof = wait_for(lambda: proof_of(worker))
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=PATIENCE_SECONDS)
    wait_for(lambda: None if is_alive(proof) else True)
    assert ask(platform, _LAST) in ([("cut_short", True, 0)], [("running", False, 0)])
    platform.manage("prove_isolation", "--json")
    assert (ask(platform, _LAST), ask(platform, _THROW_AWAY)) == ([("held", True, 0)], [(0,)])


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
