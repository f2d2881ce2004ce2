"""File size, function length, folder size, names and first lines: a file is small, and says what it is for."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from statistics import mean, median

from tests.house.rule import assert_kept
from tests.house.sources import ALL, CHECKED, FUNCTIONS, PRODUCT, TESTS, files, imported, name, nodes, python_files
from tools.pages import first_line

LONGEST_FILE, LONGEST_LINE, USUAL_FILE = 300, 130, 60
#: A test may need a longer list of what it compares.
LONGEST_FUNCTION, LONGEST_TEST = 30, 40
BIGGEST_FOLDER, MOST_IMPORTS = 15, 8
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "services", "service", "misc", "base"}
#: Django finds a database backend by this name.
DICTATED = {"tenants/backend/base.py"}


def test_no_file_is_longer_than_one_sitting() -> None:
    too_long = [
        f"{name(file)}: {lines} lines"
        for suffix in (".py", ".sql")
        for file in files(*ALL, suffix=suffix)
        if "migrations" not in file.parts and (lines := _lines(file)) > LONGEST_FILE
    ]
    assert_kept(
        f"a file has at most {LONGEST_FILE} lines",
        too_long,
        mend="divide it by what its parts are for; each gets a name.",
    )


def test_half_of_all_files_are_short() -> None:
    usual = median(_lines(file) for file in python_files(*PRODUCT))
    assert_kept(
        f"half of the product's files have at most {USUAL_FILE} lines",
        [] if usual <= USUAL_FILE else [f"the median is {usual}"],
        mend="divide the files you touched by what their parts are for.",
    )


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = [
        f"{name(file)}:{node.lineno} {node.name}: {length} lines"
        for packages, longest in ((CHECKED, LONGEST_FUNCTION), (TESTS, LONGEST_TEST))
        for file in python_files(*packages)
        for node in nodes(file)
        if isinstance(node, FUNCTIONS) and (length := _length(node)) > longest
    ]
    assert_kept(
        f"a function has at most {LONGEST_FUNCTION} lines, a test {LONGEST_TEST}",
        too_long,
        mend="give its steps names of their own, below it.",
    )


def test_no_folder_is_a_heap() -> None:
    counted = Counter(file.parent for file in python_files(*ALL))
    heaps = [f"{name(folder)}/: {count} files" for folder, count in counted.items() if count > BIGGEST_FOLDER]
    assert_kept(
        f"a folder holds at most {BIGGEST_FOLDER} Python files, tests too (migrations apart)",
        heaps,
        mend="it has become two subjects: give one of them a folder named for it.",
    )


def test_files_know_few_others() -> None:
    ours = tuple(f"{package.replace('/', '.')}." for package in ALL)
    counts = [len({each for each in imported(file) if each.startswith(ours)}) for file in python_files(*PRODUCT)]
    assert_kept(
        f"a file imports at most {MOST_IMPORTS} names of ours on average",
        [] if mean(counts) <= MOST_IMPORTS else [f"the average is {mean(counts):.1f}"],
        mend="let one capability do what several callers put together by themselves.",
    )


def test_the_first_line_of_every_file_says_what_it_is_for() -> None:
    ours = [*python_files(*ALL), *files(*PRODUCT, suffix=".sql")]
    assert_kept(
        f"the first line of a file says what it is for, in at most {LONGEST_LINE} characters",
        [name(file) for file in ours if not _has_a_purpose(file)],
        mend="open it with a docstring (in SQL: `-- …`): one sentence, with the word somebody would search for.",
    )


def test_there_is_no_junk_drawer() -> None:
    ours = [file for file in files(*ALL, suffix=".py") if name(file) not in DICTATED]
    assert_kept(
        f"nothing is called {', '.join(sorted(JUNK_DRAWERS))}",
        [name(file) for file in ours if JUNK_DRAWERS & {*Path(name(file)).parts[:-1], file.stem}],
        mend="name it for what it does; two uses may repeat themselves, and three have a name in common.",
    )


def test_no_excuse_has_outlived_its_file() -> None:
    there = {name(file) for file in python_files(*ALL)}
    assert there >= DICTATED


def test_a_file_without_purpose_would_be_found(tmp_path: Path) -> None:
    silent = tmp_path / "silent.py"
    silent.write_text("answer = 42\n")
    assert not _has_a_purpose(silent)


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count lines from `def` to the last, without the docstring."""
    whole = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    return whole - ((first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0)


def _has_a_purpose(file: Path) -> bool:
    purpose = first_line(file)
    return 0 < len(purpose) <= LONGEST_LINE
