"""The owner's privileged connection: it owns every schema and table, and only tenants/isolation/ reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
from django.conf import settings
from django.db import connection

from tenants.isolation.database_roles import DatabaseRole, RoleKind
from workix.foundation import embedded_postgres
from workix.foundation.database_address import DatabaseAddress


def database() -> DatabaseAddress:
    """Return the owner's database address; starts the bundled server where none was named."""
    configured: DatabaseAddress | None = settings.WORKIX.database_url
    return configured or embedded_postgres.ensure_running(settings.WORKIX.var / "postgres").owner


def find_superuser() -> DatabaseAddress | None:
    """Return the superuser's database address, where there is one: the bundled server, or WORKIX_SETUP_DATABASE_URL."""
    if settings.WORKIX.setup_database_url or settings.WORKIX.database_url:
        named: DatabaseAddress | None = settings.WORKIX.setup_database_url
        return named
    cluster = embedded_postgres.ensure_running(settings.WORKIX.var / "postgres")
    return replace(cluster.superuser, name=cluster.owner.name)


def connect(address: DatabaseAddress | None = None) -> psycopg.Connection:
    """Open a plain connection with the owner's rights (or those of `address`), in autocommit."""
    parameters = {"connect_timeout": 10} | (address or database()).connection_parameters()
    return psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def owner_role(schema: str) -> DatabaseRole:
    """Name the owner, working in `schema`."""
    return DatabaseRole(RoleKind.OWNER, database().user, schema)


@contextmanager
def acting_as_owner(schema: str = "public") -> Iterator[None]:
    """Lend the ORM the owner's rights inside the block. For openings, migrations and removals only."""
    with connection.acting_as(owner_role(schema)):  # type: ignore[attr-defined]  # our own backend
        yield
