"""Races with the window held open: who comes second is seen waiting (pg_blocking_pids) for who came first, and then judged."""

# Note [A window that stays open]
# Two who are let loose at the same moment meet in the critical place once in many runs: such a test passes without the
# lock, too. So the first one's transaction is begun by the test itself and stays open. The second comes, and must be
# seen waiting for it: without its lock, or its condition inside one statement, it goes on and the test fails. Then the
# first commits, and what the second does with that is what the test asks about.

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg
from psycopg import sql

from tests.cast import Cast
from tests.database import superuser

Result = TypeVar("Result")

_WAITS = "SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() <> pid AND %s = ANY (pg_blocking_pids(pid))"


def second(
    come: Callable[[], Result],
    *,
    after: str,
    of: Cast | None = None,
    meanwhile: Callable[[], object] = lambda: None,
    **values: Any,
) -> Result:
    """Let somebody come while a statement (in the schema of `of`, or in `public`) is not committed; return how it ended.

    `meanwhile` is what others do while somebody waits. See Note [A window that stays open].
    """
    schema = of.organization.schema_name if of else "public"
    with superuser() as first, superuser() as looking, ThreadPoolExecutor(1) as pool:
        first.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
        first.execute("BEGIN")
        first.execute(after, values)  # type: ignore[arg-type]  # ours
        coming = pool.submit(come)
        while not _waits(looking, first.info.backend_pid):
            assert not coming.done(), f"It did not wait, and ended with {coming.result()}."
            time.sleep(0.01)
        meanwhile()
        first.execute("COMMIT")
        return coming.result()


def _waits(looking: psycopg.Connection, pid: int) -> bool:
    return looking.execute(_WAITS, [pid]).fetchone() is not None
