"""The cap of a process: its share of what the server lets in, told where more may be asked for than there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from devserver.postgres.configuration import postgresql_conf
from tenants.backend.connection_cap import connection_cap, fair_share, warn_of_too_few_connections
from tenants.isolation import owner
from tenants.isolation.server_capabilities import read_server_capabilities, server_capabilities
from tests.database import superuser
from tests.environment import DATABASE, PROJECT
from workix.config import environment

pytestmark = pytest.mark.fault("F6")


@pytest.fixture
def platform(database: None, settings: Any) -> Iterator[Callable[..., None]]:
    """Set what is given of this platform's settings, and ask the server anew."""

    def changed(**values: Any) -> None:
        settings.WORKIX = settings.WORKIX.model_copy(update=values)
        server_capabilities.cache_clear()

    changed(connection_cap=None, web_workers=2)
    yield changed
    server_capabilities.cache_clear()


@pytest.mark.parametrize(
    ("connections", "processes", "cap"),
    [(637, 3, 205), (5_000, 3, 1_660), (97, 3, 25), (97, 9, 8), (22, 3, 1)],
    ids=["ours", "many", "PostgreSQL's own", "many processes", "hardly any"],
)
def test_what_the_server_lets_in_is_divided(connections: int, processes: int, cap: int) -> None:
    assert fair_share(connections, processes) == cap


def test_the_servers_we_bring_have_room_for_200_hot_organizations_in_each_process() -> None:
    defaults = environment.Environment.model_fields
    processes = defaults["web_workers"].default + 1
    for text in (postgresql_conf(port=1, major=18, durable=True), (PROJECT / "docker-compose.yml").read_text()):
        (allowed,) = [line.partition("max_connections")[2] for line in text.splitlines() if "max_connections" in line]
        connections = int("".join(filter(str.isdigit, allowed.partition(",")[0]))) - 3
        assert fair_share(connections, processes) >= 200


def test_a_cap_that_is_set_is_taken_as_it_is(platform: Callable[..., None]) -> None:
    assert connection_cap() == fair_share(server_capabilities().connections, 3)
    platform(connection_cap=7)
    assert connection_cap() == 7


def test_what_the_server_keeps_for_others_and_the_databases_own_limit_are_left_out(database: None) -> None:
    def lets_in() -> int:
        with owner.connect() as connection:
            return read_server_capabilities(connection).connections

    with superuser() as connection:
        row = connection.execute("SELECT current_setting('max_connections')::int").fetchone()
        assert row is not None
        assert lets_in() == row[0] - 3
        connection.execute(f'ALTER DATABASE "{DATABASE}" CONNECTION LIMIT 50')
        try:
            assert lets_in() == 50
        finally:
            connection.execute(f'ALTER DATABASE "{DATABASE}" CONNECTION LIMIT -1')


def test_the_start_says_in_a_sentence_that_processes_may_ask_for_too_much(platform: Callable[..., None]) -> None:
    assert warn_of_too_few_connections() == ""
    there = server_capabilities().connections
    platform(connection_cap=there // 2)
    assert warn_of_too_few_connections() == (
        f"The database server lets {there} connections in, and 3 processes may hold {there // 2} each: {there // 2 * 3}."
        " Raise max_connections, or lower WORKIX_CONNECTION_CAP."
    )


def test_who_can_ask_nobody_begins_with_few(platform: Callable[..., None]) -> None:
    platform(database_url=replace(owner.database(), port=1))
    with pytest.raises(psycopg.OperationalError):
        owner.connect()
    assert connection_cap() == 20
