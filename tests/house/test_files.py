"""A file is one room: it says what it is for, and is small enough to be read at once."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.sources import ALL, FUNCTIONS, PRODUCT, files, name, parsed, python_files
from tools.pages import first_line

LONGEST_FILE, LONGEST_LINE = 300, 130
#: A test may need a longer list of what it compares.
LONGEST_FUNCTION, LONGEST_TEST = 30, 40
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "services", "service", "misc", "base"}
#: Django finds a database backend by this name.
DICTATED = {"tenants/backend/base.py"}


def test_no_file_is_longer_than_one_sitting() -> None:
    too_long = {
        name(file): lines
        for suffix in (".py", ".sql")
        for file in files(*ALL, suffix=suffix)
        if "migrations" not in file.parts and (lines := len(file.read_text().splitlines())) > LONGEST_FILE
    }
    assert too_long == {}


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = {
        f"{name(file)}:{node.lineno} {node.name}": length
        for packages, longest in (((*PRODUCT, "devserver", "tools"), LONGEST_FUNCTION), (("tests",), LONGEST_TEST))
        for file in python_files(*packages)
        for node in ast.walk(parsed(file))
        if isinstance(node, FUNCTIONS) and (length := _length(node)) > longest
    }
    assert too_long == {}


def test_the_first_line_of_every_file_says_what_it_is_for() -> None:
    ours = [*python_files(*ALL), *files(*PRODUCT, suffix=".sql")]
    assert [name(file) for file in ours if not _has_a_purpose(file)] == []


def test_there_is_no_junk_drawer() -> None:
    rooms = {part for file in files(*ALL, suffix=".py") for part in _parts(file) if part in JUNK_DRAWERS}
    assert rooms == set()


def test_a_file_without_purpose_would_be_found(tmp_path: Path) -> None:
    silent = tmp_path / "silent.py"
    silent.write_text("answer = 42\n")
    assert not _has_a_purpose(silent)


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count lines from `def` to the last, without the docstring."""
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0)


def _has_a_purpose(file: Path) -> bool:
    purpose = first_line(file)
    return 0 < len(purpose) <= LONGEST_LINE


def _parts(file: Path) -> list[str]:
    return [] if name(file) in DICTATED else [*file.relative_to(file.anchor).parent.parts[-2:], file.stem]
