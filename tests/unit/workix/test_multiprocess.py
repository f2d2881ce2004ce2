"""Processes count into slots of one folder: nothing is lost, nothing grows, and what ended is not shown as living."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from prometheus_client.multiprocess import MultiProcessCollector

from tests.environment import PROJECT
from workix.observability.multiprocess import ROOM, forget_the_dead

pytestmark = pytest.mark.requirement("S29")

BEGIN = """
import os, sys
from pathlib import Path
folder = Path(sys.argv[1])
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
from workix.observability import multiprocess
multiprocess.share(folder)
from prometheus_client import Counter, Gauge, Histogram
counter = Counter("things", "Things.")
histogram = Histogram("sizes", "Sizes.", buckets=(1,))
gauge = Gauge("living", "Processes.", multiprocess_mode="livesum")
def count():
    counter.inc()
    histogram.observe(2)
    gauge.set(1)
"""
ONE = f"""{BEGIN}
count()
print("counted", flush=True)
sys.stdin.read()
"""
#: Four processes live at a time; each takes a slot, counts, and ends when the next four begin.
THOUSAND = f"""{BEGIN}
for _ in range(250):
    ready, told = os.pipe(), os.pipe()
    children = []
    for _ in range(4):
        child = os.fork()
        if not child:
            os.close(told[1])
            count()
            os.write(ready[1], b".")
            os.read(told[0], 1)
            os._exit(0)
        children.append(child)
    for _ in children:
        os.read(ready[0], 1)
    for end in (*ready, *told):
        os.close(end)
    for child in children:
        os.waitpid(child, 0)
    print(sorted(file.name for file in folder.glob("*.db")), sum(file.stat().st_size for file in folder.iterdir()))
"""
#: Threads make a fork dangerous, and the tests have some: so it happens in a process of its own.
FORKED = """
import os, sys
from pathlib import Path
from workix.observability.multiprocess import Slot
folder = Path(sys.argv[1])
slot, other = Slot(folder), Slot(folder)
first = [slot.number(), other.number(), slot.number()]
child = os.fork()
if not child:
    os._exit(slot.number())
of_child = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]
print(first, of_child, [slot.number(), Slot(folder).number()])
"""


def run(script: str, folder: Path) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-c", script, str(folder))
    return subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@contextmanager
def process(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Be beside a process that has counted once, until it is told to end."""
    with run(ONE, folder) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        assert started.stdout.readline() == b"counted\n"
        yield started
        started.stdin.close()


def told(folder: Path) -> dict[str, float]:
    families = MultiProcessCollector(None, str(folder)).collect()
    return {sample.name: sample.value for family in families for sample in family.samples if not sample.labels}


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.db"))


@pytest.mark.slow
def test_after_a_thousand_processes_the_folder_is_no_bigger_and_nothing_is_lost(tmp_path: Path) -> None:
    with run(THOUSAND, tmp_path) as ended:
        assert ended.stdout is not None
        seen = ended.stdout.read().decode().splitlines()
    assert (len(seen), set(seen)) == (250, {seen[0]})
    assert files(tmp_path) == [
        f"{kind}_{slot}.db" for kind in ("counter", "gauge_livesum", "histogram") for slot in range(5)
    ]
    forget_the_dead(tmp_path)
    assert told(tmp_path) == {"things_total": 1000, "sizes_count": 1000, "sizes_sum": 2000}


def test_each_process_has_a_slot_of_its_own(tmp_path: Path) -> None:
    with process(tmp_path), process(tmp_path):
        assert told(tmp_path) == {"things_total": 2, "sizes_count": 2, "sizes_sum": 4, "living": 2}
        assert files(tmp_path) == [
            f"{kind}_{slot}.db" for kind in ("counter", "gauge_livesum", "histogram") for slot in (0, 1)
        ]


def test_who_takes_the_slot_of_a_killed_process_goes_on_counting_there(tmp_path: Path) -> None:
    with ExitStack() as stack:
        first = stack.enter_context(process(tmp_path))
        stack.enter_context(process(tmp_path))
        first.send_signal(signal.SIGKILL)
        first.wait()
        before = files(tmp_path)
        stack.enter_context(process(tmp_path))
        assert (told(tmp_path)["things_total"], told(tmp_path)["living"], files(tmp_path)) == (3, 2, before)


def test_what_was_true_only_while_a_process_lived_goes_with_it_and_what_it_counted_stays(tmp_path: Path) -> None:
    with process(tmp_path):
        with process(tmp_path):
            pass
        forget_the_dead(tmp_path)
        assert told(tmp_path) == {"things_total": 2, "sizes_count": 2, "sizes_sum": 4, "living": 1}


def test_a_file_that_was_only_begun_goes_with_the_process(tmp_path: Path) -> None:
    with process(tmp_path):
        (tmp_path / "summary_0.db").touch()
        with process(tmp_path):
            (tmp_path / "summary_1.db").touch()
        forget_the_dead(tmp_path)
        assert [file for file in files(tmp_path) if file.startswith("summary")] == ["summary_0.db"]


def test_a_start_after_everybody_ended_begins_at_nothing(tmp_path: Path) -> None:
    with process(tmp_path):
        pass
    with process(tmp_path):
        assert told(tmp_path)["things_total"] == 1


def test_a_process_keeps_its_slot_and_its_child_takes_another(tmp_path: Path) -> None:
    with run(FORKED, tmp_path) as ended:
        assert ended.stdout is not None
        assert ended.stdout.read() == b"[0, 1, 0] [2] [0, 2]\n"


def test_the_room_for_what_is_counted_is_set_aside_at_the_start(tmp_path: Path) -> None:
    with process(tmp_path):
        assert {file.stat().st_blocks * 512 for file in tmp_path.glob("*.db")} == {ROOM}, "a full disk would end it"
