"""Raw SQL and bulk writes go around a model's save(): the file says why, where a reader and an auditor see it."""

# Note [Why a file goes around the models]
# The trail sees such writes too, through triggers; a reader should see them as well. The reason stands in the file as a
# comment, and there is no list of files anywhere: `git grep -n "# Raw SQL:"` and `git grep -n "# Bulk write:"` are the
# list. A folder that is made of SQL says so once, in its `__init__.py`; an app as a whole can't.

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.rule import assert_kept
from tests.house.sources import PRODUCT, PROJECT, calls, dotted, name, python_files

RAW_SQL, BULK_WRITE = "# Raw SQL: ", "# Bulk write: "
MEND = (
    "use a queryset or a method of the model. If that can't do it, say why in the file, under its first line: "
    "`{marker}<reason>`, and expect a reader's question."
)
#: Receivers whose `update` changes no row: the ambient context, dictionaries, digests.
NOT_A_QUERYSET = ("Current", "digest", "event", "headers", "statements")
FEWEST_WORDS = 4


def speaks_sql(call: ast.Call) -> bool:
    if dotted(call.func).endswith("RawSQL"):
        return True
    if not isinstance(call.func, ast.Attribute) or ast.unparse(call.func.value) == "super()":
        return False
    return call.func.attr in ("execute", "executemany", "raw", "extra", "copy", "RawSQL")


def writes_rows(call: ast.Call) -> bool:
    """Recognize a bulk write or a conditional UPDATE; `RunSQL` of migrations is read with them."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in ("bulk_create", "bulk_update"):
        return True
    receiver = dotted(call.func.value).split(".")[0]
    named = [keyword for keyword in call.keywords if keyword.arg]
    return call.func.attr == "update" and bool(named) and not call.args and receiver not in NOT_A_QUERYSET


KINDS = pytest.mark.parametrize(
    ("rule", "marker", "goes_around"),
    [
        ("raw SQL stands only in a file that says why", RAW_SQL, speaks_sql),
        ("bulk writes and conditional updates stand only in a file that says why", BULK_WRITE, writes_rows),
    ],
    ids=["raw SQL", "bulk write"],
)


@KINDS
def test_a_file_that_goes_around_the_models_says_why(
    rule: str, marker: str, goes_around: Callable[[ast.Call], bool]
) -> None:
    found = [
        f"{name(file)}:{call.lineno} {ast.unparse(call)[:60]}"
        for file in python_files(*PRODUCT)
        if not _reasons(file, marker) and not _room(file, marker)
        for call in calls(file)
        if goes_around(call)
    ]
    assert_kept(rule, found, mend=MEND.format(marker=marker))


@KINDS
def test_no_reason_has_outlived_what_it_was_for(
    rule: str, marker: str, goes_around: Callable[[ast.Call], bool]
) -> None:
    idle = [
        name(file)
        for file in python_files(*PRODUCT)
        if file.name != "__init__.py" and _reasons(file, marker) and not any(map(goes_around, calls(file)))
    ]
    assert_kept("a reason goes when what it explains goes", idle, mend=f"delete the line `{marker}…`.")


@KINDS
def test_a_reason_is_a_sentence(rule: str, marker: str, goes_around: Callable[[ast.Call], bool]) -> None:
    short = [
        f"{name(file)}: {reason}"
        for file in python_files(*PRODUCT)
        for reason in _reasons(file, marker)
        if len(reason.split()) < FEWEST_WORDS
    ]
    assert_kept(f"{rule}, in {FEWEST_WORDS} words or more", short, mend="say what a queryset could not do here.")


def test_no_app_excuses_itself_as_a_whole() -> None:
    """A folder inside an app may be made of SQL; an app may not."""
    whole = [
        name(PROJECT / package / "__init__.py")
        for package in PRODUCT
        for marker in (RAW_SQL, BULK_WRITE)
        if _reasons(PROJECT / package / "__init__.py", marker)
    ]
    assert_kept("an app says file by file why it goes around the models", whole, mend="move the line to those files.")


def _room(file: Path, marker: str) -> bool:
    """Say whether a folder around the file, below its app, says that it is made of this."""
    inside = [
        folder for folder in file.parents if folder.is_relative_to(PROJECT) and name(folder) not in (".", *PRODUCT)
    ]
    return any(_reasons(folder / "__init__.py", marker) for folder in inside)


def _reasons(file: Path, marker: str) -> list[str]:
    """Read what the comments of a file give as reasons."""
    if not file.exists():
        return []
    text = file.read_text(encoding="utf-8")
    if marker not in text:
        return []
    comments = [
        each.string for each in tokenize.generate_tokens(io.StringIO(text).readline) if each.type == tokenize.COMMENT
    ]
    return [each.removeprefix(marker) for each in comments if each.startswith(marker)]
