"""Checkpoints: time, CPU and peak memory of sequencing many new audit entries: `python -m benchmarks.trail.checkpoints`."""

from __future__ import annotations

import argparse
import resource
import time

from benchmarks.figures import CONSOLE
from benchmarks.trail.organization import organization_of_its_own, write_entries


def main() -> None:
    """Write entries, sequence them, and say what it took."""
    entries = _options().entries
    with organization_of_its_own() as (cluster, organization):
        from tenants.trail.sequencing import sequence_waiting, sequencer  # noqa: PLC0415  # after django.setup()

        write_entries(cluster, organization, entries, noted=True)
        with sequencer() as connection:
            first = next(sequence_waiting(connection, batch=1_000))  # what is loaded and made once is there now
            before, began, cpu = _peak(), time.perf_counter(), time.process_time()
            done = sum(each.entries for each in sequence_waiting(connection))
        took, spent = time.perf_counter() - began, time.process_time() - cpu
        CONSOLE.print(
            f"{done:,} entries behind {first.entries:,}: {took:.1f} s, {spent:.1f} s of CPU in this process;"
            f" {(_peak() - before) / 1024:.1f} MiB more at the peak"
        )


def _peak() -> int:
    """Return the most memory this process ever had, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trail.checkpoints", description=(__doc__ or "")[:-1])
    parser.add_argument("--entries", type=int, default=101_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
