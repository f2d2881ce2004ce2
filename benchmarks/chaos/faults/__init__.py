"""The faults: each is caused under load, and undone again."""

from __future__ import annotations

from benchmarks.chaos.faults import clocks, database, disk, mail_and_redis, processes
from benchmarks.chaos.faults.fault import Fault

__all__ = ["FAULTS", "Fault"]

FAULTS = (*database.FAULTS, *processes.FAULTS, *mail_and_redis.FAULTS, *clocks.FAULTS, *disk.FAULTS)
