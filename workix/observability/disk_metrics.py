"""Disk space (statvfs) of the folders a process writes to: WORKIX_VAR and that of temporary files."""

from __future__ import annotations

import shutil
import tempfile
from typing import Any

from django.conf import settings

from workix.observability import readings
from workix.observability.readings import Sample


def read_disks(sender: object, **kwargs: Any) -> list[Sample]:
    """Read how much room is left, in bytes. A folder that is not there yet has no series."""
    samples = []
    for name, folder in (("var", settings.WORKIX.var), ("tmp", tempfile.gettempdir())):
        try:
            disk = shutil.disk_usage(folder)
        except OSError:
            continue
        samples += [readings.DISK_FREE.at(disk.free, name), readings.DISK_SIZE.at(disk.total, name)]
    return samples
