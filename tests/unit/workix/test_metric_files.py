"""What ended processes counted stays counted, and their files go."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.multiprocess import MultiProcessCollector

from workix.foundation.metric_files import bury_the_dead, clean, forget_gauges_of

KEY = mmap_key("workix_things", "workix_things_total", ["kind"], ["a"], "Things.")
OTHER = mmap_key("workix_things", "workix_things_total", ["kind"], ["b"], "Things.")


@pytest.fixture(scope="module")
def dead() -> int:
    """Return the number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def write(file: Path, **values: float) -> Path:
    book = MmapedDict(str(file))
    for key, value in values.items():
        book.write_value({"a": KEY, "b": OTHER}[key], value, 0.0)
    book.close()
    return file


def told(folder: Path) -> dict[str, float]:
    families = MultiProcessCollector(None, str(folder)).collect()
    return {sample.labels["kind"]: sample.value for family in families for sample in family.samples}


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_the_sum_is_the_same_before_and_after_and_the_file_is_gone(tmp_path: Path, dead: int) -> None:
    write(tmp_path / f"counter_{os.getpid()}.db", a=1)
    write(tmp_path / f"counter_{dead}.db", a=10, b=5)
    before = told(tmp_path)
    bury_the_dead(tmp_path)
    assert (before, told(tmp_path)) == ({"a": 11, "b": 5}, {"a": 11, "b": 5})
    assert names(tmp_path) == {f"counter_{os.getpid()}.db", "counter_0.db"}


def test_the_grave_takes_the_next_one_too(tmp_path: Path, dead: int) -> None:
    for _ in range(3):
        write(tmp_path / f"counter_{dead}.db", a=10)
        bury_the_dead(tmp_path)
    assert told(tmp_path) == {"a": 30}


def test_gauges_of_the_dead_are_forgotten(tmp_path: Path, dead: int) -> None:
    write(tmp_path / f"gauge_livesum_{dead}.db", a=1)
    write(tmp_path / f"gauge_livesum_{os.getpid()}.db", a=2)
    bury_the_dead(tmp_path)
    assert names(tmp_path) == {f"gauge_livesum_{os.getpid()}.db"}
    forget_gauges_of(tmp_path, os.getpid())
    assert names(tmp_path) == set()


def test_a_file_that_can_not_be_read_takes_nothing_else_with_it(
    tmp_path: Path, dead: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "workix.metrics")
    write(tmp_path / "counter_0.db", a=3)
    (tmp_path / f"counter_{dead}.db").write_bytes(b"")
    bury_the_dead(tmp_path)
    assert (told(tmp_path), [record.message for record in caplog.records]) == ({"a": 3}, ["metrics.file_unreadable"])


def test_a_start_after_everybody_ended_begins_at_nothing(tmp_path: Path, dead: int) -> None:
    for name in (f"counter_{dead}.db", "counter_0.db"):
        write(tmp_path / name, a=1)
    clean(tmp_path)
    assert names(tmp_path) == set()


def test_a_start_beside_somebody_who_lives_takes_nothing_away(tmp_path: Path, dead: int) -> None:
    for name in (f"counter_{dead}.db", "counter_0.db", f"gauge_livesum_{os.getpid()}.db", "counter_1.db"):
        write(tmp_path / name, a=1)
    there = names(tmp_path)
    clean(tmp_path)
    assert names(tmp_path) == there


def test_without_a_folder_there_is_nothing_to_do() -> None:
    clean(None)
    forget_gauges_of(None, 1)
