"""tools/install.py: makes .venv, and names the true cause where it can't."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import install

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder, as far as the installer sees it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def program(file: Path, *lines: str) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(["#!/bin/sh", *lines]))
    file.chmod(0o755)
    return str(file)


def test_a_python_too_old_is_told_so() -> None:
    install.refuse_old_python((3, 11, 0))
    with pytest.raises(SystemExit) as refusal:
        install.refuse_old_python((3, 9, 18))
    assert refusal.value.code == (
        f"Workix needs Python 3.11 or newer, and {sys.executable} is 3.9. "
        "Install one, or name it: make PYTHON=python3.13 run"
    )


def test_no_permission_to_write_is_said_and_not_that_venv_is_missing(folder: Path) -> None:
    folder.chmod(0o555)

    def install_as_nobody() -> None:
        if os.geteuid() == 0:  # whom no mode bits stop
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        with pytest.raises(SystemExit) as refusal:
            install.make_virtualenv()
        assert refusal.value.code == (
            f"{folder / '.venv'} can't be written: Permission denied. Workix installs its packages there."
        )

    process = multiprocessing.get_context("fork").Process(target=install_as_nobody)
    process.start()
    process.join()
    assert process.exitcode == 0


def test_a_python_without_venv_is_told_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program(folder / "python", "echo No module named venv", "exit 1"))
    with pytest.raises(
        SystemExit, match=r"^This Python has no venv\. On Debian and Ubuntu: apt-get install python3-venv$"
    ):
        install.make_virtualenv()
    assert not (folder / ".venv").exists()


def test_any_other_fault_of_venv_is_told_in_its_own_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program(folder / "python", "echo No space left on device", "exit 1"))
    with pytest.raises(SystemExit) as refusal:
        install.make_virtualenv()
    assert refusal.value.code == f"{folder / 'python'} -m venv failed:\nNo space left on device"


def test_what_pip_cannot_install_is_said_and_leaves_no_marker(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    program(folder / ".venv" / "bin" / "python", '[ "$3" = --version ] && exit 0', "echo no such package", "exit 1")
    with pytest.raises(SystemExit) as refusal:
        install.install("requirements-run.txt")
    assert refusal.value.code == (
        "pip could not install requirements-run.txt: its own words are above. Run make again to go on."
    )
    assert capfd.readouterr().out == "Installing what requirements-run.txt lists …\nno such package\n"
    assert not (folder / ".venv" / "requirements-run.installed").exists()


@pytest.mark.slow
def test_a_broken_venv_is_made_anew(folder: Path) -> None:
    program(folder / ".venv" / "bin" / "python", "exit 1")
    (folder / "nothing.txt").write_text("")
    install.install("nothing.txt")
    answer = subprocess.run(
        [".venv/bin/python", "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True
    )
    assert answer.stdout == f"{folder / '.venv'}\n"
    assert (folder / ".venv" / "nothing.installed").exists()
