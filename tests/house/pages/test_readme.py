"""What the pages say about the house is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.sources import FOUNDATION, PROJECT, name
from tools.pages import PAGES

PAGES_FOR_PEOPLE = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
_TARGET = re.compile(r"`make ([a-z]+)`")
_COMMAND = re.compile(r"`(?:python )?manage\.py ([a-z_]+)")


def test_the_map_is_current() -> None:
    page = PROJECT / "docs" / "map.md"
    assert page.read_text(encoding="utf-8") == PAGES[page](), "Run: make docs"


@pytest.mark.parametrize("page", PAGES_FOR_PEOPLE, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES_FOR_PEOPLE, ids=name)
def test_every_command_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = [target for target in _TARGET.findall(text) if not re.search(rf"^{target}:", makefile, re.MULTILINE)]
    ours = {file.stem for file in PROJECT.glob("*/management/commands/*.py")}
    of_libraries = {
        "check",
        "shell",
        "dbshell",
        "collectstatic",
        "spectacular",
        "makemigrations",
        "axes_reset_username",
    }
    assert (targets, [each for each in _COMMAND.findall(text) if each not in ours | of_libraries]) == ([], [])


def test_every_target_says_what_it_does_or_is_part_of_one_that_does() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"[a-z-]+", re.sub(r"\\\n", " ", makefile).partition(".PHONY:")[2].partition("\n")[0])
    told = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    parts = " ".join(re.findall(r"^(?:check|coverage): (.*) ##", makefile, re.MULTILINE))
    assert set(phony) - told == set(parts.split()) - told


def test_every_command_of_ours_is_in_the_operators_handbook() -> None:
    handbook = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")
    ours = (
        file for folder in (*FOUNDATION, "devserver") for file in (PROJECT / folder).glob("management/commands/*.py")
    )
    commands = {file.stem for file in ours} - {"__init__"}
    assert sorted(each for each in commands if f"manage.py {each}" not in handbook) == []
