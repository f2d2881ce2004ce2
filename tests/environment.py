"""Loaded before Django: a test server and a database of its own for each worker. (pytest -p tests.environment)"""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from pathlib import Path

from devserver.postgres.server import Cluster, EmbeddedPostgres
from workix.config.database_url import DatabaseAddress

PROJECT = Path(__file__).resolve().parent.parent

# Note [Which apps there are]
# The foundation's tests say what an organization has, to the last table and limit: they run without any feature app, as
# pytest does by itself (tests/settings.py). An app's tests need the app: who asks for them by their folder gets the
# settings with the apps, and so does make. The examples have settings of their own.
FOUNDATION, WITH_APPS, WITH_EXAMPLES = "tests.settings", "tests.settings_with_apps", "examples.settings_for_tests"
_SHORT = {WITH_APPS: "apps", WITH_EXAMPLES: "examples"}


def _settings_asked_for(arguments: list[str]) -> str:
    """See Note [Which apps there are]."""
    folders = {Path(each.partition("::")[0]).parts[0] for each in arguments if each and not each.startswith("-")}
    if "examples" in folders:
        return WITH_EXAMPLES
    return WITH_APPS if any((PROJECT / each / "tests").is_dir() for each in folders) else FOUNDATION


#: Handed on to the workers of a run, and to every process a test starts.
SETTINGS = os.environ.setdefault("DJANGO_SETTINGS_MODULE", _settings_asked_for(sys.argv[1:]))
#: Runs side by side keep out of each other's databases when each has a name: TEST_RUN=mine make quick.
RUN = os.environ.get("TEST_RUN", "") + _SHORT.get(SETTINGS, "")
WORKER = RUN + os.environ.get("PYTEST_XDIST_WORKER", "main")
DATABASE = f"workix_test_{WORKER}"
#: No name begins with another run's: each drops what it finds under its own.
TEMPLATE = f"workix_{RUN}_test_template"
#: The folder of a server's programs, to run the tests on another version of PostgreSQL.
BINARIES = os.environ.get("TEST_POSTGRES_BIN", "")


# Note [A server for each worker]
# Roles and rights on parameters are the whole server's. A test that spoils the owner's would be felt by the tests that
# run beside it, so a worker shares its server with no other: only runs side by side do (see `roles_locked`). The first
# worker has the one of a run without workers: the process that hands out tests runs none.
def _server() -> str:
    """See Note [A server for each worker]."""
    version = Path(BINARIES).parent.name if BINARIES else "bundled"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return version if worker == "gw0" else f"{version}-{worker}"


#: Named after its version, and after the worker whose it is.
SERVER = _server()


def start_cluster() -> Cluster:
    """Start the throw-away server of this worker's tests, or join it."""
    binaries = Path(BINARIES) if BINARIES else None
    folder = PROJECT / "var" / "test-postgres" / SERVER
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
        "WORKIX_RATE_LIMITS": "off",  # who asks thousands of times is many people; its own tests turn it on
        "WORKIX_CONNECTION_CAP": "20",  # tests drop what they open, and many processes share the server
        "DATABASE_URL": _url(cluster.owner, database),
        "WORKIX_SETUP_DATABASE_URL": _url(cluster.superuser, database),
        # All runs derive the same passwords, as they share the roles.
        "WORKIX_MASTER_SECRET": "only-for-tests-" + "0123456789abcdef" * 3,
    }


def _url(address: DatabaseAddress, database: str) -> str:
    return replace(address, name=database).url().reveal()


for name in [
    name
    for name in os.environ
    if name.startswith(("WORKIX_", "OTEL_")) or name in ("DATABASE_URL", "EMAIL_URL", "REDIS_URL", "SENTRY_DSN")
]:
    del os.environ[name]
#: As in a web server: what is imported and collected stays, and is not looked through for garbage again and again.
gc.set_threshold(10_000, 50, 50)
CLUSTER = start_cluster()
os.environ.update(settings_for(CLUSTER, DATABASE))


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
