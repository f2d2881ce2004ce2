"""A copy of the project with one feature app more, whose guards are run as a newcomer would run them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.house.sources import PROJECT

APP, ITS_TESTS = Path(__file__).parent / "pipelines", Path(__file__).parent / "tests_of_pipelines.py"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "node_modules", "__pycache__", ".coverage*", "*.egg-info")

COLUMNS = 'ordinary="id name created_at updated_at"'
#: What an app needs outside of its own folder today: file, the text before which something is written, and what.
LINES = (
    ("workix/settings.py", '    "workix.api",\n', '    "pipelines",\n'),
    ("workix/settings.py", '"accounts", "audit", "workix.api", "django.contrib.sessions"]', '"pipelines", '),
    ("workix/urls.py", "from quotas.api.urls", "from pipelines.api.urls import urlpatterns as pipelines_paths\n"),
    ("workix/urls.py", "    *quotas_paths,\n", "    *pipelines_paths,\n"),
    ("audit/data_inventory.py", '        "sessions": _table(', f'        "pipelines": _table({COLUMNS}),\n'),
    ("tenants/isolation/privileges.py", '        "sessions": EVERY_ROW,\n', '        "pipelines": EVERY_ROW,\n'),
)


class ProjectCopy:
    """Every file of the project, in a folder of its own; the test server of the original is used again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(PROJECT, folder, ignore=LEFT_OUT, dirs_exist_ok=True)
        (PROJECT / "var").mkdir(exist_ok=True)
        (folder / "var").symlink_to(PROJECT / "var")

    def add_app(self) -> None:
        """Put the app in its place, with its tests, the lines it needs, and the pages that are generated."""
        shutil.copytree(APP, self.folder / "pipelines", ignore=LEFT_OUT)
        tests = self.folder / "tests" / "unit" / "pipelines"
        tests.mkdir()
        shutil.copy(ITS_TESTS, tests / "test_models.py")
        for file, before, line in LINES:
            self.replace(file, before, line + before)
        self.run("-m", "tools.pages")

    def replace(self, file: str, old: str, new: str) -> None:
        """Write `new` in place of the first `old` of a file, which has to be there."""
        text = (self.folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        (self.folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    @contextmanager
    def with_file(self, file: str, text: str) -> Iterator[None]:
        """Have a file say something else, or be there at all, for a while."""
        path = self.folder / file
        before = path.read_text(encoding="utf-8") if path.exists() else None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            path.unlink() if before is None else path.write_text(before, encoding="utf-8")

    def read(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run Python in the copy; return how it ended, and what it said on one line: tools break lines anywhere."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("COVERAGE_", "PYTEST_", "COV_"))}
        command = [sys.executable, *arguments]
        environment = kept | {"TEST_RUN": "copy", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"}
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def run_guard(self, guard: str) -> tuple[int, str]:
        """Run a module of tools, or a file of tests."""
        if guard.startswith("tools."):
            return self.run("-m", guard)
        cache = f"cache_dir={self.folder / '.pytest_cache'}"  # not in var/, which is the original's
        return self.run("-m", "pytest", "-q", "-p", "pytest_django.plugin", "-o", cache, *guard.split())
