"""A development gets what a production must be given; whatever was given stays, and elsewhere nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from devserver.environment import prepare


@pytest.mark.parametrize("kind", ["production", "test"])
def test_nothing_is_made_elsewhere(kind: str, tmp_path: Path) -> None:
    environ = {"WORKIX_ENV": kind, "WORKIX_VAR": str(tmp_path)}
    prepare(environ, command="migrate")
    assert (environ, list(tmp_path.iterdir())) == ({"WORKIX_ENV": kind, "WORKIX_VAR": str(tmp_path)}, [])


@pytest.mark.parametrize("command", ["", "--version", "check", "stop"])
def test_a_command_without_database_starts_none(command: str, tmp_path: Path) -> None:
    environ = {"WORKIX_VAR": str(tmp_path)}
    prepare(environ, command=command)
    assert (environ, list(tmp_path.iterdir())) == ({"WORKIX_VAR": str(tmp_path)}, [])


def test_what_was_given_stays(tmp_path: Path) -> None:
    given = {
        "WORKIX_VAR": str(tmp_path),
        "DATABASE_URL": "postgresql://owner@database.invalid/workix",
    }
    environ = dict(given)
    prepare(environ, command="migrate")
    assert (environ, list(tmp_path.iterdir())) == (given, [])


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match=r"^The bundled PostgreSQL can't be started here: .*/file: File exists\.$"):
        prepare({"WORKIX_VAR": str(tmp_path / "file")}, command="migrate")
