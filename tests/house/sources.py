"""Our own files, as the house tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import AppConfig, apps

from tools.packages import checked, everything, folder_of, folders_of_tests, foundation, is_own_test, product

PROJECT = Path(__file__).resolve().parents[2]
PRODUCT, CHECKED, FOUNDATION = (tuple(map(folder_of, names)) for names in (product(), checked(), foundation()))
#: What the image holds of it: examples are loaded by settings of their own, which are beside the product.
SHIPPED = tuple(folder for folder in PRODUCT if "/" not in folder)
#: The folders of tests, an app's own among them; their files are not the app's, whatever is asked about it.
TESTS = folders_of_tests()
ALL = (*map(folder_of, everything()), *TESTS[1:])

#: How the names end of what the compiler of protocol buffers writes.
MADE_BY_PROTOC = "_pb2"

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def python_files(*packages: str) -> list[Path]:
    """List the Python files we wrote: Django's migrations are not among them."""
    return [file for file in files(*packages, suffix=".py") if "migrations" not in file.parts]


@cache
def files(*packages: str, suffix: str) -> list[Path]:
    found = {
        file
        for package in packages
        for file in (PROJECT / package).rglob(f"*{suffix}")
        if package in TESTS or not is_own_test(file)
    }
    ours = (file for file in found if "__pycache__" not in file.parts and not file.stem.endswith(MADE_BY_PROTOC))
    return sorted(ours)


def name(file: Path) -> str:
    """Name a file as one reads it: from the project's folder."""
    return file.relative_to(PROJECT).as_posix()


@cache
def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(text_of(file), filename=str(file))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """List all that a file says, in the order of `ast.walk`: many rules ask for it, and to walk takes as long as to parse."""
    return tuple(ast.walk(parsed(file)))


def of_the_project() -> list[AppConfig]:
    """Find the installed apps that lie in this project, whichever they are."""
    inside = tuple(f"{package}." for package in product())
    return [app for app in apps.get_app_configs() if f"{app.name}.".startswith(inside)]


def of_the_foundation(thing: type) -> bool:
    """Say whether a class is the foundation's, whose pages tell of it; a feature app tells of itself."""
    return thing.__module__.partition(".")[0] in FOUNDATION


def calls(file: Path) -> Iterator[ast.Call]:
    return (node for node in nodes(file) if isinstance(node, ast.Call))


def dotted(node: ast.AST) -> str:
    """Write `a.b.c` as it stands in the source; an empty text for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def imported(file: Path) -> Iterator[str]:
    """Name everything a file imports, with its module."""
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
