"""What is read, and not counted, is read when Prometheus asks; but not more often than every few seconds."""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers import PATIENCE_SECONDS, wait_for
from workix.observability import readings
from workix.observability.readings import ReadingsPage, Sample, scraping

pytestmark = pytest.mark.requirement("S29")

LONG = 600.0


class Receiver:
    """Answers a scrape, and remembers how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.fails = False
        self.answers = threading.Event()
        self.answers.set()

    def answer(self, sender: object, **kwargs: Any) -> list[Sample]:
        self.asked += 1
        self.answers.wait(PATIENCE_SECONDS)
        if self.fails:
            raise RuntimeError("no figures today")
        return [readings.QUEUE_JOBS.at(self.asked, "mails", "todo")]


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(readings, "BELIEVED_SECONDS", LONG)  # or a busy machine asks a second time
    receiver, others = Receiver(), scraping.receivers
    scraping.receivers = []
    scraping.connect(receiver.answer)
    yield receiver
    scraping.receivers = others
    scraping.sender_receivers_cache.clear()


def grow_old(page: Path, seconds: float) -> None:
    then = page.stat().st_mtime - seconds
    os.utime(page, (then, then))


def shown(folder: Path) -> list[str]:
    return [line for line in ReadingsPage("1.2.3", folder).read().splitlines() if not line.startswith("#")]


BUILD = f'workix_build_info{{python="{platform.python_version()}",version="1.2.3"}} 1.0'


def test_readings_are_asked_for_once_in_a_few_seconds_whichever_process_is_asked(
    receiver: Receiver, tmp_path: Path
) -> None:
    assert shown(tmp_path) == [BUILD, 'workix_queue_jobs{queue="mails",status="todo"} 1.0']
    assert (shown(tmp_path), receiver.asked) == (shown(tmp_path), 1)
    grow_old(tmp_path / "readings.prom", LONG)
    assert shown(tmp_path) == [BUILD, 'workix_queue_jobs{queue="mails",status="todo"} 2.0']


def test_a_clock_that_was_set_back_does_not_keep_old_readings(receiver: Receiver, tmp_path: Path) -> None:
    shown(tmp_path)
    grow_old(tmp_path / "readings.prom", -3_600)
    shown(tmp_path)
    assert receiver.asked == 2


def test_a_reading_that_fails_takes_nothing_else_with_it(
    receiver: Receiver, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    receiver.fails = True
    assert shown(tmp_path) == [BUILD]
    assert "no figures today" in caplog.text


def test_a_database_that_hangs_keeps_no_scrape_waiting_and_has_one_thread(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "ANSWER_SECONDS", 0.02)
    page = ReadingsPage("1.2.3", tmp_path)
    receiver.answers.clear()
    hung = [[line for line in page.read().splitlines() if not line.startswith("#")] for _ in range(3)]
    assert hung == [[BUILD, "workix_database_up 0.0"]] * 3
    assert wait_for(lambda: receiver.asked or None) == 1
    receiver.answers.set()
    monkeypatch.setattr(readings, "ANSWER_SECONDS", PATIENCE_SECONDS)
    assert 'workix_queue_jobs{queue="mails",status="todo"} 1.0' in page.read()


def test_a_page_that_cannot_be_written_is_a_fault_of_the_scrape(receiver: Receiver, tmp_path: Path) -> None:
    (tmp_path / "readings.prom").mkdir()
    grow_old(tmp_path / "readings.prom", LONG)
    with pytest.raises(IsADirectoryError):
        shown(tmp_path)
