"""Connections of every kind read and write values one way, whatever the server, the database or the role has as default."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from psycopg import sql

from accounts.models import User
from tenants.backend.pool import shared_pool
from tenants.isolation import owner
from tenants.isolation.owner import acting_as_owner
from tenants.jobs.worker import queue_connector
from tenants.scope import use_platform, use_tenant
from tests.cast import Api, Cast
from tests.database import superuser

#: Name -> what somebody set as default, and what our connections begin with nevertheless.
DEFAULTS = {
    "DateStyle": ("German, DMY", "ISO, MDY"),
    "IntervalStyle": ("sql_standard", "postgres"),
    "TimeZone": ("Pacific/Kiritimati", "UTC"),
    "bytea_output": ("escape", "hex"),
    "extra_float_digits": ("-15", "1"),
    "client_encoding": ("LATIN1", "UTF8"),
    "array_nulls": ("off", "on"),
    "backslash_quote": ("on", "safe_encoding"),
    "standard_conforming_strings": ("off", "on"),
    "quote_all_identifiers": ("on", "off"),
    "transform_null_equals": ("on", "off"),
    "default_transaction_read_only": ("on", "off"),
    "default_transaction_isolation": ("serializable", "read committed"),
    "default_transaction_deferrable": ("on", "off"),
}
OURS = {name: ours for name, (_, ours) in DEFAULTS.items()}
FORMATS = {name: ours for name, ours in OURS.items() if not name.startswith(("default_", "transform_"))}
SHOW = "SELECT " + ", ".join(f"current_setting('{name}')" for name in DEFAULTS)


@pytest.fixture
def odd_defaults(acme: Cast) -> Iterator[Cast]:
    """Let an operator have other tastes than we, for as long as a test lasts."""
    database = sql.Identifier(owner.database().name)
    shared_pool(0).clear()
    with superuser() as behind:
        for name, (theirs, _) in DEFAULTS.items():
            behind.execute(sql.SQL("ALTER DATABASE {} SET {} = {}").format(database, sql.Identifier(name), theirs))
    yield acme
    with superuser() as behind:
        behind.execute("SET default_transaction_read_only = off")
        behind.execute(sql.SQL("ALTER DATABASE {} RESET ALL").format(database))
    shared_pool(0).clear()


def shown(scope: AbstractContextManager[object]) -> dict[str, str]:
    with scope, connection.cursor() as cursor:
        cursor.execute(SHOW)
        return dict(zip(DEFAULTS, cursor.fetchone(), strict=True))


@pytest.mark.fault("E10")
def test_what_we_rely_on_is_pinned_for_owner_control_tenant_and_worker(odd_defaults: Cast) -> None:
    assert shown(acting_as_owner()) == OURS
    assert shown(use_platform()) == OURS
    assert shown(use_tenant(odd_defaults.organization)) == OURS
    with owner.connect() as plain:
        values = plain.execute(SHOW).fetchone()
    assert values is not None
    assert FORMATS.items() <= dict(zip(DEFAULTS, values, strict=True)).items()


@pytest.mark.fault("E10")
def test_the_worker_looks_into_the_queue_as_ever(odd_defaults: Cast) -> None:
    async def ask() -> list[dict[str, str]]:
        connector = queue_connector()
        await connector.open_async()
        try:
            return [await connector.execute_query_one_async(f"SHOW {name}") for name in DEFAULTS]
        finally:
            await connector.close_async()

    assert [value for row in asyncio.run(ask()) for value in row.values()] == list(OURS.values())


@pytest.mark.fault("E10")
def test_times_and_letters_are_read_as_they_were_written(odd_defaults: Cast, alice: Api) -> None:
    body = {"email": "zoe@acme.example", "password": "correct horse battery staple", "first_name": "Zoë 🦊"}
    made = alice.post("users/", body)
    assert made.status == 201
    with use_tenant(odd_defaults.organization):
        user = User.objects.get(email="zoe@acme.example")
        moment = datetime.fromisoformat(made.body["created_at"])
        assert (user.created_at, user.first_name) == (moment, "Zoë 🦊")
    assert alice.get("audit-logs/?page_size=1").status == 200


@pytest.mark.parametrize("given", ["", "?connect_timeout=3"])
def test_nobody_waits_for_a_server_for_ever(acme: Cast, settings: Any, given: str) -> None:
    url = settings.WORKIX.database_url
    options = {"connect_timeout": 3} if given else {}
    settings.WORKIX = settings.WORKIX.model_copy(update={"database_url": replace(url, options=options)})
    with use_tenant(acme.organization):
        assert connection.get_connection_params()["connect_timeout"] == (3 if given else 5)
