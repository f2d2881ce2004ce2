"""A PostgreSQL of its own for the length of a benchmark: durable as in production, gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
from psycopg import sql

from devserver.postgres.server import Cluster, EmbeddedPostgres
from workix.config.database_url import DatabaseAddress


@contextmanager
def throwaway_postgres(*, max_connections: int | None = None) -> Iterator[tuple[Cluster, Path]]:
    """Start a server in a temporary folder; hand over its addresses and a scratch folder beside it.

    It lets in as many as the bundled one does, unless `max_connections` says otherwise.
    """
    with tempfile.TemporaryDirectory(prefix="workix-benchmark-") as temporary:
        folder = Path(temporary)
        # The server runs as another user when we are root: it must be able to walk through, not to look.
        folder.chmod(0o711)
        scratch = folder / "scratch"
        scratch.mkdir(mode=0o700)
        server = EmbeddedPostgres(folder / "postgres", durable=True)
        try:
            cluster = server.start()
            if max_connections is not None:
                with psycopg.connect(cluster.superuser.url().reveal(), autocommit=True) as connection:
                    connection.execute(f"ALTER SYSTEM SET max_connections = {max_connections:d}")
                server.stop()
                cluster = server.start()
            yield cluster, scratch
        finally:
            server.stop()


def make_database(cluster: Cluster, name: str) -> DatabaseAddress:
    """Make an empty database beside the platform's, owned by the same role."""
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
        sql.Identifier(name), sql.Identifier(cluster.owner.user)
    )
    with psycopg.connect(cluster.superuser.url().reveal(), autocommit=True) as connection:
        connection.execute(statement)
    return replace(cluster.owner, name=name)
