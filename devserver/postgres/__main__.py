"""The bundled PostgreSQL from the command line: python -m devserver.postgres start|stop|status|url."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from devserver.postgres.binaries import PostgresUnavailable
from devserver.postgres.server import EmbeddedPostgres


def _start(server: EmbeddedPostgres) -> str:
    cluster = server.start()
    version = ".".join(map(str, cluster.version))
    return f"PostgreSQL {version} runs on {cluster.host}:{cluster.port}; its data lies in {cluster.folder}."


def _stop(server: EmbeddedPostgres) -> str:
    return "PostgreSQL has stopped." if server.stop() else "PostgreSQL did not run."


def _status(server: EmbeddedPostgres) -> str:
    return "PostgreSQL runs." if server.is_running() else "PostgreSQL does not run."


def _url(server: EmbeddedPostgres) -> str:
    return server.start().owner.url().reveal()


_COMMANDS: dict[str, Callable[[EmbeddedPostgres], str]] = {
    "start": _start,
    "stop": _stop,
    "status": _status,
    "url": _url,
}


def main() -> None:
    """Serve the Makefile and a curious developer."""
    parser = argparse.ArgumentParser(prog="python -m devserver.postgres", description=__doc__)
    parser.add_argument("command", choices=_COMMANDS)
    parser.add_argument("--folder", type=Path, default=Path("var/postgres"), help="default: var/postgres")
    asked = parser.parse_args()
    try:
        print(_COMMANDS[asked.command](EmbeddedPostgres(asked.folder)))  # noqa: T201  # what the caller asked for
    except PostgresUnavailable as refusal:
        parser.exit(1, f"{refusal}\n")


if __name__ == "__main__":
    main()
