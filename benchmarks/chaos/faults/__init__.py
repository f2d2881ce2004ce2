"""The faults: each is caused under load, and undone again."""

from __future__ import annotations

from benchmarks.chaos.faults import clocks, database, disk, processes, services
from benchmarks.chaos.faults.fault import Fault

__all__ = ["FAULTS", "Fault"]

FAULTS = (*database.FAULTS, *processes.FAULTS, *services.FAULTS, *clocks.FAULTS, *disk.FAULTS)
