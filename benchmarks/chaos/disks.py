"""Small file systems (tmpfs) that can be filled and given room again; only root may mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import BenchmarkError, run

TRIES = 100


@dataclass(frozen=True)
class Disk:
    """A tmpfs at `folder` of so many bytes."""

    folder: Path
    size: int

    def fill(self) -> None:
        """Leave no room: the limit becomes what is used. It can't be below that, so what is written meanwhile is another try."""
        for _ in range(TRIES):
            if self._remount(max(shutil.disk_usage(self.folder).used, 4096)):
                return
        raise BenchmarkError(f"{self.folder} fills faster than it can be closed.")

    def make_room(self) -> None:
        if not self._remount(self.size):
            raise BenchmarkError(f"{self.folder} can't be mounted anew.")

    def _remount(self, size: int) -> bool:
        command = ("mount", "-o", f"remount,size={size}", str(self.folder))
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk | None]:
    """Mount one for the length of the block; None where we may not."""
    folder.mkdir(mode=0o711)
    size = megabytes << 20
    command = ("mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "tmpfs", str(folder))
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield Disk(folder, size)
    finally:
        run(("umount", str(folder)), {})
