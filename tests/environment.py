"""Loaded before Django: a test server of our own, and a database of its own for each worker. (pytest -p tests.environment)"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from devserver.postgres.server import Cluster, EmbeddedPostgres
from workix.config.database_url import DatabaseAddress

PROJECT = Path(__file__).resolve().parent.parent
#: Whose apps there are: the product's, or those of the examples (DJANGO_SETTINGS_MODULE=examples.settings_for_tests).
APPS = os.environ.get("DJANGO_SETTINGS_MODULE", "tests.settings").partition(".")[0]
#: Runs side by side keep out of each other's databases when each has a name: TEST_RUN=mine make quick.
RUN = os.environ.get("TEST_RUN", "") + APPS.removeprefix("tests")
WORKER = RUN + os.environ.get("PYTEST_XDIST_WORKER", "main")
DATABASE = f"workix_test_{WORKER}"
#: No name begins with another run's: each drops what it finds under its own.
TEMPLATE = f"workix_{RUN}_test_template"
#: The folder of a server's programs, to run the tests on another version of PostgreSQL.
BINARIES = os.environ.get("TEST_POSTGRES_BIN", "")


def start_cluster() -> Cluster:
    """Start the throw-away server of the tests, or join it: all workers and all runs share one for each version."""
    binaries = Path(BINARIES) if BINARIES else None
    folder = PROJECT / "var" / "test-postgres" / (binaries.parent.name if binaries else "bundled")
    return EmbeddedPostgres(
        folder, binaries=binaries, durable=False, owner="workix_test_owner", database="workix_test"
    ).start()


def settings_for(cluster: Cluster, database: str) -> dict[str, str]:
    """Name everything a process of the tests reads from its environment."""
    return {
        "WORKIX_ENV": "test",
        "WORKIX_VAR": str(PROJECT / "var" / "test" / WORKER),
        "WORKIX_ROLE_PREFIX": "workix_test",
        "WORKIX_LOG_LEVEL": "CRITICAL",
        "WORKIX_SIGN_UPS_PER_HOUR": "100000",
        "DATABASE_URL": _url(cluster.owner, database),
        "WORKIX_SETUP_DATABASE_URL": _url(cluster.superuser, database),
        # All workers and all runs derive the same passwords, as they share the roles.
        "WORKIX_MASTER_SECRET": "only-for-tests-" + "0123456789abcdef" * 3,
    }


def _url(address: DatabaseAddress, database: str) -> str:
    return replace(address, name=database).url().reveal()


for name in [
    name for name in os.environ if name.startswith("WORKIX_") or name in ("DATABASE_URL", "EMAIL_URL", "SENTRY_DSN")
]:
    del os.environ[name]
CLUSTER = start_cluster()
os.environ.update(settings_for(CLUSTER, DATABASE))
