"""Time of one /metrics scrape over a folder that three processes have filled: python -m benchmarks.metrics."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

#: As many routes as the API has and more, each asked for with two methods and answered in three ways.
VIEWS, METHODS, STATUSES = 40, ("GET", "POST"), (200, 400, 404)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _share(folder)
        fork = multiprocessing.get_context("fork")
        filling = [fork.Process(target=_fill) for _ in range(options.processes)]
        for process in filling:
            process.start()
        for process in filling:
            process.join()
        milliseconds, page = _scrape(folder, options.rounds)
    lines = sum(not line.startswith("#") for line in page.splitlines())
    sys.stdout.write(
        f"{options.processes} processes, {lines} series on the page, {len(page) / 1024:.0f} KiB: "
        f"median {statistics.median(milliseconds):.1f} ms, quickest of {options.rounds} {min(milliseconds):.1f} ms\n"
    )


def _share(folder: Path) -> None:
    """Be a process of a platform whose queue and migrations are not asked for: they are read once in three seconds."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "workix.settings",
        "WORKIX_ENV": "test",
        "WORKIX_VAR": str(folder),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    from workix.observability import multiprocess

    multiprocess.share(folder / "metrics")
    import django

    django.setup()
    from workix.observability.readings import scraping

    scraping.receivers = []


def _fill() -> None:
    """Count as a process has that was asked for everything."""
    from tenants.isolation.database_roles import RoleKind
    from workix.observability.database_metrics import time_statement
    from workix.observability.process_metrics import sample
    from workix.observability.request_metrics import RequestMetrics

    metrics = RequestMetrics.get_instance()
    for view in (f"api/v1/things/<uuid:pk>/part-{number}/" for number in range(VIEWS)):
        for method in METHODS:
            metrics.requests_latency_by_view_method.labels(view, method).observe(0.004)
            for status in STATUSES:
                metrics.responses_by_status_view_method.labels(status, view, method, "https").inc()
    metrics.responses_body_bytes.observe(400)
    for kind in RoleKind:
        time_statement(kind, lambda *_: None, "", (), many=False, context={})
    sample("web")


def _scrape(folder: Path, rounds: int) -> tuple[list[float], str]:
    from django.test import RequestFactory

    from workix.observability.exporter import Exporter

    exporter, request = Exporter(folder / "metrics", "1.2.3"), RequestFactory().get("/metrics")
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        page = exporter.export(request).content.decode()
        taken.append((time.perf_counter() - started) * 1_000)
    return taken, page


if __name__ == "__main__":
    main()
