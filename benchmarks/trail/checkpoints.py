"""Checkpoints: time and peak memory of sequencing many new audit entries: `python -m benchmarks.trail.checkpoints [100000]`."""

# It writes into the trail of the first organization of DATABASE_URL: never run it where that is somebody's.

from __future__ import annotations

import resource
import sys
import time

import django


def main(entries: int) -> None:
    """Write entries by the trigger, sequence them, and say what it took."""
    from django.db import connection  # noqa: PLC0415  # after django.setup()

    from tenants.schema.rollout import organizations  # noqa: PLC0415
    from tenants.scope import use_tenant  # noqa: PLC0415
    from tenants.trail.sequencing import sequence_waiting, sequencer  # noqa: PLC0415

    organization = organizations()[0]
    with use_tenant(organization), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_logs (actor_type, action, resource_type, resource_id, changes)"
            """ SELECT 'system', 'thing.updated', 'thing', n::text, '{"name": ["before", "after"]}'"""
            " FROM generate_series(1, %s) AS n",
            [entries],
        )
    before, began, cpu = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter(), time.process_time()
    with sequencer() as behind:
        done = sum(each.entries for each in sequence_waiting(behind))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took = f"{time.perf_counter() - began:.1f} s, {time.process_time() - cpu:.1f} s of CPU in this process"
    sys.stdout.write(f"{done:,} entries: {took}; {(after - before) / 1024:.1f} MiB more at the peak\n")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
