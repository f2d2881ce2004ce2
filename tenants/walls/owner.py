"""The one privileged connection: owns every schema and table. Nothing outside this room reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
from django.conf import settings
from django.db import connection

from devserver.postgres import server as embedded_postgres
from tenants.walls.logins import Kind, Login
from workix.foundation.database_address import DatabaseAddress


def database() -> DatabaseAddress:
    """Return the owner's way into the database; starts the bundled server where none was named."""
    configured: DatabaseAddress | None = settings.WORKIX.database_url
    return configured or embedded_postgres.ensure_running(settings.WORKIX.var / "postgres").owner


def find_superuser() -> DatabaseAddress | None:
    """Return the set-up role's way in, where there is one: the bundled server, or WORKIX_SETUP_DATABASE_URL."""
    if settings.WORKIX.setup_database_url or settings.WORKIX.database_url:
        named: DatabaseAddress | None = settings.WORKIX.setup_database_url
        return named
    cluster = embedded_postgres.ensure_running(settings.WORKIX.var / "postgres")
    return replace(cluster.superuser, name=cluster.owner.name)


def connect(address: DatabaseAddress | None = None) -> psycopg.Connection:
    """Open a plain connection with the owner's rights (or those of `address`), in autocommit."""
    parameters = {"connect_timeout": 10} | (address or database()).connection_parameters()
    return psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def owner_login(schema: str) -> Login:
    """Name the owner, working in `schema`."""
    return Login(Kind.OWNER, database().user, schema)


@contextmanager
def acting_as_owner(schema: str = "public") -> Iterator[None]:
    """Lend the ORM the owner's rights inside the block. For openings, migrations and removals only."""
    with connection.entered(owner_login(schema)):  # type: ignore[attr-defined]  # our own backend
        yield
