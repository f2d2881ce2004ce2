"""kill -9 at any moment of an opening: all of an organization is there, or nothing of it."""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pytest

from devserver.postgres.location import locate
from devserver.postgres.server import Cluster, EmbeddedPostgres
from tests.cast import PASSWORD, Answer
from tests.servers import Platform, end, serving_process, settings_of, wait_for

pytestmark = pytest.mark.drill

MOMENTS = 20
CLIENTS = 4

HALF_MADE = """
    SELECT 'a row without a schema', schema_name FROM organizations
     WHERE schema_name NOT IN (SELECT nspname FROM pg_namespace)
    UNION ALL SELECT 'a row without a role', schema_name FROM organizations
     WHERE schema_name NOT IN (SELECT rolname FROM pg_roles)
    UNION ALL SELECT 'a schema without a row', nspname FROM pg_namespace
     WHERE nspname ~ '^org_' AND nspname !~ '^org_0+$' AND nspname NOT IN (SELECT schema_name FROM organizations)
    UNION ALL SELECT 'a role without a row', rolname FROM pg_roles
     WHERE rolname ~ '^org_' AND rolname !~ '^org_0+$' AND rolname NOT IN (SELECT schema_name FROM organizations)
    UNION ALL SELECT 'a row without a host', slug FROM organizations AS o
     WHERE NOT EXISTS (SELECT 1 FROM domains WHERE organization_id = o.id)
    UNION ALL SELECT 'a row without its quotas', slug FROM organizations AS o
     WHERE (SELECT count(*) FROM quotas WHERE organization_id = o.id) <> 3"""
AT_WORK = """
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A server of its own: roles belong to a whole server, and here every one of them is ours."""
    folder = tmp_path_factory.mktemp("crash") / "postgres"
    server = EmbeddedPostgres(folder, durable=False)
    yield server.start()
    server.stop()
    assert locate(folder).exists()


@dataclass
class Openings:
    """What was asked for, and what was acknowledged, before the process that serves died."""

    platform: Platform
    number: int
    asked: list[str] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def keep_asking(self, client: int) -> None:
        for count in range(1_000):
            if self.over.is_set():
                return
            slug = f"m{self.number}-c{client}-{count}"
            self.asked.append(slug)
            try:
                self.answers[slug] = open_organization(self.platform, slug).status
            except (OSError, http.client.HTTPException):
                return

    @property
    def unanswered(self) -> list[str]:
        return [slug for slug in self.asked if slug not in self.answers]


def open_organization(platform: Platform, slug: str) -> Answer:
    admin = {"email": f"admin@{slug}.example", "password": PASSWORD}
    body = {"name": slug, "slug": slug, "admin": admin}
    return platform.call("POST", "/api/v1/organizations/", body)


def disturb(openings: Openings, process: int, chance: random.Random) -> None:
    """Let four clients open organizations, and kill the process that serves them in the middle of it."""
    crowd = [threading.Thread(target=openings.keep_asking, args=[client]) for client in range(CLIENTS)]
    for each in crowd:
        each.start()
    threading.Event().wait(chance.uniform(0.02, 0.7))
    openings.over.set()
    os.kill(process, signal.SIGKILL)
    for each in crowd:
        each.join()


@pytest.mark.requirement("S7")
def test_a_server_killed_at_twenty_moments_leaves_no_half_made_organization(cluster: Cluster, tmp_path: Path) -> None:
    more = {"DJANGO_SETTINGS_MODULE": "tests.settings", "WORKIX_SIGN_UPS_PER_HOUR": "1000000"}
    platform = Platform.at(settings_of(cluster), tmp_path, **more)
    platform.manage("migrate", "--quiet")
    parent = platform.start_web("--preload")
    try:
        platform.await_ready()
        kill_each(platform, cluster, parent)
    finally:
        end(parent)


def kill_each(platform: Platform, cluster: Cluster, parent: subprocess.Popen[bytes]) -> None:
    """Kill one process after the other, and look at what each left behind."""
    chance, asked, interrupted, process = random.Random(20), 0, 0, 0
    address = replace(cluster.superuser, name=cluster.owner.name)
    with psycopg.connect(**address.connection_parameters(), autocommit=True) as behind:  # type: ignore[arg-type]  # libpq's own names
        for number in range(MOMENTS):
            process = serving_process(parent, after=process)
            openings = Openings(platform, number)
            disturb(openings, process, chance)
            wait_for(lambda: None if behind.execute(AT_WORK).fetchall() else True)
            assert behind.execute(HALF_MADE).fetchall() == []
            assert set(openings.answers.values()) <= {201}
            asked += len(openings.asked)
            interrupted += len(openings.unanswered)
            platform.await_ready()
            ask_again(openings)
        assert behind.execute(HALF_MADE).fetchall() == []
        assert behind.execute("SELECT count(*) FROM organizations").fetchone() == (asked,)
    assert interrupted > MOMENTS


def ask_again(openings: Openings) -> None:
    """What was acknowledged is there; what was not can be had by the same call, unless only its answer was lost."""
    platform = openings.platform
    assert len(openings.unanswered) <= CLIENTS
    assert {open_organization(platform, slug).status for slug in openings.unanswered} <= {201, 409}
    assert {open_organization(platform, slug).status for slug in list(openings.answers)[-2:]} <= {409}
