"""The owner's privileged connection: it owns every schema and table, and only tenants/isolation/ reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from tenants.isolation.database_roles import FORMAT_SETTINGS, DatabaseRole, RoleKind, as_options
from workix.config.database_url import DatabaseAddress


class NoDatabase(ImproperlyConfigured):
    """DATABASE_URL is unset. Production is refused earlier, by its settings."""


def database() -> DatabaseAddress:
    """Return the owner's database address.

    :raises NoDatabase: when DATABASE_URL is unset.
    """
    configured: DatabaseAddress | None = settings.WORKIX.database_url
    if configured is None:
        raise NoDatabase("DATABASE_URL must be set. On a developer's machine `make run` brings a database of its own.")
    return configured


def find_superuser() -> DatabaseAddress | None:
    """Return the superuser's database address, where there is one: WORKIX_SETUP_DATABASE_URL."""
    named: DatabaseAddress | None = settings.WORKIX.setup_database_url
    return named


def connect(address: DatabaseAddress | None = None) -> psycopg.Connection:
    """Open a plain connection with the owner's rights (or those of `address`), in autocommit."""
    parameters = {"connect_timeout": 10} | (address or database()).connection_parameters()
    parameters["options"] = f"{parameters.get('options', '')} {as_options(FORMAT_SETTINGS)}".strip()
    return psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def owner_role(schema: str) -> DatabaseRole:
    """Name the owner, working in `schema`."""
    return DatabaseRole(RoleKind.OWNER, database().user, schema)


@contextmanager
def acting_as_owner(schema: str = "public") -> Iterator[None]:
    """Lend the ORM the owner's rights inside the block. For openings, migrations and removals only."""
    with connection.acting_as(owner_role(schema)):  # type: ignore[attr-defined]  # our own backend
        yield
