"""Requirements as objects: parsed from their one table, with the state each is in and the tests that say they prove it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from specification.data_model import TABLES
from specification.requirement_rows import DONE, TABLE

PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One number: what was asked for, and the files that answer it."""

    number: str
    asked: str
    code: tuple[str, ...]

    @property
    def state(self) -> str:
        if self.number in DONE:
            return "done"
        return "under way" if self.code else "open"


@dataclass(frozen=True, slots=True)
class Chapter:
    """Requirements about one subject."""

    title: str
    requirements: tuple[Requirement, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Read the table, and the data model where its chapter is."""
    parts = (part.strip().partition("\n") for part in TABLE.split("\n# ")[1:])
    return tuple(
        Chapter(title, tuple(_requirement(line) for line in lines.splitlines()) or tuple(_columns()))
        for title, _newline, lines in parts
    )


def requirements() -> dict[str, Requirement]:
    return {each.number: each for chapter in chapters() for each in chapter.requirements}


@cache
def proofs(tests: Path = PROJECT / "tests") -> dict[str, tuple[str, ...]]:
    """Read the markers of all tests, without running any: number -> files that say they prove it."""
    found: dict[str, set[str]] = {}
    for file in sorted(tests.rglob("test_*.py")):
        for number in marked(file.read_text(encoding="utf-8")):
            found.setdefault(number, set()).add(file.relative_to(tests.parent).as_posix())
    return {number: tuple(sorted(files)) for number, files in found.items()}


def marked(source: str) -> set[str]:
    """Name the numbers in every `pytest.mark.requirement(…)` of a test file."""
    if "requirement(" not in source:
        return set()
    return {
        argument.value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "requirement"
        and ast.unparse(call.func) == "pytest.mark.requirement"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def _requirement(line: str) -> Requirement:
    number, asked, code = (cell.strip() for cell in line.split("|"))
    return Requirement(number, asked, tuple(code.split()))


def _columns() -> Iterator[Requirement]:
    for table in TABLES:
        for column in table.numbered():
            yield Requirement(column.number, f"`{table.name}.{column.name}`: {column.asked}.", (table.file,))
