"""Where to look: a newcomer who guesses a name finds the file."""

from __future__ import annotations

import pytest

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT
from tools.pages import PAGES, first_line
from tools.where_to_look import TO_COME, WHERE, is_there

#: Said in a search, and in no file name.
SMALL_WORDS = {"of"}
NEWCOMERS_LOOK_FOR = (
    "idempotency, throttling, invitation, permission, trigger, privilege, lockout, health, metrics, settings, job, "
    "migration of tenants, error shape, pagination, admin base, token, password rules, audit entry, quota limit, log format, "
    "feature app, kubernetes, agent, approval, dry run, grpc, mcp"
)


def test_the_list_has_what_newcomers_look_for() -> None:
    assert sorted(WHERE) == sorted(NEWCOMERS_LOOK_FOR.split(", "))


@pytest.mark.parametrize("thing", [thing for thing in WHERE if is_there(thing)])
def test_what_is_looked_for_is_named_in_its_path_or_first_line(thing: str) -> None:
    said = f"{WHERE[thing]} {first_line(PROJECT / WHERE[thing])}".lower()
    assert_kept(
        "a newcomer finds a file by guessing its name",
        [
            f"{WHERE[thing]} does not say {word!r}"
            for word in thing.split()
            if word not in said and word not in SMALL_WORDS
        ],
        mend="say the word in the first line, or name the right file in tools/where_to_look.py.",
    )


def test_what_is_not_there_is_to_come() -> None:
    assert_kept(
        "the page leads to files that are there",
        [f"{thing}: {path}" for thing, path in WHERE.items() if thing not in TO_COME and not is_there(thing)],
        mend="name the file it is in now in tools/where_to_look.py.",
    )


def test_the_page_is_current() -> None:
    page = PROJECT / "docs" / "where-to-look.md"
    assert page.read_text(encoding="utf-8") == PAGES[page](), "Run: make docs"
