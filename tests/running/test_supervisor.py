"""The process supervisor: processes that live and die together."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from honcho.printer import Message, Printer

from devserver.supervisor import AlreadyRunning, Ended, ProcessSpec, Supervisor, stop_all
from tests.servers import wait_for

SLEEPER = ProcessSpec("sleeper", ("sleep", "60"))
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Kept(Printer):
    """Keeps what processes said."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, bytes]] = []

    def write(self, message: Message) -> None:
        if message.name != "system":
            self.lines.append((message.name, message.data))


@dataclass
class Once:
    """Does something once all pid files are there."""

    folder: Path
    names: set[str]
    do: Callable[[], object]
    done: bool = field(default=False)

    def __call__(self) -> None:
        if not self.done and {file.stem for file in self.folder.glob("*.pid")} >= self.names:
            self.done = True
            self.do()


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Supervisor]]:
    """Make supervisors; the signals are as before after the test."""
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def make(*processes: ProcessSpec, do: Callable[[], object] = lambda: None, **options: Any) -> Supervisor:
        once = Once(tmp_path / "run", {each.name for each in processes}, do)
        return Supervisor(tmp_path / "run", processes, cwd=tmp_path, **{"printer": Kept(), "on_tick": once} | options)

    yield make
    for number, handler in before.items():
        signal.signal(number, handler)


def test_where_one_ends_all_do_and_it_is_named_with_its_status(
    supervise: Callable[..., Supervisor], tmp_path: Path
) -> None:
    both = supervise(SLEEPER, ProcessSpec("quitter", ("sh", "-c", "exit 3")))
    both.loop()
    assert (both.ended, both.returncode, list((tmp_path / "run").iterdir())) == (Ended("quitter", 3), 3, [])


def test_a_pid_file_names_the_process_itself(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    found: dict[str, str] = {}

    def look() -> None:
        pid = int((tmp_path / "run" / "sleeper.pid").read_text().split()[0])
        wait_for(lambda: Path(f"/proc/{pid}/cmdline").read_bytes() == b"sleep\x0060\x00" or None)
        found.update(
            {file.name: file.read_text() for file in (tmp_path / "run").iterdir()}, own_session=os.getsid(pid) == pid
        )
        os.kill(pid, signal.SIGKILL)

    one = supervise(SLEEPER, do=look)
    one.loop()
    assert (sorted(found), found["own_session"], one.ended) == (
        ["own_session", "run.pid", "sleeper.pid"],
        True,
        Ended("sleeper", -signal.SIGKILL),
    )


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_all(supervise: Callable[..., Supervisor], tmp_path: Path, number: signal.Signals) -> None:
    two = supervise(SLEEPER, ProcessSpec("other", ("sleep", "61")), do=lambda: os.kill(os.getpid(), number))
    two.loop()
    assert (two.ended, two.is_stopping, list((tmp_path / "run").iterdir())) == (None, True, [])


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_before_anything_has_started_ends_all_too(
    supervise: Callable[..., Supervisor], tmp_path: Path, number: signal.Signals
) -> None:
    two = supervise(
        SLEEPER,
        ProcessSpec("other", ("sleep", "61")),
        on_tick=lambda: None if two.is_stopping else os.kill(os.getpid(), number),
    )
    two.loop()
    assert (two.ended, list((tmp_path / "run").iterdir())) == (None, [])


def test_what_does_not_end_when_asked_is_killed(supervise: Callable[..., Supervisor]) -> None:
    stubborn, printer = (
        ProcessSpec("stubborn", ("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done")),
        Kept(),
    )
    one = supervise(stubborn, printer=printer, timeout=0.3, on_tick=lambda: one.terminate() if printer.lines else None)
    one.loop()
    assert (one.ended, printer.lines) == (None, [("stubborn", b"ready\n")])


def test_nobody_starts_twice(supervise: Callable[..., Supervisor]) -> None:
    refusals: list[str] = []

    def start_again() -> None:
        with pytest.raises(AlreadyRunning, match=r"^Workix runs already \(run, process \d+\)\.$") as refusal:
            supervise(SLEEPER).loop()
        refusals.append(str(refusal.value))
        os.kill(os.getpid(), signal.SIGTERM)

    supervise(SLEEPER, do=start_again).loop()
    assert len(refusals) == 1


def test_what_a_killed_supervisor_left_behind_is_stopped(supervise: Callable[..., Supervisor], tmp_path: Path) -> None:
    stopped: list[list[str]] = []

    def stop_without_the_supervisor() -> None:
        (tmp_path / "run" / "run.pid").unlink()
        pid = int((tmp_path / "run" / "sleeper.pid").read_text().split()[0])
        wait_for(lambda: Path(f"/proc/{pid}/cmdline").read_bytes() == b"sleep\x0060\x00" or None)
        stopped.extend([stop_all(tmp_path / "run"), stop_all(tmp_path / "run")])

    supervise(SLEEPER, do=stop_without_the_supervisor).loop()
    assert stopped == [["sleeper"], []]


def test_a_process_reads_nothing_and_its_lines_are_relayed(supervise: Callable[..., Supervisor]) -> None:
    printer = Kept()
    supervise(ProcessSpec("reader", ("sh", "-c", "cat; echo 'said \"so\"'; echo ü >&2")), printer=printer).loop()
    assert printer.lines == [("reader", b'said "so"\n'), ("reader", "ü\n".encode())]


def test_a_process_gets_the_environment_it_is_given(supervise: Callable[..., Supervisor]) -> None:
    printer = Kept()
    supervise(ProcessSpec("env", ("/usr/bin/env",), {"ONLY": "this"}), printer=printer).loop()
    assert ("env", b"ONLY=this\n") in printer.lines
