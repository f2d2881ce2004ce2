"""Every Prometheus series we define ourselves, and how each is counted."""

# Note [Labels]
# A label has few values, and we wrote all of them: routes, problem codes, names of tasks. Never an organization, a
# person, a path or an address: each would be a series for ever, and customers' names would lie in a second database.

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from django.dispatch import Signal
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from workix.core.errors import ProblemError

disable_created_metrics()  # type: ignore[no-untyped-call]  # the library's own

REGISTRY = CollectorRegistry()
_counter = partial(Counter, registry=REGISTRY)
_histogram = partial(Histogram, registry=REGISTRY)
#: Added up over the processes that live.
_gauge = partial(Gauge, registry=REGISTRY, multiprocess_mode="livesum")

REQUESTS = _counter("workix_requests_total", "Requests answered.", ("method", "view", "status"))
REQUEST_SECONDS = _histogram(
    "workix_request_seconds",
    "Time from a request to its answer.",
    ("method", "view"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REFUSALS = _counter("workix_refusals_total", "Problems answered, by their code.", ("code",))
OPENINGS = _counter("workix_openings_total", "Organizations that were to be opened.", ("outcome",))
LOGINS = _counter("workix_logins_total", "Log-ins: ok, or the code of the refusal.", ("outcome",))
QUOTA_REFUSALS = _counter("workix_quota_refusals_total", "Refusals because a quota is spent.", ("resource",))
JOBS = _counter("workix_jobs_total", "Attempts at a job.", ("task", "outcome"))
JOB_SECONDS = _histogram(
    "workix_job_seconds", "Time an attempt at a job took.", ("task",), buckets=(0.05, 0.25, 1, 5, 15, 60, 300)
)
CONNECTIONS = _gauge("workix_connections", "Database connections in our pools.", ("role", "state"))
CONNECTIONS_LIMIT = _gauge("workix_connections_limit", "Database connections our pools may hold.", ("role",))
CONNECTION_WAITS = _counter(
    "workix_connection_waits_total", "Waits for a free database connection: got one, or none.", ("outcome",)
)
ROLE_REPAIRS = _counter("workix_role_heals_total", "Database roles that had to be mended.", ("outcome",))
PROCESSES = _gauge("workix_processes", "Processes that serve or work.", ("role",))
PROCESS_MEMORY = _gauge("workix_process_memory_bytes", "Resident memory of these processes.", ("role",))
PROCESS_CPU = _counter("workix_process_cpu_seconds_total", "Processor time these processes took.", ("role",))


class Reading(NamedTuple):
    """A series that is not counted but read at each scrape, by the one process that answers it."""

    name: str
    help: str
    labels: tuple[str, ...] = ()

    def at(self, value: float, *labels: str) -> Sample:
        return Sample(self, labels, value)


class Sample(NamedTuple):
    """One value of a reading."""

    reading: Reading
    labels: tuple[str, ...]
    value: float


BUILD_INFO = Reading("workix_build_info", "Always 1; what runs is in the labels.", ("version", "python"))
DATABASE_UP = Reading("workix_database_up", "1 when the database answers the control role, else 0.")
QUEUE_JOBS = Reading("workix_queue_jobs", "Jobs in the queue.", ("queue", "status"))
QUEUE_OLDEST = Reading("workix_queue_oldest_seconds", "How long the oldest due job has been waiting.", ("queue",))
READINGS = (BUILD_INFO, DATABASE_UP, QUEUE_JOBS, QUEUE_OLDEST)

#: Sent every few seconds in each process that serves, with its `role`, to set the gauges of that process.
sampling = Signal()
#: Sent in the process that is being scraped; receivers answer with samples of what is true for the whole platform.
scraping = Signal()

_METHODS = frozenset(("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"))
_counters: dict[tuple[str, str, int], tuple[Callable[[], None], Callable[[float], None]]] = {}


def count_request(method: str, view: str, status: int, seconds: float) -> None:
    """Count one request. `view` is the template of its route, never its path.

    It runs for every request, so the two counters of a kind of request are looked up once.
    """
    kind = (method, view, status // 100)
    counters = _counters.get(kind)
    if counters is None:
        method = method if method in _METHODS else "other"
        counters = (
            REQUESTS.labels(method, view, f"{status // 100}xx").inc,
            REQUEST_SECONDS.labels(method, view).observe,
        )
        if method != "other":
            _counters[kind] = counters
    counters[0]()
    counters[1](seconds)


@contextmanager
def outcome_counted(counter: Counter, *labels: str) -> Iterator[None]:
    """Count how the block, or the function this decorates, ends: ok, the code of a refusal, or failed."""
    outcome = "failed"
    try:
        yield
        outcome = "ok"
    except ProblemError as refusal:
        outcome = refusal.code
        raise
    finally:
        counter.labels(*labels, outcome).inc()


@contextmanager
def job_counted(task: str) -> Iterator[None]:
    """Count one attempt at a job, and the time it takes."""
    with outcome_counted(JOBS, task), JOB_SECONDS.labels(task).time():
        yield


def begin_at_zero() -> None:
    """Show what is rare before it happens: the first increase can be seen only from a zero."""
    for outcome in ("ok", "none_free"):
        CONNECTION_WAITS.labels(outcome)
    for outcome in ("ok", "failed"):
        ROLE_REPAIRS.labels(outcome)


class Readings(Collector):
    """Reads at each scrape, but not more often than every few seconds, however many ask."""

    BELIEVED_SECONDS = 3.0

    def __init__(self, version: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._build = BUILD_INFO.at(1, version, platform.python_version())
        self._clock = clock
        self._read_at = float("-inf")
        self._samples: list[Sample] = []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        if self._clock() - self._read_at >= self.BELIEVED_SECONDS:
            answers = scraping.send_robust(sender=Readings)  # a fault is logged there
            found = [sample for _, given in answers if not isinstance(given, Exception) for sample in given]
            self._samples, self._read_at = [self._build, *found], self._clock()
        for reading in READINGS:
            family = GaugeMetricFamily(reading.name, reading.help, labels=reading.labels)
            for sample in self._samples:
                if sample.reading == reading:
                    family.add_metric(sample.labels, sample.value)
            yield family

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Name the families without reading them."""
        return [GaugeMetricFamily(reading.name, reading.help, labels=reading.labels) for reading in READINGS]
