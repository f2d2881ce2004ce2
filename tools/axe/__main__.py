"""Installs axe-core (npm) where the accessibility test looks for it: `python -m tools.axe`."""

from __future__ import annotations

from pathlib import Path

from tools.npm import install

FOLDER = Path("var/axe").resolve()

if __name__ == "__main__":
    install(Path(__file__).parent, FOLDER, without="pages are not looked through for barriers")
