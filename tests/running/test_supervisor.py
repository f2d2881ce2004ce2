"""Programs that live and die together."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devserver.supervisor import AlreadyRunning, Company, Ended, Program, stop_all

SLEEPER = Program("sleeper", ("sleep", "60"))
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Callable[..., Company]]:
    """Make a company that is stopped after the test; the signals are as before then."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    made: list[Company] = []

    def make(*programs: Program) -> Company:
        made.append(Company(tmp_path / "run", programs, cwd=tmp_path))
        return made[-1]

    yield make
    for each in made:
        each.stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_where_one_ends_it_is_named_with_its_status(company: Callable[..., Company]) -> None:
    both = company(SLEEPER, Program("quitter", ("sh", "-c", "exit 3")))
    both.start()
    assert both.watch() == Ended("quitter", 3)


def test_stopping_ends_all_and_leaves_no_pid_file(company: Callable[..., Company], tmp_path: Path) -> None:
    two = company(SLEEPER, Program("other", ("sleep", "61")))
    two.start()
    assert sorted(file.name for file in (tmp_path / "run").iterdir()) == ["other.pid", "run.pid", "sleeper.pid"]
    assert two.find_ended() is None
    two.stop()
    assert list((tmp_path / "run").iterdir()) == []
    assert two.find_ended() == Ended("sleeper", -signal.SIGTERM)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_ends_the_watch(company: Callable[..., Company], number: signal.Signals) -> None:
    one = company(SLEEPER)
    one.start()
    threading.Timer(0.1, os.kill, (os.getpid(), number)).start()
    assert one.watch() is None
    assert one.told_to_stop


def test_nobody_starts_twice(company: Callable[..., Company]) -> None:
    company(SLEEPER).start()
    with pytest.raises(AlreadyRunning, match=r"^Workix runs already \(run, process \d+\)\.$"):
        company(SLEEPER).start()


def test_what_a_killed_keeper_left_behind_is_stopped(company: Callable[..., Company], tmp_path: Path) -> None:
    one = company(SLEEPER)
    one.start()
    (tmp_path / "run" / "run.pid").unlink()
    threading.Thread(target=one.watch, daemon=True).start()  # a parent that notices, as init would
    assert stop_all(tmp_path / "run") == ["sleeper"]
    assert stop_all(tmp_path / "run") == []


def test_a_program_hears_of_ctrl_c_from_its_keeper_alone(company: Callable[..., Company]) -> None:
    one = company(Program("asked", ("sh", "-c", "sleep 60")))
    one.start()
    pid = one._children["asked"].pid
    assert os.getsid(pid) == pid != os.getsid(0)
    assert isinstance(one._children["asked"], subprocess.Popen)
