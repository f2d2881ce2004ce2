"""Metrics read when Prometheus asks (a custom collector): of the whole platform, so they are not counted by any process."""

# Note [A scrape does not hang]
# A database that is hung, and not gone, answers no statement and ends none. So a thread reads, one a process at most, and a
# scrape waits for it for ANSWER_SECONDS, which is half of what Prometheus waits for a scrape: then it tells what the processes
# counted, and that the database is down. The thread goes on, and what it finds is for the next one.

from __future__ import annotations

import fcntl
import platform
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from django.dispatch import Signal
from prometheus_client import generate_latest, write_to_textfile
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

#: Readings so young are believed, however many ask, and whichever process they ask.
BELIEVED_SECONDS = 3.0
#: How long a scrape waits for readings.
ANSWER_SECONDS = 5.0
#: Sent in the process that is being scraped; receivers answer with samples of what is true for the whole platform.
scraping = Signal()


class Reading(NamedTuple):
    """A series that is not counted but read."""

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
CONTEXTS_UNVERIFIED = Reading(
    "workix_audit_unverified_contexts", "Statements that changed audited rows, or added entries, past the application."
)
TRIPWIRE_TOUCHES = Reading("workix_tripwire_touches", "How often a decoy was touched, since ever.")
AUDIT_UNSEQUENCED = Reading(
    "workix_audit_oldest_unsequenced_seconds", "How long the oldest entry of a trail waits for a checkpoint."
)
CHECKPOINTS_UNPUBLISHED = Reading(
    "workix_checkpoint_oldest_unpublished_seconds", "How long the oldest checkpoint waits for the operator's webhook."
)
ORGANIZATIONS = Reading(
    "workix_organizations", "Organizations, without sandboxes and those that were removed.", ("status", "plan")
)
SANDBOXES = Reading("workix_sandboxes", "Sandboxes: open, or over and not removed yet.", ("state",))
SANDBOXES_OVERDUE = Reading(
    "workix_sandbox_oldest_over_seconds", "How long the oldest sandbox that is over waits to be removed."
)
QUOTA_USED_RATIO = Reading(
    "workix_quota_used_ratio",
    "Share of its limit that is used, of the quotas with the largest shares.",
    ("organization", "resource"),
)
ORGANIZATION_REQUESTS = Reading(
    "workix_organization_requests",
    "Requests in the last hour of the organizations with most, and of all others together.",
    ("organization",),
)
PROOF_HOLDS = Reading("workix_isolation_proof_holds", "1 when the last proof of isolation held, 0 when it was broken.")
PROOF_AGE = Reading("workix_isolation_proof_age_seconds", "How long ago the last proof of isolation came to a verdict.")
PROOF_ATTACKS = Reading("workix_isolation_proof_attacks", "Attacks of the last proof of isolation.", ("outcome",))
ROLLOUT_FAILED = Reading(
    "workix_rollout_failed_organizations", "Organizations whose schema the last roll-out could not bring up."
)
DISK_FREE = Reading("workix_disk_free_bytes", "What is free on the disk of a folder.", ("folder",))
DISK_SIZE = Reading("workix_disk_size_bytes", "How large the disk of a folder is.", ("folder",))
# As django-prometheus names them.
MIGRATIONS_UNAPPLIED = Reading(
    "django_migrations_unapplied_total", "Count of unapplied migrations by database connection", ("connection",)
)
MIGRATIONS_APPLIED = Reading(
    "django_migrations_applied_total", "Count of applied migrations by database connection", ("connection",)
)
READINGS = (
    BUILD_INFO,
    DATABASE_UP,
    QUEUE_JOBS,
    QUEUE_OLDEST,
    CONTEXTS_UNVERIFIED,
    AUDIT_UNSEQUENCED,
    CHECKPOINTS_UNPUBLISHED,
    TRIPWIRE_TOUCHES,
    ORGANIZATIONS,
    SANDBOXES,
    SANDBOXES_OVERDUE,
    QUOTA_USED_RATIO,
    ORGANIZATION_REQUESTS,
    PROOF_HOLDS,
    PROOF_AGE,
    PROOF_ATTACKS,
    ROLLOUT_FAILED,
    DISK_FREE,
    DISK_SIZE,
    MIGRATIONS_UNAPPLIED,
    MIGRATIONS_APPLIED,
)


class Readings(Collector):
    """Asks whoever receives `scraping`; one that fails takes nothing else with it."""

    def __init__(self, version: str) -> None:
        self._build = BUILD_INFO.at(1, version, platform.python_version())

    def collect(self) -> Iterable[GaugeMetricFamily]:
        samples = self._read()
        for reading in READINGS:
            family = GaugeMetricFamily(reading.name, reading.help, labels=reading.labels)
            for sample in (self._build, *samples):
                if sample.reading == reading:
                    family.add_metric(sample.labels, sample.value)
            yield family

    def _read(self) -> list[Sample]:
        answers = scraping.send_robust(sender=Readings)  # a fault is logged there
        return [sample for _, given in answers if not isinstance(given, Exception) for sample in given]


class Unanswered(Readings):
    """What is told when the database does not answer in time."""

    def _read(self) -> list[Sample]:
        return [DATABASE_UP.at(0)]


class ReadingsPage:
    """The readings in Prometheus' text format, shared by the processes of a folder. See Note [A scrape does not hang]."""

    def __init__(self, version: str, folder: Path) -> None:
        self._readings, self._unanswered = Readings(version), Unanswered(version)
        self._folder, self._file = folder, folder / "readings.prom"
        self._beginning = threading.Lock()
        self._reading: threading.Thread | None = None
        self._fault: Exception | None = None

    def read(self) -> str:
        """Return what was read while it is young, else read it; after ANSWER_SECONDS, say that the database is down."""
        if not self._is_young():
            reading = self._begin()
            reading.join(ANSWER_SECONDS)
            if reading.is_alive():
                return generate_latest(self._unanswered).decode()
            if self._fault is not None:
                raise self._fault
        return self._file.read_text(encoding="utf-8")

    def _begin(self) -> threading.Thread:
        """Have a thread read; while one does, no other."""
        with self._beginning:
            if self._reading is None or not self._reading.is_alive():
                self._fault = None
                self._reading = threading.Thread(target=self._read, name="readings", daemon=True)
                self._reading.start()
            return self._reading

    def _read(self) -> None:
        """Read, unless another process does: then wait for what it finds."""
        try:
            with (self._folder / "readings.lock").open("wb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not self._is_young():
                    write_to_textfile(str(self._file), self._readings)
        except Exception as fault:  # noqa: BLE001  # whoever scrapes has it raised
            self._fault = fault

    def _is_young(self) -> bool:
        try:
            return 0 <= time.time() - self._file.stat().st_mtime < BELIEVED_SECONDS
        except FileNotFoundError:
            return False
