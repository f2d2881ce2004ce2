"""A pid file names a process of ours, or nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devserver import pid_files
from tests.servers import PATIENCE_SECONDS, wait_for

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(["sleep", "60"])
    wait_for(
        lambda: Path(f"/proc/{process.pid}/cmdline").read_bytes() == b"sleep\x0060\x00" or None
    )  # forked, not yet it
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "run" / "sleeper.pid"


def test_a_process_is_found_while_it_runs(file: Path, sleeper: subprocess.Popen[bytes]) -> None:
    pid_files.remember(file, sleeper.pid, ["sleep", "60"])
    assert pid_files.find(file) == sleeper.pid
    sleeper.kill()
    sleeper.wait()
    assert pid_files.find(file) is None


def test_a_stranger_with_the_same_number_is_not_ours(file: Path, sleeper: subprocess.Popen[bytes]) -> None:
    pid_files.remember(file, sleeper.pid, ["sleep", "6000"])
    assert pid_files.find(file) is None
    assert pid_files.stop(file, timeout=1) is False
    assert (sleeper.poll(), file.exists()) == (None, False)


def test_no_file_and_a_broken_one_name_nobody(file: Path) -> None:
    assert pid_files.find(file) is None
    file.parent.mkdir()
    for content in ("", "many\nsleep 60\n", "1"):
        file.write_text(content)
        assert pid_files.find(file) is None


def test_one_remembers_oneself(file: Path) -> None:
    pid_files.remember_myself(file)
    assert pid_files.find(file) == os.getpid()


def test_what_does_not_end_when_asked_is_made_to(file: Path) -> None:
    command = [sys.executable, "-c", STUBBORN]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as stubborn:
        assert stubborn.stdout
        stubborn.stdout.readline()
        pid_files.remember(file, stubborn.pid, command)
        assert pid_files.stop(file, timeout=0.1) is True
        assert stubborn.wait(PATIENCE_SECONDS) == -9
    assert not file.exists()
