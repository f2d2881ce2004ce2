"""Finds the project's packages and feature apps by itself: `python -m tools.packages` prints the product's folders.

Everything that guards the code asks here, so an app that is added is guarded from its first file. The standard library
alone: the Makefile and the image call it too.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
#: Beside the product: no product module imports it, and none of it is in the image.
BESIDE = ("benchmarks", "devserver", "tests", "tools")
#: What is beside the product, and is typed, measured and looked through for holes like it.
CHECKED_BESIDE = ("devserver", "tools")
#: Each package in here is an app of its own, loaded by settings of its own.
EXAMPLES = "examples"
#: The floors of the foundation, from top to bottom; what stands in one line is side by side. A floor is a decision, so
#: they are named. Every other package of the product is a feature app, and is named nowhere.
FLOORS = (
    ("gateway",),
    ("privacy", "webhooks", "agents"),
    ("accounts",),
    ("quotas",),
    ("tenants",),
    ("audit",),
    ("workix",),
)
#: The folder of an app that holds its own tests: held to the rules of tests, and in no image.
TESTS = "tests"


def product(project: Path = PROJECT) -> tuple[str, ...]:
    """Name the product's packages as they are imported: accounts, …, workix, and examples.pipelines."""
    top = [name for name in _folders_of_python(project) if name not in (*BESIDE, EXAMPLES)]
    return (*top, *(f"{EXAMPLES}.{name}" for name in _folders_of_python(project / EXAMPLES)))


def foundation(project: Path = PROJECT) -> tuple[str, ...]:
    """Name the packages of the foundation that are there."""
    floors = {name for floor in FLOORS for name in floor}
    return tuple(name for name in product(project) if name in floors)


def checked(project: Path = PROJECT) -> tuple[str, ...]:
    """Name the product's packages, and what is checked like them."""
    return (*product(project), *(name for name in CHECKED_BESIDE if (project / name).is_dir()))


def measured(project: Path = PROJECT) -> tuple[str, ...]:
    """Name the packages whose coverage by tests is measured: tools are run by make, before there are tests."""
    return tuple(name for name in checked(project) if name != "tools")


def everything(project: Path = PROJECT) -> tuple[str, ...]:
    """Name every package of the project."""
    return (*product(project), *(name for name in BESIDE if (project / name).is_dir()))


def folders_of_tests(project: Path = PROJECT) -> tuple[str, ...]:
    """Name the folders that hold tests: tests, and that of each app which has its own."""
    own = (f"{folder_of(name)}/{TESTS}" for name in product(project))
    return (TESTS, *(folder for folder in own if (project / folder).is_dir()))


def is_own_test(file: Path, project: Path = PROJECT) -> bool:
    """Say whether a file stands in the folder of tests of an app."""
    parts = file.relative_to(project).parts
    depth = 2 if parts[0] == EXAMPLES else 1
    return parts[0] not in BESIDE and parts[depth : depth + 1] == (TESTS,)


def folder_of(package: str) -> str:
    """Name the folder of a package as tools are told it: examples/pipelines."""
    return package.replace(".", os.sep)


def _folders_of_python(parent: Path) -> list[str]:
    """List the folders with a Python file: one whose `__init__.py` was forgotten is not hidden by that."""
    if not parent.is_dir():
        return []
    folders = [each for each in parent.iterdir() if each.is_dir() and each.name.isidentifier()]
    return sorted(each.name for each in folders if each.name != "var" and any(each.glob("*.py")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", nargs="?", default="product", choices=("product", "checked", "measured"))
    parser.add_argument("--separator", default=" ")
    asked = parser.parse_args()
    named = {"product": product, "checked": checked, "measured": measured}[asked.which]()
    print(asked.separator.join(map(folder_of, named)))
