"""An organization moves to another platform on another server: kill -9 of its import leaves nothing, and then all is there."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from devserver.postgres.server import Cluster
from tests.customers import Customer
from tests.drills.conftest import StartServer
from tests.drills.outages.test_crash import HALF_MADE
from tests.servers import Platform, end, settings_of, wait_for

pytestmark = [pytest.mark.drill]

KILLS, PEOPLE = 3, 1_500
CROWD = """
    INSERT INTO users (id, created_at, updated_at, organization_id, email, password_hash, first_name, last_name, role, is_active)
    SELECT gen_random_uuid(), now(), now(), o.id, 'p' || n || '@acme.example', '!', 'P', '', 'user', true
      FROM public.organizations AS o, generate_series(1, %s) AS n RETURNING id"""
ROWS = "SELECT to_jsonb(u) - 'password_hash' - 'mailbox_proof' FROM users AS u ORDER BY id"
AT_WORK = "SELECT 1 FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query ~ 'jsonb_populate_recordset'"
SETTLED = """
    SELECT 1 WHERE NOT EXISTS (
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle')"""


def platform_on(cluster: Cluster, folder: Path, name: str) -> Platform:
    settings = settings_of(cluster) | {"WORKIX_MASTER_SECRET": f"only-for-drills-{name}-" + "0123456789abcdef" * 3}
    platform = Platform.at(settings, folder / name)
    platform.manage("migrate", "--quiet")
    return platform


@contextmanager
def kept_from_ending(cluster: Cluster) -> Iterator[None]:
    """Hold what an import writes last, or one that is quick is through before the kill."""
    with psycopg.connect(**address_of(cluster)) as session:
        session.execute("LOCK TABLE email_index, procrastinate_jobs IN SHARE MODE")
        yield


def address_of(cluster: Cluster) -> dict[str, Any]:
    return replace(cluster.superuser, name=cluster.owner.name).connection_parameters()


def look(cluster: Cluster, query: str, *values: Any) -> list[Any]:
    """Look into the schema of the one organization there is, or into `public`."""
    with psycopg.connect(**address_of(cluster), autocommit=True) as session:
        (schema,) = session.execute("SELECT schema_name FROM public.organizations").fetchone() or ("public",)
        session.execute(sql.SQL("SET search_path = {}, public").format(sql.Identifier(schema)))
        return session.execute(query, values).fetchall()


def test_it_is_all_there_or_nothing_of_it(start_server: StartServer, tmp_path: Path) -> None:
    former, other = start_server("former"), start_server("other")
    archive = tmp_path / "acme.zip"
    platform = platform_on(former, tmp_path, "former")
    with platform.serving():
        assert Customer(platform, "acme").open().status == 201
    platform.manage("set_plan", "acme", "pro", "--users", "100000", "--reason", "they grow")
    assert len(look(former, CROWD, PEOPLE)) == PEOPLE
    platform.manage("export_organization", "acme", str(archive), "--reason", "they move")
    come = ("import_organization", str(archive), "--users", "100000", "--reason", "they come", "--confirmed")
    platform = platform_on(other, tmp_path, "other")
    chance = random.Random(5)
    for _ in range(KILLS):
        with kept_from_ending(other):
            command = platform.start_command(*come)
            wait_for(lambda: look(other, AT_WORK) or None)
            threading.Event().wait(chance.uniform(0, 0.5))
            end(command, signal.SIGKILL)
        wait_for(lambda: look(other, SETTLED) or None)
        assert (look(other, HALF_MADE), look(other, "SELECT slug FROM organizations")) == ([], [])
    platform.manage(*come)
    assert look(other, HALF_MADE) == []
    assert look(other, ROWS) == look(former, ROWS)
    assert look(other, "SELECT used FROM quotas WHERE resource = 'users'") == [(PEOPLE + 1,)]
    verified = platform.manage("verify_audit", "--organization", "acme")
    assert "acme" in verified
