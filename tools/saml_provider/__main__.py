"""Installs the SAML identity provider (npm: samlp) where its test looks for it: `python -m tools.saml_provider`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FOLDER = Path("var/saml_provider").resolve()


def main() -> int:
    """Return 0 when it is there, or can't be installed here: then the test says that it was skipped."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not installed: no identity provider of others signs on.")
        return 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "provider.js"):
        shutil.copy(HERE / name, FOLDER)
    command = (npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    if subprocess.run(command, cwd=FOLDER, check=False).returncode:
        print("npm could not install: no identity provider of others signs on.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
