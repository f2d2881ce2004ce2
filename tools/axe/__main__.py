"""Installs axe-core (npm) where the accessibility test looks for it: `python -m tools.axe`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path("var/axe").resolve()


def main() -> int:
    """Return 0 when it is there, or can't be installed here: then the test says that it was skipped."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not installed: pages are not looked through for barriers.")
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER)
    command = (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    if subprocess.run(command, cwd=FOLDER, check=False).returncode:
        print("npm could not install: pages are not looked through for barriers.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
