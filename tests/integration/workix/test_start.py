"""How a process starts: importing the settings writes no file, and a bad environment is refused in sentences."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.house.sources import PROJECT, SHIPPED
from tests.servers import PATIENCE_SECONDS

MANAGE = ["manage.py"]
GUNICORN = ["-m", "gunicorn", "-c", "workix/gunicorn.py", "workix.wsgi"]
SIGN = "from django.core.signing import dumps, loads; print({}, end='')"


def run(arguments: list[str], folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


def tree(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*")}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Copy the project as a fresh clone has it: nothing was started there yet."""
    for package in (*SHIPPED, "templates", "static"):
        shutil.copytree(PROJECT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "manage.py", tmp_path)
    return tmp_path


@pytest.mark.parametrize("place", ["development", "test"])
def test_importing_the_settings_writes_nothing(place: str, bare: Path) -> None:
    before = tree(bare)
    done = run(["-c", "import workix.settings"], bare, WORKIX_ENV=place)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert tree(bare) == before


@pytest.mark.slow
@pytest.mark.parametrize("command", ["help", "check"])
def test_a_command_that_needs_no_secret_makes_none(command: str, bare: Path) -> None:
    before = tree(bare)
    assert run([*MANAGE, command], bare).returncode == 0
    assert tree(bare) == before


@pytest.mark.slow
def test_the_first_to_sign_makes_the_key_and_the_next_verifies_with_it(bare: Path) -> None:
    before = tree(bare)
    signed = run([*MANAGE, "shell", "--no-imports", "-c", SIGN.format("dumps(7)")], bare)
    read = run([*MANAGE, "shell", "--no-imports", "-c", SIGN.format(f"loads({signed.stdout!r})")], bare)
    assert (signed.stderr, read.stderr, read.stdout) == ("", "", "7")
    assert tree(bare) - before == {"var", "var/secrets", "var/secrets/secret_key"}


@pytest.mark.parametrize("program", [[*MANAGE, "check"], [*MANAGE, "run"], [*MANAGE, "migrate"], GUNICORN], ids=str)
def test_a_bad_environment_is_refused_in_sentences(program: list[str]) -> None:
    bad = {"WORKIX_TYPO": "1", "SENTRY_DSN": "nonsense", "WORKIX_DEBUG": "perhaps"}
    refused = run(program, PROJECT, **bad)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.splitlines() == [
        "Workix cannot start with this environment:",
        "  - SENTRY_DSN must look like https://key@host/1, as Sentry shows it.",
        "  - WORKIX_DEBUG must be true or false, not 'perhaps'.",
        "  - WORKIX_TYPO is no setting, see .env.example.",
    ]


#: What only web servers, or few jobs, need. Imported, it is half a command's start.
UNWANTED = {
    *("workix.urls", "workix.api.renderers", "accounts.admin", "accounts.api.urls", "audit.admin", "tenants.api.urls"),
    *("rest_framework.serializers", "rest_framework.views", "drf_spectacular.openapi", "structlog", "rich", "requests"),
    *("lxml", "signxml", "fido2", "jwt", "segno", "cryptography.x509", "django.test"),
}
#: They draw tables, write what the API writes, end tokens, and stay.
OTHERS = ("prove_isolation", "list_api_keys", "reset_second_factors", "run_worker")
START = """
import sys
import django
django.setup()
from django.core.checks import run_checks
from django.core.management import get_commands, load_command_class
from workix.core.checks import TAG
for name, app in get_commands().items():
    if app in ("accounts", "audit", "privacy", "quotas", "tenants") and name not in sys.argv:
        load_command_class(app, name)
run_checks(tags=[TAG])
print(*sys.modules)
"""


def test_a_command_starts_without_what_only_a_web_server_needs() -> None:
    done = run(["-c", START, *OTHERS], PROJECT, WORKIX_ENV="test", DJANGO_SETTINGS_MODULE="workix.settings")
    imported = set(done.stdout.split())
    assert "tenants.management.commands.migrate" in imported, done.stderr
    assert sorted(imported & UNWANTED) == []


@pytest.mark.parametrize("name", sorted(UNWANTED))
def test_what_is_unwanted_is_there(name: str) -> None:
    """A module that was renamed would be unwanted for ever."""
    assert find_spec(name) is not None
