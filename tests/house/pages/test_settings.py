"""Everything an operator can set is written down where operators look."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import PROJECT, name
from tools.pages import PAGES
from workix.config.environment import SETTINGS

EXAMPLE = PROJECT / ".env.example"
CONFIGURATION = PROJECT / "docs" / "configuration.md"


@pytest.mark.parametrize("page", [EXAMPLE, CONFIGURATION], ids=name)
def test_the_page_is_current(page: object) -> None:
    written = {path: write() for path, write in PAGES.items() if path == page}
    assert {path: path.read_text(encoding="utf-8") for path in written} == written, "Run: make docs"


def test_the_example_lists_every_setting_once() -> None:
    listed = re.findall(r"^# ([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == [each.name for each in SETTINGS]


def test_the_example_as_it_stands_changes_nothing() -> None:
    assert [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"] == []


def test_every_setting_says_what_it_does() -> None:
    assert [each.name for each in SETTINGS if not each.help.endswith((".", "!"))] == []
