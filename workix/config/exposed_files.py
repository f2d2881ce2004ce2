"""File permissions of secrets: what others on this machine can read or write is refused (CWE-732)."""

# Note [Exposed files]
# A mode says who may read a file; whether they get there, say the folders above it. So 0644 in a folder of 0700 is nobody
# else's: that is how Compose's secrets lie on the host. Where they are mounted the folder is not ours to close, and Docker,
# Compose, the CSI driver and most who write a Kubernetes Secret leave 0444 or 0644. They mount it read-only, in a container
# that nobody else is in. So what lies on a read-only mount may be read by all; on a machine without containers a secret
# lies on none, and its mode means what it says. Written by all it may be nowhere.

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class ExposedFile(PermissionError):
    """The file of a secret is open to others on this machine. See Note [Exposed files]."""


def refuse_exposed(descriptor: int, file: Path) -> None:
    """Look at an open file before anything of it is read. What is no regular file, such as a pipe, has no mode that counts.

    :raises ExposedFile: saying what to do.
    """
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        return
    if mode & stat.S_IWOTH:
        raise ExposedFile(errno.EACCES, "everybody on this machine may write it: chmod o-w", str(file))
    if mode & stat.S_IROTH and not os.fstatvfs(descriptor).f_flag & os.ST_RDONLY and _is_reachable(file):
        raise ExposedFile(errno.EACCES, "everybody on this machine may read it: chmod o-r", str(file))


def _is_reachable(file: Path) -> bool:
    """Say whether others may pass every folder above it."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in file.resolve().parents)
