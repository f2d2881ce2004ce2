"""Reads lock files (requirements*.txt): which distribution is locked at which version."""

from __future__ import annotations

import re
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)


def locked(*files: Path) -> dict[str, str]:
    """Return the version of each distribution that `files` pin, by its name in lower case with hyphens (PEP 503)."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in _PIN.findall(text)}
