"""Metrics read when Prometheus asks (a custom collector): of the whole platform, so they are not counted by any process."""

from __future__ import annotations

import fcntl
import platform
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from django.dispatch import Signal
from prometheus_client import write_to_textfile
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

#: Readings so young are believed, however many ask, and whichever process they ask.
BELIEVED_SECONDS = 3.0
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
        answers = scraping.send_robust(sender=Readings)  # a fault is logged there
        samples = [sample for _, given in answers if not isinstance(given, Exception) for sample in given]
        for reading in READINGS:
            family = GaugeMetricFamily(reading.name, reading.help, labels=reading.labels)
            for sample in (self._build, *samples):
                if sample.reading == reading:
                    family.add_metric(sample.labels, sample.value)
            yield family


def read_page(readings: Collector, folder: Path) -> str:
    """Return the readings in Prometheus' text format: those the processes of this folder share, while they are young."""
    page = folder / "readings.prom"
    with (folder / "readings.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not 0 <= _age(page) < BELIEVED_SECONDS:
            write_to_textfile(str(page), readings)
        return page.read_text(encoding="utf-8")


def _age(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return BELIEVED_SECONDS
