"""A database that can't be used is refused in one sentence, without a traceback, whoever finds it first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.environment import CLUSTER, DATABASE
from tests.running.platform_process import Platform
from tests.servers import free_port
from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret

pytestmark = pytest.mark.slow

OWNER = replace(CLUSTER.owner, name=DATABASE)
STARTS = {
    "migrate": ("manage.py", "migrate"),
    "run": ("manage.py", "run"),
    "worker": ("manage.py", "run_worker", "--once"),
    "gunicorn": ("-m", "gunicorn", "-c", "workix/gunicorn.py", "workix.wsgi"),
}


def refusal(platform: Platform, address: DatabaseAddress, start: str) -> str:
    platform.more["DATABASE_URL"] = address.url().reveal()
    ended = platform.python(*STARTS[start])
    assert (ended.returncode, ended.stdout) == (1, "")
    return ended.stderr


# A password that is wrong is met by every way to start; what is told of another fault differs by the fault, not by the way.
@pytest.mark.parametrize("start", ["migrate", "gunicorn"])
def test_a_superuser(platform: Platform, start: str) -> None:
    assert refusal(platform, replace(CLUSTER.superuser, name=DATABASE), start) == (
        "The role postgres of DATABASE_URL is a superuser or bypasses row security; nothing isolates such a role. "
        "Make one for Workix: CREATE ROLE workix_owner LOGIN CREATEROLE PASSWORD '…'; "
        "CREATE DATABASE workix OWNER workix_owner;\n"
    )


@pytest.mark.parametrize("start", STARTS)
def test_a_wrong_password(platform: Platform, start: str) -> None:
    said = refusal(platform, replace(OWNER, password=Secret("not-it")), start)
    assert said.startswith("The database of DATABASE_URL can't be reached: ")
    assert said.endswith(f'password authentication failed for user "{OWNER.user}"\n')
    assert ("Traceback" in said, "not-it" in said, said.count("\n")) == (False, False, 1)


@pytest.mark.parametrize("start", ["run", "worker"])
def test_nobody_there(platform: Platform, start: str) -> None:
    port = free_port()
    said = refusal(platform, replace(OWNER, port=port), start)
    assert said.startswith("The database of DATABASE_URL can't be reached: ")
    assert (f"port {port} failed: Connection refused" in said, "Traceback" in said, said.count("\n")) == (
        True,
        False,
        1,
    )


@pytest.mark.parametrize("start", ["gunicorn", "worker"])
def test_no_address(platform: Platform, start: str) -> None:
    platform.more["DATABASE_URL"] = ""
    ended = platform.python(*STARTS[start])
    assert (ended.returncode, ended.stdout, ended.stderr) == (
        1,
        "",
        "DATABASE_URL must be set. On a developer's machine `make run` brings a database of its own.\n",
    )
