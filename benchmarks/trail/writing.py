"""What the audit trail adds to a write: CPU of both sides with the audit triggers of people on, and off."""

# `python -m benchmarks.trail.writing`

from __future__ import annotations

import argparse
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from rich.table import Table

from benchmarks.figures import CONSOLE
from benchmarks.migrate.spending import server_cpu_seconds, settle
from benchmarks.processes import BenchmarkError
from benchmarks.trail.organization import as_superuser, organization_of_its_own
from devserver.postgres.server import Cluster

TITLE = "CPU of a write with the audit trail and without, both sides, in milliseconds"
_PEOPLE = """
    INSERT INTO users (id, organization_id, email, password_hash, first_name, last_name, role, is_active, created_at, updated_at)
    SELECT gen_random_uuid(), organization_id, 'person' || n || '@acme.example', '!', 'Ada', 'Lovelace', 'viewer', true, now(),
           now()
      FROM users, generate_series(1, 10000) AS n"""
_ONE_BY_ONE = 200
ADMIN = "alice@acme.example"


def main() -> None:
    options = _options()
    with organization_of_its_own() as (cluster, organization):
        as_superuser(cluster, organization, "SET session_replication_role = replica;" + _PEOPLE)
        as_superuser(cluster, organization, "UPDATE public.organizations SET status = 'active'")
        settle(cluster)
        table = Table(title=TITLE)
        for column in ("write", "with the trail", "without", "ratio"):
            table.add_column(column, justify="left" if column == "write" else "right")
        for name, write in _writes(organization):
            taken: dict[bool, list[float]] = {True: [], False: []}
            for number in range(2 * options.rounds + 2):
                with _trail(cluster, organization, is_on=(is_on := number % 2 == 0)):
                    spent = _spent(cluster, write)
                if number > 1:  # the first of each warms up
                    taken[is_on].append(spent)
            ours, bare = median(taken[True]), median(taken[False])
            table.add_row(name, f"{ours:.2f}", f"{bare:.2f}", f"{ours / bare:.2f}")
        CONSOLE.print(table)


def _writes(organization: Any) -> Iterator[tuple[str, Callable[[], int]]]:
    """Name each write with what does it; it returns how often it did."""
    from django.test import Client  # noqa: PLC0415  # after django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from accounts.login.sessions import begin  # noqa: PLC0415
    from accounts.models import User  # noqa: PLC0415
    from tenants.scope import use_tenant  # noqa: PLC0415

    with use_tenant(organization):
        access = begin(organization, User.objects.get(email=ADMIN), now=timezone.now()).access
    logging.disable()  # what a request says of itself is not a part of either
    host = urlsplit(os.environ["WORKIX_PUBLIC_URL"]).netloc
    client = Client(headers={"Host": host, "Authorization": f"Bearer {access}"})

    def patch() -> int:
        for _ in range(_ONE_BY_ONE):
            answer = client.patch("/api/v1/me/", {"first_name": uuid4().hex}, "application/json")
            if answer.status_code != 200:
                raise BenchmarkError(f"PATCH answered {answer.status_code}: {answer.content!r}")
        return _ONE_BY_ONE

    def update() -> int:
        with use_tenant(organization):
            User.objects.update(first_name=uuid4().hex)
        return 1

    yield "PATCH /me/", patch
    yield "one UPDATE of 10,000 people", update


@contextmanager
def _trail(cluster: Cluster, organization: Any, *, is_on: bool) -> Iterator[None]:
    """Let the audit trigger of people be on or off."""
    if not is_on:
        as_superuser(cluster, organization, "ALTER TABLE users DISABLE TRIGGER audit_update")
    yield
    as_superuser(cluster, organization, "ALTER TABLE users ENABLE TRIGGER audit_update")
    as_superuser(cluster, organization, "VACUUM users")


def _spent(cluster: Cluster, write: Callable[[], int]) -> float:
    """Return milliseconds of CPU a write, of this process and of the server."""
    ours, server = time.process_time(), server_cpu_seconds(cluster)
    times = write()
    return (time.process_time() - ours + server_cpu_seconds(cluster) - server) * 1_000 / times


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trail.writing", description=TITLE)
    parser.add_argument("--rounds", type=int, default=7, help="of each; the median counts")
    return parser.parse_args()


if __name__ == "__main__":
    main()
