"""Private names of dependencies: docs/private-api.md lists every one that the product uses, and nothing besides."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps

PROJECT = Path(__file__).resolve().parents[3]
PAGE = PROJECT / "docs" / "private-api.md"
#: Written by Python's own machinery, or documented in spite of the underscore.
PUBLIC_ALL_THE_SAME = {"_meta", "_value_", "_state"}
#: Entry points of processes, which can't just be imported.
LEFT_OUT = ("workix.gunicorn",)


def product_modules() -> Iterator[ModuleType]:
    """Import every module of every package that holds an app of ours."""
    ours = {app.name.partition(".")[0] for app in apps.get_app_configs() if _is_ours(Path(app.path))}
    for package in sorted(ours):
        root = importlib.import_module(package)
        yield root
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if found.name not in LEFT_OUT and ".migrations" not in found.name:
                yield importlib.import_module(found.name)


def private_names(module: ModuleType) -> Iterator[str]:
    """Name the private attributes that a module's classes take or override from classes that are not ours."""
    for name, kind in vars(module).items():
        if inspect.isclass(kind) and kind.__module__ == module.__name__ and kind.__name__ == name:
            used = _attributes(ast.parse(textwrap.dedent(inspect.getsource(kind)))) - PUBLIC_ALL_THE_SAME
            for base in kind.__mro__[1:]:
                if not _is_defined_here(base):
                    yield from (f"{base.__module__.partition('.')[0]}: {each}" for each in used & vars(base).keys())


def excused_names() -> Iterator[str]:
    """Name what stands on a line that is excused from ruff's rule about private members."""
    for file in PROJECT.glob("*/**/*.py"):
        relative = file.relative_to(PROJECT)
        if relative.parts[0] in ("tests", "benchmarks", ".venv", "var") or not file.is_file():
            continue
        for line in file.read_text(encoding="utf-8").splitlines():
            if "noqa: SLF001" in line:
                yield from re.findall(r"\.(_[a-z]\w*)", line.partition("#")[0])


def _attributes(tree: ast.AST) -> set[str]:
    taken = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    defined = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    return {name for name in taken | defined if name.startswith("_") and not name.startswith("__")}


def _is_defined_here(kind: type) -> bool:
    module = sys.modules.get(kind.__module__)
    file = getattr(module, "__file__", None)
    return file is not None and _is_ours(Path(file))


def _is_ours(file: Path) -> bool:
    return PROJECT in file.resolve().parents and ".venv" not in file.parts


@pytest.fixture(scope="module")
def used() -> set[str]:
    return {name for module in product_modules() for name in private_names(module)}


def _listed() -> list[tuple[str, str]]:
    """Read the page: (library, name) of each row."""
    return re.findall(r"^\| ([\w-]+) \| `(_\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_private_name_is_on_the_page_and_no_other(used: set[str]) -> None:
    names = {each.partition(": ")[2] for each in used} | set(excused_names())
    assert names == {name for _, name in _listed()}, (
        "A private name came or went: bring docs/private-api.md up to date."
    )


def test_each_row_says_what_was_tried_and_which_test_would_notice() -> None:
    rows = [
        line.split(" | ")
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and "`_" in line
    ]
    assert [row[1] for row in rows if len(row) != 5 or not re.search(r"\d", row[3])] == []
    tests = [test for row in rows for test in re.findall(r"`(tests/[\w/.]+)`", row[4])]
    assert len(tests) >= len(rows)
    assert [test for test in tests if not (PROJECT / test).is_file()] == []


def test_a_private_name_that_is_taken_would_be_found() -> None:
    module = ModuleType("ours")

    class Taking(pytest.Item):
        def runtest(self) -> None:
            self._nodeid = "taken"

    assert _attributes(ast.parse(textwrap.dedent(inspect.getsource(Taking)))) == {"_nodeid"}
    assert list(private_names(module)) == []
