"""Vocabulary: names and texts use the field's own words, and none that only this house would know."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT, name

#: Private word -> what the field says.
PRIVATE = {
    r"walls?": "isolation",
    r"seal(?:s|ed|ing)?": "schema objects, or signature",
    r"doors?": "entry point, ModelAdmin",
    r"witness\w*": "audit trigger",
    r"bury|buries|buried|burying": "remove",
    r"graves?": "severe, or the file's own name",
    r"furnish\w*": "configure",
    r"places": "realms, or what they are",
    r"stamp(?:s|ed|ing)?": "audit context, marker, time",
}
#: Ordinary English, and names that others depend on.
ORDINARY = {
    "wall time": "time on the clock, as opposed to CPU time",
    "wall-clock": "the same",
    "same places": "spots in the code",
    'f"seal:': "part of a key that issued tokens were made with",
    "public.witness()": "a function of an earlier release, which is renamed",
    "called it witness": "the same",
    "A sealed trail": "a requirement in the words it was asked in",
    "HEIGHT_OF_DOORS": "a setting nobody has, in a test",
}
SUFFIXES = {
    ".py",
    ".sql",
    ".html",
    ".txt",
    ".md",
    ".js",
    ".css",
    ".cfg",
    ".toml",
    ".yml",
    ".yaml",
    ".in",
    ".json",
    ".sh",
    ".conf",
    "",
}
#: What was written once and is not changed, or talks of the past: old names stay there.
LEFT_OUT = {
    ".git",
    ".hypothesis",
    ".venv",
    "var",
    "node_modules",
    "__pycache__",
    "migrations",
    "upgrade",
    "CHANGELOG.md",
    "LICENSE",
    ".pytest_cache",
}
_ORDINARY = re.compile("|".join(map(re.escape, ORDINARY)), re.IGNORECASE)
_WORDS = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(PRIVATE)})(?![A-Za-z])", re.IGNORECASE)


def test_no_word_is_private() -> None:
    assert_kept(
        "names and texts use the field's own words",
        (f"{name(file)}:{number} {word}" for file in _texts() for number, word in _private_words(file)),
        mend="say what the field says: "
        + "; ".join(f"{re.findall('[a-z]+', word)[0]}: {said}" for word, said in PRIVATE.items())
        + ". Ordinary English is listed in ORDINARY, with its meaning.",
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("the walls of a tenant", ["walls"]),
        ("def seal_schema():", ["seal"]),
        ("Door, Witness, _GRAVE", ["Door", "Witness", "GRAVE"]),
        ("timestamps, wallet, indoors, gravel", []),
        ("Wall time, and a wall", ["wall"]),
    ],
)
def test_a_private_word_would_be_found(tmp_path: Path, line: str, found: list[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text(line)
    assert [word for _, word in _private_words(page)] == found


def _texts() -> Iterator[Path]:
    for folder, folders, files in os.walk(PROJECT):
        folders[:] = [each for each in folders if each not in LEFT_OUT]
        paths = (Path(folder) / each for each in files if each not in LEFT_OUT and not each.startswith("requirements"))
        yield from (path for path in paths if path.suffix in SUFFIXES and path != Path(__file__))


def _private_words(file: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        yield from ((number, word) for word in _WORDS.findall(_ORDINARY.sub("", line)))
