"""Puts a feature app into FEATURE_APPS of the settings: the one line a new app needs outside its folder."""

from __future__ import annotations

import ast
from pathlib import Path

from django.core.management.base import CommandError

LIST = "FEATURE_APPS"


def add_to_settings(file: Path, app: str) -> str:
    """Add `app` to the end of the list, and return the line that does.

    :raises CommandError: where the list has no lines of its own.
    """
    text = file.read_text(encoding="utf-8")
    found = next((node for node in ast.parse(text).body if _is_the_list(node)), None)
    if found is None or found.end_lineno == found.lineno:
        raise CommandError(f"{file.name} has no list {LIST} with a line an app. Write it so, then call again.")
    line, lines = f'    "{app}",', text.splitlines(keepends=True)
    lines.insert((found.end_lineno or 0) - 1, f"{line}\n")
    file.write_text("".join(lines), encoding="utf-8")
    return line.strip()


def _is_the_list(node: ast.stmt) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == LIST
