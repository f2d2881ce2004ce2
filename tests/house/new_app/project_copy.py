"""A copy of the project with one feature app more, made by the command, whose guards are run as a newcomer would run them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.environment import WORKER
from tests.house.sources import PROJECT

APP = "data_sources"
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "var", "node_modules", "__pycache__", ".coverage*", "*.egg-info", ".pytest_cache"
)


class ProjectCopy:
    """Every file of the project, in a folder of its own; the test server of the original is used again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(PROJECT, folder, ignore=LEFT_OUT, dirs_exist_ok=True)
        (PROJECT / "var").mkdir(exist_ok=True)
        (folder / "var").symlink_to(PROJECT / "var")

    def fingerprints(self) -> dict[str, str]:
        """Tell what is in each file of ours."""
        files = (Path(at) / name for at, _, names in os.walk(self.folder) for name in names)
        ours = (file for file in files if not {"var", "__pycache__", ".pytest_cache"} & set(file.parts))
        return {
            file.relative_to(self.folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in ours
        }

    @contextmanager
    def with_files(self, texts: Mapping[str, str]) -> Iterator[None]:
        """Have files say something else, or be there at all, for a while."""
        before = {file: self.read(file) for file in texts}
        for file, text in texts.items():
            (self.folder / file).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / file).write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            for file, text in before.items():
                path = self.folder / file
                path.write_text(text, encoding="utf-8") if text else path.unlink()

    def read(self, file: str) -> str:
        path = self.folder / file
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run Python in the copy; return how it ended, and what it said on one line: tools break lines anywhere."""
        command, environment = [sys.executable, *arguments], self.environment()
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def environment(self) -> dict[str, str]:
        """Make the environment of a process in the copy: that of the tests, with databases of its own."""
        left_out = ("COVERAGE_", "PYTEST_", "COV_", "DJANGO_SETTINGS_MODULE")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
        return kept | {"TEST_RUN": f"copy{WORKER}", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"}

    def manage(self, *arguments: str) -> tuple[int, str]:
        return self.run("manage.py", *arguments)

    def guard(self, *tests: str) -> tuple[int, str]:
        cache = f"cache_dir={self.folder / '.pytest_cache'}"  # not in var/, which is the original's
        return self.run("-m", "pytest", "-q", "-p", "pytest_django.plugin", "-o", cache, *tests)
