"""Readiness check of WORKIX_VAR, for /health/ready: can be written, has room. A full one ends who counts metrics there."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from tempfile import TemporaryFile

from django.conf import settings

from workix.observability.health import Check, NotReady

#: Bytes that are written, and gone at once. A process that counts makes files of this size.
ROOM = 1_048_576


def check_disk() -> None:
    """Write something, which also meets a quota and a disk that was mounted read-only meanwhile.

    :raises NotReady: when that fails.
    """
    try:
        settings.WORKIX.var.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=settings.WORKIX.var, buffering=0) as file:
            file.write(bytes(ROOM))
            file.write(b"\n")  # after a partial write, the next one says why
    except OSError as error:
        raise NotReady("full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "not_writable") from error


CHECKS: Mapping[str, Check] = {"disk": check_disk}
