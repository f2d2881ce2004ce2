"""A development gets what a production must be given; whatever was given stays, and elsewhere nothing is done."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from devserver.environment import PROJECT, prepare

NAMES = ("secret_key", "master_secret", "signing_keys")


@pytest.mark.parametrize("kind", ["production", "test"])
def test_nothing_is_made_elsewhere(kind: str, tmp_path: Path) -> None:
    environ = {"WORKIX_ENV": kind, "WORKIX_VAR": str(tmp_path)}
    prepare(environ, command="migrate")
    assert (environ, list(tmp_path.iterdir())) == ({"WORKIX_ENV": kind, "WORKIX_VAR": str(tmp_path)}, [])


@pytest.mark.parametrize("command", ["", "--version", "check", "stop"])
def test_a_command_without_database_starts_none(command: str, tmp_path: Path) -> None:
    environ = {"WORKIX_VAR": str(tmp_path)}
    prepare(environ, command=command)
    assert environ == {
        "WORKIX_VAR": str(tmp_path),
        "SECRET_KEY_FILE": str(tmp_path / "secrets" / "secret_key"),
        "WORKIX_MASTER_SECRET_FILE": str(tmp_path / "secrets" / "master_secret"),
        "WORKIX_SIGNING_KEYS_FILE": str(tmp_path / "secrets" / "signing_keys"),
    }
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "secrets").iterdir()} == dict.fromkeys(
        NAMES, 0o600
    )


def test_what_was_given_stays(tmp_path: Path) -> None:
    given = {
        "WORKIX_VAR": str(tmp_path),
        "DATABASE_URL": "postgresql://owner@database.invalid/workix",
        "SECRET_KEY": "given",
        "WORKIX_MASTER_SECRET_FILE": "/given",
        "WORKIX_SIGNING_KEYS": "given",
    }
    environ = dict(given)
    prepare(environ, command="migrate")
    assert (environ, list(tmp_path.iterdir())) == (given, [])


def test_secrets_are_drawn_once(tmp_path: Path) -> None:
    def drawn() -> dict[str, str]:
        prepare({"WORKIX_VAR": str(tmp_path)}, command="check")
        return {file.name: file.read_text() for file in (tmp_path / "secrets").iterdir()}

    assert drawn() == drawn()


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        SystemExit, match=r"can't be used: Not a directory\. Workix keeps its data there: set WORKIX_VAR\.$"
    ):
        prepare({"WORKIX_VAR": str(tmp_path / "file")}, command="check")


def test_importing_the_settings_writes_no_file(tmp_path: Path) -> None:
    environ = {"WORKIX_VAR": str(tmp_path)}
    prepare(environ, command="check")
    before = {file for file in tmp_path.rglob("*") if file.is_file()}
    subprocess.run([sys.executable, "-c", "import workix.settings"], cwd=PROJECT, env=environ, check=True)
    assert {file for file in tmp_path.rglob("*") if file.is_file()} == before
