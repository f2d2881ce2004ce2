"""Process metrics: memory, processor time and database pool of each process, brought up to date every few seconds."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from django.dispatch import Signal

from workix.observability import metrics

EVERY_SECONDS = 3.0
#: Sent every few seconds in each process that serves, with its `role`, to set the gauges of that process.
sampling = Signal()

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def keep_sampling(role: str) -> None:
    """Do it now, and then in a thread that ends with the process. `role` is web or worker."""
    metrics.begin_at_zero()
    sampled = sample(role)
    threading.Thread(target=_sample_for_ever, args=(role, sampled), name="metrics", daemon=True).start()


def sample(role: str, cpu_seconds: float = 0.0) -> float:
    """Bring the gauges of this process up to date; return its processor time, of which `cpu_seconds` are counted."""
    now = time.process_time()
    metrics.PROCESSES.labels(role).set(1)
    metrics.PROCESS_MEMORY.labels(role).set(_resident_bytes())
    metrics.PROCESS_CPU.labels(role).inc(now - cpu_seconds)
    sampling.send_robust(sender=sample, role=role)
    return now


def _sample_for_ever(role: str, cpu_seconds: float) -> None:
    ended = threading.Event()
    while not ended.wait(EVERY_SECONDS):
        cpu_seconds = sample(role, cpu_seconds)


def _resident_bytes() -> int:
    """Return how much memory this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0
