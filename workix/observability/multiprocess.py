"""Prometheus multi-process mode (PROMETHEUS_MULTIPROC_DIR): processes share a folder of files, and each has a slot in it."""

# Note [Worker slots]
# prometheus_client names a process's files after its pid. A web worker is replaced every 20,000 requests, and its files
# would be read at each scrape for ever. So we name them after a slot (the library's `process_identifier`): a process
# takes the lowest one that is free and goes on counting where the one before it stopped. No counter falls, and there
# are never more files than there were processes at one time. What keeps a slot is the kernel's lock on a file: it ends
# with the process, however that ends, and not before; so no two write the same files, also while gunicorn replaces itself.

# Note [Room for counters]
# The library maps its files into memory, and they have holes: where the disk is full when one is first written to, the kernel
# ends the process (SIGBUS), each process, at any request. So whoever takes a slot has the room for its files set aside first.
# Where there is none it waits, and says so: the others go on counting and serving, in what they have.

from __future__ import annotations

import errno
import fcntl
import itertools
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

from prometheus_client import values
from prometheus_client.multiprocess import mark_process_dead

from workix.config import environment

logger = logging.getLogger("workix.metrics")

#: The library's names of files, by the kinds of series we define.
KINDS = ("counter", "gauge_livesum", "histogram")
#: In bytes: some thousands of series of each kind.
ROOM = 1 << 20
_LOOKED_FOR_EVERY_SECONDS = 1.0


@cache  # gunicorn reads its configuration again when it is told to reload
def share(folder: Path) -> None:
    """Count into `folder` from here on, as its other processes do. To be called before any series is defined.

    What an earlier start counted is removed, if nobody of it lives any more.
    """
    environment.share_metrics(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        if all(_is_free(lock) for lock in _locks(folder)):
            for file in folder.glob("*.db"):
                file.unlink()
    values.ValueClass = values.MultiProcessValue(Slot(folder).number)  # type: ignore[no-untyped-call]  # it brings no types


def forget_the_dead(folder: Path) -> None:
    """Drop what was true only while a process lived (gauges); what it counted stays."""
    with _alone(folder):
        for lock in _locks(folder):
            if _is_free(lock):
                mark_process_dead(lock.stem, str(folder))  # type: ignore[no-untyped-call]  # it brings no types
                for file in folder.glob(f"*_{lock.stem}.db"):
                    if not file.stat().st_size:  # killed while it made the file, which nobody can read
                        file.unlink()


class Slot:
    """The place of this process in a folder; after a fork, the child takes one of its own. See Note [Worker slots]."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number: int | None = None
        self._lock: IO[bytes] | None = None
        os.register_at_fork(after_in_child=self._forget)

    def number(self) -> int:
        """Name the slot: asked by the library each time something is counted."""
        if self._number is None:
            self._number = self._take()
            self._set_room_aside(self._number)
        return self._number

    def _take(self) -> int:
        with _alone(self._folder):
            for number in itertools.count():
                self._lock = _locked(self._folder / f"{number}.slot")
                if self._lock is not None:
                    mark_process_dead(number, str(self._folder))  # type: ignore[no-untyped-call]  # it brings no types
                    return number
        raise AssertionError("Numbers do not end.")

    def _set_room_aside(self, number: int) -> None:
        """See Note [Room for counters]."""
        for kind in KINDS:
            with (self._folder / f"{kind}_{number}.db").open("ab") as file:
                while not _has_room(file):
                    logger.error("metrics.no_room", extra={"folder": str(self._folder)})
                    time.sleep(_LOOKED_FOR_EVERY_SECONDS)

    def _forget(self) -> None:
        """Leave the slot to the parent: closing our copy of the file keeps its lock."""
        if self._lock is not None:
            self._lock.close()
        self._number = self._lock = None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other process look for a free slot meanwhile."""
    with (folder / "slots.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _has_room(file: IO[bytes]) -> bool:
    try:
        os.posix_fallocate(file.fileno(), 0, ROOM)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return False
    return True


def _locks(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.slot"))


def _is_free(lock: Path) -> bool:
    taken = _locked(lock)
    if taken is not None:
        taken.close()
    return taken is not None


def _locked(path: Path) -> IO[bytes] | None:
    lock = path.open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock
