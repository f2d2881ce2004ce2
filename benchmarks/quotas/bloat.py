"""Bloat of a million consumptions: versions of the counter and of the buckets of rates (HOT updates), and sizes."""

# `python -m benchmarks.quotas.bloat`

from __future__ import annotations

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import sql
from rich.table import Table

from benchmarks.figures import CONSOLE
from benchmarks.trail.organization import as_superuser, organization_of_its_own
from devserver.postgres.server import Cluster

TITLE = "What is left behind in the tables"
#: Of one call of the procedures below. Between them a session tells autovacuum what it did, as any does between transactions.
AT_ONCE = 1_000
TABLES = ("quotas", "quota_movements", "request_rates")
#: Each consumption is signed, as the application signs it, and a transaction of its own.
PROCEDURES = """
    CREATE FUNCTION public.bench_mac(signed text) RETURNS bytea LANGUAGE sql STABLE SECURITY DEFINER AS
        $$ SELECT public.hmac_sha256(inner_key, outer_key, convert_to(signed, 'UTF8')) FROM public.signed_call_key $$;
    CREATE PROCEDURE public.bench_consume(call jsonb, times integer) LANGUAGE plpgsql AS $$
        DECLARE
            signed text;
        BEGIN
            FOR n IN 1 .. times LOOP
                signed := call || jsonb_build_object('consumption', uuidv7());
                ASSERT public.consume_quota(signed, public.bench_mac(signed));
                COMMIT;
            END LOOP;
        END $$;
    CREATE PROCEDURE public.bench_rates(step bigint, times integer) LANGUAGE plpgsql AS $$
        BEGIN
            FOR n IN 1 .. times LOOP
                PERFORM public.take_from_rate('bucket ' || n % 200, step, 60000000, 0, 1, NULL);
                COMMIT;
            END LOOP;
        END $$;
    GRANT EXECUTE ON FUNCTION public.bench_mac TO PUBLIC;
    GRANT EXECUTE ON PROCEDURE public.bench_consume TO PUBLIC;
    UPDATE public.quotas SET "limit" = 2000000000"""
SEEN = """
    SELECT relname, n_tup_ins, n_tup_upd, n_tup_hot_upd, n_dead_tup, autovacuum_count, pg_relation_size(relid),
           pg_indexes_size(relid)
      FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname = ANY (%s) ORDER BY relname"""
COLUMNS = ("table", "inserted", "updated", "of them HOT", "dead", "autovacuums", "bytes", "bytes of indexes")


def main() -> None:
    options = _options()
    with organization_of_its_own() as (cluster, organization):
        as_superuser(cluster, organization, PROCEDURES)
        as_superuser(cluster, organization, "VACUUM ANALYZE")
        show(cluster, "before")
        call = {
            "function": "consume_quota",
            "organization": str(organization.id),
            "resource": "executions",
            "amount": 1,
        }
        actor = {"actor_type": "person", "actor_id": str(organization.id), "actor_label": "alice@acme.example"}
        consume = ("CALL public.bench_consume(%s, %s)", json.dumps(call | actor))
        over(cluster, organization.schema_name, consume, options)
        show(cluster, "after consumptions")
        over(cluster, None, ("CALL public.bench_rates(%s, %s)", 50_000), options)
        show(cluster, "after takes from 200 buckets")


def over(cluster: Cluster, role: str | None, what: tuple[str, Any], options: argparse.Namespace) -> None:
    """Call a procedure over so many connections, as this role, until it has done so much."""
    started = time.monotonic()
    with ThreadPoolExecutor(options.connections) as crowd:
        each = options.times // options.connections // AT_ONCE
        for done in [crowd.submit(_call, cluster, role, what, each) for _ in range(options.connections)]:
            done.result()
    done_in = time.monotonic() - started
    CONSOLE.print(f"{each * AT_ONCE * options.connections:,} in {done_in:.0f} s over {options.connections} connections")


def show(cluster: Cluster, when: str) -> None:
    shown = Table(*COLUMNS, title=f"{TITLE}, {when}")
    time.sleep(2)  # until what sessions did is told
    with closing(_connect(cluster)) as connection:
        for row in connection.execute(SEEN, [list(TABLES)]):
            shown.add_row(*(f"{value:,}" if isinstance(value, int) else str(value) for value in row))
    CONSOLE.print(shown)


def _call(cluster: Cluster, role: str | None, what: tuple[str, Any], times: int) -> None:
    statement, argument = what
    with closing(_connect(cluster)) as connection:
        # Whether a transaction waits for the disk changes nothing of what it leaves behind.
        connection.execute("SET synchronous_commit = off")
        if role is not None:
            connection.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(role)))
        for _ in range(times):
            connection.execute(statement.encode(), [argument, AT_ONCE])


def _connect(cluster: Cluster) -> psycopg.Connection:
    address = replace(cluster.superuser, name=cluster.owner.name)
    return psycopg.connect(address.url().reveal(), autocommit=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quotas.bloat", description=__doc__)
    parser.add_argument("--times", type=int, default=1_000_000, help="consumptions, and takes from buckets")
    parser.add_argument("--connections", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    main()
