"""Makes the pg_dump of a platform as commit a5348f8 left it: python tests/upgrade/make_dump.py CHECKOUT-OF-THAT-COMMIT"""

# Note [An honest old platform]
# Everything in the dump is made by the code of that commit, imported from a checkout of it: its migrations, its
# capabilities through its own HTTP API, its worker, its commands. Nothing here imports the present code, so it runs as
# a script and not as a module of the tests. To make the dump anew (any Python that has the development requirements):
#
#     git worktree add ../workix-a5348f8 a5348f8
#     python tests/upgrade/make_dump.py ../workix-a5348f8
#
# It writes three files beside itself: `platform_a5348f8.pgsql` (the database), `platform_a5348f8_roles.pgsql` (its roles, as
# their owner makes them) and `platform_a5348f8.json` (what people held in their hands: tokens, links, keys, answers).

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

COMMIT = "a5348f8"
HERE = Path(__file__).resolve().parent
PREFIX = "workix_upgrade"
OWNER = f"{PREFIX}_owner"
#: A token or link of the dump must still be good when the test uses it, years from now.
LIFETIME = timedelta(days=36_500)
LIFETIMES = ("ACCESS_TOKEN_LIFETIME", "REFRESH_TOKEN_LIFETIME", "CONFIRMATION_LIFETIME", "PASSWORD_RESET_LIFETIME")
#: Known to newer servers and programs only: what is dumped by 18 must be restored by 15.
NEWER = re.compile(
    r"^(\\(un)?restrict .*|SET transaction_timeout = .*|CREATE SCHEMA public;|-- Dumped (from|by) .*)\n", re.MULTILINE
)
ROLES = """
    SELECT rolname, rolcanlogin, rolinherit, rolconnlimit, rolpassword,
           ARRAY(SELECT unnest(setconfig) FROM pg_db_role_setting WHERE setrole = a.oid AND setdatabase = 0),
           ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = a.oid)
      FROM pg_authid AS a WHERE rolname ~ %s AND rolname <> %s ORDER BY rolname DESC"""


def main(checkout: Path) -> None:
    _require_the_commit(checkout)
    os.chdir(checkout)
    sys.path.insert(0, str(checkout))
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as (binaries, superuser):
        settings = _set_environment(Path(folder), superuser)
        _set_up_django()
        import old_rows  # imports the code of the commit, which needs all of the above

        held = old_rows.fill(superuser)
        _write("_roles.pgsql", "".join(f"{line};\n" for line in _roles(superuser)))
        _write(".pgsql", NEWER.sub("", _pg_dump(binaries, superuser)))
        _write(".json", json.dumps({"settings": settings, **held}, indent=2) + "\n")


def _require_the_commit(checkout: Path) -> None:
    def git(*command: str) -> str:
        return subprocess.run(["git", "-C", checkout, *command], capture_output=True, text=True, check=True).stdout

    if not git("rev-parse", "HEAD").startswith(COMMIT) or git("status", "--porcelain", "--untracked-files=no"):
        sys.exit(f"{checkout} is no clean checkout of {COMMIT}.")


@contextmanager
def _server(folder: Path) -> Iterator[tuple[Path, Any]]:
    """Run a fresh bundled server; yields where its programs are, and a superuser's address of the database."""
    from workix.foundation.embedded_postgres import EmbeddedPostgres
    from workix.foundation.postgres_binaries import find_binaries

    server = EmbeddedPostgres(folder / "postgres", durable=False, owner=OWNER, database=PREFIX)
    cluster = server.start()
    os.environ["DATABASE_URL"] = cluster.owner.url().reveal()
    try:
        yield find_binaries().folder, replace(cluster.superuser, name=PREFIX)
    finally:
        server.stop()


def _set_environment(folder: Path, superuser: Any) -> dict[str, str]:
    """Name everything that passwords, hashes and signatures in the dump depend on; the test needs the same."""
    from workix.foundation.setting_values import make_signing_key

    settings = {
        "WORKIX_ENV": "test",
        "WORKIX_ROLE_PREFIX": PREFIX,
        "WORKIX_PUBLIC_URL": "http://localhost:8000",
        "WORKIX_MASTER_SECRET": "only-for-the-upgrade-test-" + "0123456789abcdef" * 2,
        "SECRET_KEY": "only-for-the-upgrade-test-" + "fedcba9876543210" * 2,
        "WORKIX_SIGNING_KEYS": make_signing_key(),
    }
    os.environ.update(settings)
    os.environ["WORKIX_SETUP_DATABASE_URL"] = superuser.url().reveal()
    os.environ["WORKIX_VAR"] = str(folder / "var")
    os.environ["WORKIX_LOG_LEVEL"] = "CRITICAL"
    os.environ["DJANGO_SETTINGS_MODULE"] = "workix.settings"
    return settings


def _set_up_django() -> None:
    import django
    from django.conf import settings

    for name in LIFETIMES:
        setattr(settings, name, LIFETIME)
    settings.SESSION_COOKIE_AGE = int(LIFETIME.total_seconds())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    django.setup()


def _roles(superuser: Any) -> Iterator[str]:
    """Write every role as its owner makes it: on PostgreSQL 16 and later, who makes a role may grant it."""
    import psycopg

    with psycopg.connect(**superuser.connection_parameters()) as connection:
        for name, enters, inherits, limit, verifier, settings, groups in connection.execute(
            ROLES, [rf"^({PREFIX}_|org_[0-9a-f]{{32}}$)", OWNER]
        ):
            password = f" PASSWORD '{verifier}'" if verifier else ""
            attributes = f"{'LOGIN' if enters else 'NOLOGIN'} {'INHERIT' if inherits else 'NOINHERIT'}"
            yield f"CREATE ROLE {name} {attributes} CONNECTION LIMIT {limit}{password}"
            for setting, value in (each.split("=", 1) for each in settings):
                yield f"ALTER ROLE {name} SET {setting} = " + (value if setting == "search_path" else f"'{value}'")
            for group in groups:
                yield f"GRANT {group} TO {name} WITH INHERIT TRUE, SET FALSE"


def _pg_dump(binaries: Path, superuser: Any) -> str:
    """Dump our schemas only: what set-up closes in pg_catalog is the server's, and differs between versions."""
    command = [binaries / "pg_dump", "--schema=public", "--schema=org_*", "--column-inserts", "--encoding=UTF8"]
    address = superuser.url().reveal()
    return subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout


def _write(suffix: str, text: str) -> None:
    (HERE / f"platform_{COMMIT}{suffix}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
