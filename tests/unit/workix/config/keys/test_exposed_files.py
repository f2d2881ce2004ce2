"""Permissions of secrets' files: others on this machine neither read nor write one; a read-only mount is a container's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.unit.workix.config.environs import MASTER, PRODUCTION, faults
from workix.config.environment import read
from workix.config.exposed_files import ExposedFile
from workix.config.secrets import read_secret


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Put a secret where everybody gets to; pytest's own folders are closed."""
    closed = [each for each in tmp_path.parents if not each.stat().st_mode & 0o001] + [tmp_path]
    before = {each: each.stat().st_mode for each in closed}
    for each in closed:
        each.chmod(0o755)
    (tmp_path / "secret").write_text(MASTER)
    yield tmp_path / "secret"
    for each, mode in before.items():
        each.chmod(mode)


@pytest.mark.parametrize(
    ("mode", "said"), [(0o644, "read"), (0o604, "read"), (0o602, "write"), (0o666, "write"), (0o622, "write")]
)
def test_what_others_may_read_or_write_is_refused_and_the_mode_that_mends_it_is_named(
    file: Path, tmp_path: Path, mode: int, said: str
) -> None:
    file.chmod(mode)
    environ = {name: value for name, value in PRODUCTION.items() if name != "WORKIX_MASTER_SECRET"}
    assert faults({**environ, "WORKIX_MASTER_SECRET_FILE": str(file)}, tmp_path) == (
        f"WORKIX_MASTER_SECRET cannot be read from {file}: everybody on this machine may {said} it: chmod o-{said[0]}.",
    )


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o640, 0o660])
def test_what_is_its_owners_and_groups_is_read(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert read_secret(file).reveal() == MASTER


def test_a_closed_folder_closes_what_is_in_it_to_readers(file: Path) -> None:
    """So secrets of Compose lie on the host; nothing may be written by everybody for all that."""
    file.chmod(0o644)
    file.parent.chmod(0o700)
    assert read_secret(file).reveal() == MASTER
    file.chmod(0o666)
    with pytest.raises(ExposedFile):
        read_secret(file)


def test_a_link_is_what_it_leads_to(file: Path) -> None:
    file.chmod(0o644)
    hidden = file.parent / "hidden"
    hidden.mkdir(0o700)
    (hidden / "link").symlink_to(file)
    with pytest.raises(ExposedFile):
        read_secret(hidden / "link")


def test_a_read_only_mount_is_a_containers_own(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may mount anything: what the kernel says of a mount is put in its mouth."""
    file.chmod(0o444)
    monkeypatch.setattr(os, "fstatvfs", lambda _descriptor: SimpleNamespace(f_flag=os.ST_RDONLY))
    assert read_secret(file).reveal() == MASTER
    file.chmod(0o446)
    with pytest.raises(ExposedFile):
        read_secret(file)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    environ = {name: value for name, value in PRODUCTION.items() if name != "SECRET_KEY"}
    gone = tmp_path / "gone"
    assert faults({**environ, "SECRET_KEY_FILE": str(gone)}, tmp_path) == (
        f"SECRET_KEY cannot be read from {gone}: No such file or directory.",
    )
    assert read(PRODUCTION, base=tmp_path).secret_key.file is None
