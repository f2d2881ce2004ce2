"""Untested files: every module of the product is reached by a test, and `make coverage` asks how much of it ran."""

# Note [Reached, then run]
# Whether a line ran, coverage knows, minutes later. What can be seen at once is whether a test could have run it: from
# what tests import, name or call, follow the imports. Django and the settings lead on as well, to modules they find by
# name (admin.py, models, commands, dotted names), but only in an app that has tests at all.

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.rule import assert_kept
from tests.house.sources import PRODUCT, PROJECT, TESTS, imported, name, nodes, python_files
from tools.untested import LEAST, too_little_run

#: Modules of an app that Django or this house imports by their names.
FOUND_BY_NAME = ("admin", "apps", "models", "api.urls", "management.commands", "en.formats")
MEND = "write tests/unit/<app>/test_<module>.py, in a feature app tests/test_<module>.py, or delete what nobody needs."


def test_every_file_is_reached_by_a_test() -> None:
    assert_kept(
        "every file is tested", (name(_modules()[each]) for each in _modules() if each not in _reached()), mend=MEND
    )


def test_a_file_that_hardly_ran_is_refused() -> None:
    report = {
        "files": {
            "pipelines/exports.py": {"summary": {"num_statements": 20, "percent_covered": 0.0}},
            "pipelines/models.py": {"summary": {"num_statements": 9, "percent_covered": float(LEAST)}},
            "pipelines/__init__.py": {"summary": {"num_statements": 0, "percent_covered": 100.0}},
        }
    }
    assert too_little_run(report) == ["pipelines/exports.py: 0 %"]


def test_what_imports_reach_is_followed_to_the_end() -> None:
    reached = _reached()
    assert {
        "accounts.tokens.access_tokens",
        "tenants.management.commands.migrate",
        "workix.web.formats.en.formats",
    } <= reached


@cache
def _reached() -> set[str]:
    """Follow what tests and settings name, and what they import, to the end."""
    tests = [file for file in python_files(*TESTS) if "house" not in file.parts]
    house = [file for file in python_files(*TESTS) if "house" in file.parts]  # talks of files it does not run
    waiting = {module for file in tests for module in _named_in(file)}
    waiting |= {module for file in house for module in map(_module_of, imported(file)) if module}
    reached: set[str] = set()
    while waiting:
        module = waiting.pop()
        reached.add(module)
        found = {*_named_in(_modules()[module]), *_found_by_name(module), *_parents(module)}
        waiting |= found - reached
    return reached


@cache
def _modules() -> dict[str, Path]:
    files = {file: file.relative_to(PROJECT).with_suffix("") for file in python_files(*PRODUCT)}
    return {".".join(path.parts).removesuffix(".__init__"): file for file, path in files.items()}


def _named_in(file: Path) -> Iterator[str]:
    """Name the modules a file imports, or writes in a text: as a dotted name, a path, or a word of a command line."""
    texts = (node.value for node in nodes(file) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    words = (word for text in texts if len(text) < 200 for word in text.split())
    for each in (*imported(file), *(word.removesuffix(".py").replace("/", ".") for word in words)):
        module = _module_of(each)
        if module:
            yield module


def _module_of(dotted: str) -> str:
    """Return the module that holds `a.b.name`, which may be a module itself."""
    while dotted and dotted not in _modules():
        dotted = dotted.rpartition(".")[0]
    return dotted


def _parents(module: str) -> list[str]:
    parts = module.split(".")
    return [parent for parent in (".".join(parts[:length]) for length in range(1, len(parts))) if parent in _modules()]


def _found_by_name(package: str) -> Iterator[str]:
    """Name what Django finds in an app by itself, and what the app's migrations import."""
    prefixes = tuple(f"{package}.{each}" for each in FOUND_BY_NAME)
    yield from (each for each in _modules() if each in prefixes or each.startswith(f"{package}.management.commands."))
    migrations = (PROJECT / package.replace(".", "/") / "migrations").glob("*.py")
    yield from (module for file in migrations for module in map(_module_of, imported(file)) if module)
