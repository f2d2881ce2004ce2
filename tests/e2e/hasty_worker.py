"""The web server's worker with deadlines a test can wait for, and with some that none meets."""

from __future__ import annotations

from workix.web.server.worker import BufferedWorker


class HastyWorker(BufferedWorker):
    """Gives up after a second."""

    head_seconds = 1.0
    body_seconds = 1.0
    linger_seconds = 1.0


class PatientWorker(BufferedWorker):
    """Gives nobody up while a test looks, however slow the machine is."""

    head_seconds = 600.0
    body_seconds = 600.0
