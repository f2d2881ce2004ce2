"""Fills in the environment of a development machine before Django's settings are read: DATABASE_URL."""

# Note [The product only knows DATABASE_URL]
# Nothing of the product starts a database server. Where `manage.py` finds this package beside it, it calls `prepare`
# first: what a production must be given is made here and handed over as an operator would, in the environment. Web
# server and worker, started by `manage.py run`, inherit it.

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from pathlib import Path

from devserver.postgres.binaries import PostgresUnavailable
from devserver.postgres.server import Cluster, EmbeddedPostgres

PROJECT = Path(__file__).resolve().parent.parent
#: Commands that ask no database, or end it.
WITHOUT_DATABASE = frozenset(
    {"", "check", "collectstatic", "help", "mcp", "spectacular", "startapp_tenant", "stop", "version"}
)


def prepare(environ: MutableMapping[str, str], command: str) -> None:
    """Start and name the bundled PostgreSQL, in a development that was given no database.

    :raises SystemExit: with a sentence, when no PostgreSQL can run here or `var` can't be written.
    """
    if (environ.get("WORKIX_ENV") or "development") != "development":
        return
    if command.startswith("-") or command in WITHOUT_DATABASE or _is_given(environ, "DATABASE_URL"):
        return
    var = PROJECT / (environ.get("WORKIX_VAR") or "var")
    try:
        _name_database(environ, EmbeddedPostgres(postgres_folder(var)).start())
    except PostgresUnavailable as refusal:
        sys.exit(str(refusal))


def postgres_folder(var: Path) -> Path:
    return var / "postgres"


def for_processes(*, metrics_bind: str) -> Mapping[str, str]:
    """Return what web server and worker get: as in production, no superuser's way into the database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WORKIX_SETUP_DATABASE_URL")}
    return kept | {"WORKIX_METRICS_BIND": metrics_bind}


def _name_database(environ: MutableMapping[str, str], cluster: Cluster) -> None:
    environ["DATABASE_URL"] = cluster.owner.url().reveal()
    if not _is_given(environ, "WORKIX_SETUP_DATABASE_URL"):
        superuser = replace(cluster.superuser, name=cluster.owner.name)
        environ["WORKIX_SETUP_DATABASE_URL"] = superuser.url().reveal()


def _is_given(environ: Mapping[str, str], name: str) -> bool:
    """An empty variable counts as unset."""
    return bool(environ.get(name) or environ.get(f"{name}_FILE"))
