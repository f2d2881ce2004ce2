"""Small file systems (tmpfs) that can be filled and given room again; only root may mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import run

TRIES = 10


@dataclass(frozen=True)
class Disk:
    """A tmpfs at `folder` of so many bytes."""

    folder: Path
    size: int

    def fill(self) -> None:
        """Leave no room: the limit becomes what is used."""
        used = shutil.disk_usage(self.folder).used
        self._remount(max(used, 4096))

    def make_room(self) -> None:
        self._remount(self.size)

    def _remount(self, size: int) -> None:
        """Mount it anew. While others mount and unmount, `mount` may not find it in the table the kernel shows: try again."""
        command = ("mount", "-o", f"remount,size={size}", str(self.folder))
        for _ in range(TRIES):
            if not subprocess.run(command, capture_output=True, check=False).returncode:
                return
            time.sleep(0.2)
        run(command, {})


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
