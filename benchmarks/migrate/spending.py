"""CPU time of client and server, and write-ahead log (WAL), of whatever is done between two readings."""

from __future__ import annotations

import resource
from collections.abc import Callable
from statistics import median
from typing import Any

import psutil
import psycopg

from devserver.postgres.postmaster import find_postmaster
from devserver.postgres.server import Cluster

Figures = dict[str, Any]


def spent(cluster: Cluster, act: Callable[[], object]) -> Figures:
    """Do something; return what it took of children of ours, of the server, and of its write-ahead log."""
    client, server, wal = _client(), server_cpu_seconds(cluster), _wal(cluster)
    act()
    return {
        "client_s": _client() - client,
        "server_s": server_cpu_seconds(cluster) - server,
        "wal_bytes": _wal(cluster) - wal,
    }


def medians(rounds: list[Figures]) -> Figures:
    return {name: median(each[name] for each in rounds) for name in rounds[0]}


def settle(cluster: Cluster) -> None:
    """Let no autovacuum fall into what is measured."""
    ask(cluster, "ALTER SYSTEM SET autovacuum = off")
    ask(cluster, "SELECT pg_reload_conf()")
    ask(cluster, "VACUUM ANALYZE")


def ask(cluster: Cluster, statement: str) -> Any:
    """Run a statement as the superuser; return the first value of its answer."""
    parameters = cluster.superuser.connection_parameters() | {"dbname": cluster.owner.name}
    with psycopg.connect(**parameters, autocommit=True) as connection:  # type: ignore[arg-type]  # libpq's own names
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def server_cpu_seconds(cluster: Cluster) -> float:
    """Add up the postmaster, its children, and those that ended. One that ends meanwhile is looked for again."""
    top = psutil.Process(find_postmaster(cluster.folder / f"data-{cluster.version[0]}"))
    while True:
        try:
            return sum(float(spent) for process in (*top.children(), top) for spent in process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue


def _client() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wal(cluster: Cluster) -> int:
    return int(ask(cluster, "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"))
