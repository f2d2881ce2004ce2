"""The files in which the processes of a platform keep what they counted, so that one of them can add it up."""

# Note [The dead are added up]
# Each process writes files of its own, and what it counted stays true when it ends: a web worker is replaced every
# 20,000 requests. Left lying, its files would be read at each scrape for ever. So whoever answers Prometheus adds the
# files of the dead to one grave and removes them; only that process does it, between two scrapes, so no scrape sees
# them twice. At the start of a platform of which nobody lives, all of it is removed.

from __future__ import annotations

import logging
import os
import struct
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from prometheus_client.mmap_dict import MmapedDict

logger = logging.getLogger("workix.metrics")

ADDED_UP = ("counter", "histogram")
_GRAVE = "0"  # no process has this number
_Book: Any = MmapedDict  # the library's own format; it brings no types


def clean(folder: Path | None) -> None:
    """Remove what an earlier platform left, if nobody of it lives any more."""
    files = list(folder.glob("*.db")) if folder is not None else []
    if not any(_is_alive(file) for file in files):
        for file in files:
            file.unlink(missing_ok=True)


def bury_the_dead(folder: Path) -> None:
    """Add what ended processes counted to one file, and remove theirs. See Note [The dead are added up]."""
    for kind in ADDED_UP:
        grave = folder / f"{kind}_{_GRAVE}.db"
        dead = [file for file in folder.glob(f"{kind}_*.db") if file != grave and not _is_alive(file)]
        if dead:
            _write(grave, _added_up([grave, *dead]))
            _remove(dead)
    _remove(file for file in folder.glob("gauge_*.db") if not _is_alive(file))


def forget_gauges_of(folder: Path | None, pid: int) -> None:
    """Remove what held only while a process lived: at once, since its number may soon be another's."""
    if folder is not None:
        _remove(folder.glob(f"gauge_*_{pid}.db"))


def _added_up(files: Iterable[Path]) -> dict[str, float]:
    totals: dict[str, float] = defaultdict(float)
    for file in files:
        if not file.exists():
            continue
        try:
            values = [(key, value) for key, value, *_ in _Book.read_all_values_from_file(str(file))]
        except (RuntimeError, UnicodeDecodeError, struct.error):
            logger.warning("metrics.file_unreadable", extra={"file": file.name})
            continue
        for key, value in values:
            totals[key] += value
    return totals


def _write(grave: Path, totals: dict[str, float]) -> None:
    """Replace the grave in one step: it is there with all of them, or as it was."""
    draft = grave.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    book: Any = _Book(str(draft))
    for key, value in totals.items():
        book.write_value(key, value, 0.0)
    book.close()
    draft.replace(grave)


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _is_alive(file: Path) -> bool:
    """Tell from its name whether the process that writes a file is there."""
    pid = file.stem.rpartition("_")[2]
    if not pid.isdigit() or pid == _GRAVE:
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's, but there
    return True
