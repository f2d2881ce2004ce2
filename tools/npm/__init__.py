"""Installs packages of npm, with the versions of a lock file, where a test looks for them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def install(source: Path, folder: Path, *files: str, without: str) -> None:
    """Copy the lock file and `files` from `source` to `folder`, and install there; where that can't be, say what is left out."""
    npm = shutil.which("npm")
    if npm is None:
        print(f"npm is not installed: {without}.")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", *files):
        shutil.copy(source / name, folder)
    if subprocess.run((npm, *CI), cwd=folder, check=False).returncode:
        print(f"npm could not install: {without}.")
