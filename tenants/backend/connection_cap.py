"""Connection cap: how many database connections a process may hold, fitted to the server's max_connections."""

from __future__ import annotations

import logging

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from tenants.isolation.server_capabilities import server_capabilities

logger = logging.getLogger("workix.isolation")

# Note [Connections of a platform]
# An organization that a process holds no connection for logs in anew, and the server starts a process for it: some 10 ms of
# its CPU, where a request takes 1. So a process may hold as many as there is room for: an equal share of what the server
# lets in, for the web server's processes and one worker. It takes none of it before it needs it. What knows of more
# processes than one machine's, or of others on the server, sets WORKIX_CONNECTION_CAP.

#: For commands, migrations, repairs and what the worker holds besides.
SPARE = 20
#: When nobody can be asked. The process then begins with a fault anyhow.
UNKNOWN = 20


def connection_cap() -> int:
    """Say how many connections this process may hold. See Note [Connections of a platform]."""
    chosen: int | None = settings.WORKIX.connection_cap
    if chosen is not None:
        return chosen
    try:
        return fair_share(server_capabilities().connections, _processes())
    except (psycopg.Error, ImproperlyConfigured):
        return UNKNOWN


def fair_share(connections: int, processes: int) -> int:
    """Divide what a server lets in; nobody gets nothing."""
    return max(1, (connections - SPARE) // processes)


def warn_of_too_few_connections() -> str:
    """Say in the log, and return, that this platform may ask the server for more connections than it lets in."""
    wanted, there = _processes() * connection_cap(), server_capabilities().connections
    if wanted <= there:
        return ""
    sentence = (
        f"The database server lets {there} connections in, and {_processes()} processes may hold {connection_cap()} each:"
        f" {wanted}. Raise max_connections, or lower WORKIX_CONNECTION_CAP."
    )
    logger.warning(sentence)
    return sentence


def _processes() -> int:
    """Count the web server's processes, and one worker."""
    workers: int = settings.WORKIX.web_workers
    return workers + 1
