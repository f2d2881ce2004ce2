"""Start-up check: refuses to serve while a database role holds too much privilege, or no database is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import OperationalError

from tenants.isolation import owner
from tenants.isolation.database_roles import (
    WATCHDOG_MEMBERSHIPS,
    control_role_name,
    sequencer_role_name,
    tenants_group,
    watchdog_role_name,
)
from tenants.isolation.server_capabilities import UnsafeServer, read_server_capabilities
from tenants.isolation.sessions import pooler
from workix.core.errors import one_line

UNSAFE_ROLES_SQL = (Path(__file__).parent / "sql" / "unsafe_roles.sql").read_text()


def refuse_unsafe_roles() -> None:
    """Look at the owner, at every role requests run as, and at PgBouncer. For the start of a server or a worker.

    :raises UnsafeServer: naming each role and what is wrong with it, or what is set wrong on the server.
    """
    with owner.connect() as connection:
        read_server_capabilities(connection)
        names = {
            "control": control_role_name(),
            "sequencer": sequencer_role_name(),
            "watchdog": watchdog_role_name(),
            "group": tenants_group(),
            "memberships": list(WATCHDOG_MEMBERSHIPS),
        }
        _refuse_prepared_transactions(connection)
        reasons = connection.execute(UNSAFE_ROLES_SQL, names).fetchall()
    if reasons:
        listed = "\n".join(f"  - the role {role} {reason}" for role, reason in reasons)
        raise UnsafeServer(
            f"The database roles are not safe to serve with:\n{listed}\nRun: manage.py check_isolation --repair"
        )
    pooler.refuse_unless_it_pins()


def _refuse_prepared_transactions(connection: psycopg.Connection) -> None:
    """What a role prepared (PREPARE TRANSACTION) keeps its locks with no session left: no timeout ends it."""
    row = connection.execute("SELECT current_setting('max_prepared_transactions')").fetchone()
    if row != ("0",):
        raise UnsafeServer(
            "The server lets every role prepare transactions, which hold their locks for ever. Set it, and restart the"
            " server: ALTER SYSTEM SET max_prepared_transactions = 0"
        )


@contextmanager
def database_faults_as_sentences() -> Iterator[None]:
    """End the process with a sentence where the database can't be reached, or is not safe to use.

    :raises SystemExit: in place of UnsafeServer, NoDatabase and a connection that failed; anything else is a bug, and passes.
    """
    try:
        yield
    except (UnsafeServer, owner.NoDatabase) as fault:
        sys.exit(str(fault))
    except (psycopg.OperationalError, OperationalError) as error:
        cause = error.__cause__ if isinstance(error, OperationalError) else error
        if getattr(cause, "sqlstate", None):  # the server answered a statement: it was reached
            raise
        sys.exit(f"The database of DATABASE_URL can't be reached: {one_line(error)}")
