"""Secrets whose file is replaced while we run: seen within seconds, never half, and by one stat() at most every five."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import PROJECT
from workix.config.environment import read
from workix.config.secrets import SEEN_WITHIN, LiveSecret, Secret, read_secret, replace_secret
from workix.config.values import make_signing_key


def number(text: str) -> Secret:
    """Take numbers for secrets, and nothing else."""
    return Secret(str(int(text)))


class Clock:
    """Stands for the module `time`: its monotonic() moves when we say so."""

    now = 1_000.0

    def monotonic(self) -> float:
        return self.now

    def shift(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr("workix.config.secrets.time", stopped)
    return stopped


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "secret"
    found.write_text("1\n")
    return found


@pytest.fixture
def live(file: Path) -> LiveSecret:
    return LiveSecret(number(file.read_text()), file, number)


def test_a_file_that_is_replaced_is_read_by_who_runs_already(file: Path, live: LiveSecret, clock: Clock) -> None:
    assert live.reveal() == "1"
    replace_secret(file, "2")
    assert live.reveal() == "1", "it was looked at just now"
    clock.shift(SEEN_WITHIN)
    assert live.reveal() == "2"


def test_what_was_replaced_before_it_was_first_asked_for_is_seen_at_once(file: Path, live: LiveSecret) -> None:
    replace_secret(file, "2")
    assert live.reveal() == "2"


@pytest.mark.parametrize("spoil", ["gone", "no number", "no text", "a folder"])
def test_what_is_none_is_told_and_the_one_before_holds(
    file: Path, live: LiveSecret, clock: Clock, spoil: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("ERROR", "workix.config")
    assert live.reveal() == "1"
    {
        "gone": file.unlink,
        "no number": lambda: replace_secret(file, "hunter2"),
        "no text": lambda: file.write_bytes(b"\xff\xfe"),
        "a folder": lambda: (file.unlink(), file.mkdir()),
    }[spoil]()
    clock.shift(SEEN_WITHIN)
    assert live.reveal() == "1"
    assert [record.message for record in caplog.records] == ["secret.unreadable"]
    assert "hunter2" not in caplog.text
    if spoil == "a folder":
        file.rmdir()
    file.write_text("3")
    clock.shift(SEEN_WITHIN)
    assert live.reveal() == "3"


def test_it_is_looked_for_once_in_five_seconds_however_often_it_is_asked_for(
    file: Path, live: LiveSecret, clock: Clock
) -> None:
    live.reveal()
    file.unlink()
    assert [live.reveal() for _ in range(1_000)] == ["1"] * 1_000
    clock.shift(SEEN_WITHIN - 0.1)
    assert live.reveal() == "1"


def test_a_symbolic_link_that_is_turned_is_seen(tmp_path: Path, clock: Clock) -> None:
    """Kubernetes replaces a mounted secret so."""
    for version in ("1", "2"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "secret").write_text(version)
    (tmp_path / "data").symlink_to("1")
    live = LiveSecret(Secret("1"), tmp_path / "data" / "secret", number)
    assert live.reveal() == "1"
    (tmp_path / "new").symlink_to("2")
    (tmp_path / "new").replace(tmp_path / "data")
    clock.shift(SEEN_WITHIN)
    assert live.reveal() == "2"


def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, make_signing_key().encode())
    os.close(writing)
    try:
        keys = read({"WORKIX_SIGNING_KEYS_FILE": f"/dev/fd/{reading}"}, base=tmp_path).signing_keys
        assert keys.reveal() == keys.reveal() != ""
    finally:
        os.close(reading)


def test_keys_of_a_file_and_of_development_are_live_and_those_of_a_variable_are_not(
    tmp_path: Path, clock: Clock
) -> None:
    file = tmp_path / "keys"
    file.write_text(make_signing_key())
    named = read({"WORKIX_SIGNING_KEYS_FILE": str(file)}, base=tmp_path).signing_keys
    drawn = read({}, base=tmp_path).signing_keys
    typed = read({"WORKIX_SIGNING_KEYS": file.read_text()}, base=tmp_path).signing_keys
    assert [each.file for each in (named, drawn, typed)] == [file, tmp_path / "var/secrets/signing_keys", None]
    before = [each.reveal() for each in (named, drawn, typed)]
    for each in (named, drawn):
        assert each.file is not None
        replace_secret(each.file, make_signing_key())
    clock.shift(SEEN_WITHIN)
    assert [each.reveal() == old for each, old in zip((named, drawn, typed), before, strict=True)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_the_new_file_has_the_mode_of_the_old_one(file: Path, mode: int) -> None:
    file.chmod(mode)
    replace_secret(file, "2")
    assert (read_secret(file).reveal(), stat.S_IMODE(file.stat().st_mode)) == ("2", mode)
    assert list(file.parent.iterdir()) == [file]


def test_behind_a_link_the_file_is_replaced_and_the_link_stays(file: Path) -> None:
    link = file.parent / "link"
    link.symlink_to(file)
    replace_secret(link, "2")
    assert (link.is_symlink(), file.read_text()) == (True, "2")


def test_a_disk_that_is_full_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace_secret(file, "2")
    assert (file.read_text(), list(file.parent.iterdir())) == ("1\n", [file])


@pytest.mark.parametrize("where", ["fchown", "fchmod", "fsync"])
def test_who_is_killed_while_writing_leaves_a_whole_file(file: Path, where: str) -> None:
    program = (
        "import os, signal; from pathlib import Path; from workix.config.secrets import replace_secret;"
        f"os.{where} = lambda *_: os.kill(os.getpid(), signal.SIGKILL);"
        f"replace_secret(Path({str(file)!r}), '2' * 100_000)"
    )
    died = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False)
    assert (died.returncode, file.read_text()) == (-9, "1\n")
    replace_secret(file, "2")
    assert file.read_text() == "2", "what it left behind is in nobody's way"
