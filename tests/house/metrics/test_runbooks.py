"""Runbooks: each alert has one, with the same sections, the alert's own numbers, and commands and series that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from tests.house.metrics.series import added_up, alerts, defined, family, named_in, recorded
from tests.house.rule import assert_kept
from tests.house.sources import PROJECT, SHIPPED, files, text_of

FOLDER = PROJECT / "docs" / "runbooks"
INDEX = FOLDER / "README.md"
PAGES = {file.stem: file for file in sorted(FOLDER.iterdir()) if file != INDEX}
SECTIONS = ["Meaning", "Impact", "First five minutes", "Mend"]
_SECTION = re.compile(r"^## ([^\n]+)\n\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"manage\.py ([a-z][^`\n]*)")
_EVENT = re.compile(r"`([a-z_]+\.[a-z_]+)`")
_ROW = re.compile(r"^\| \[(\w+)\]\((\w+)\.md\) \| (\w+) \| .+ \|$", re.MULTILINE)

pytestmark = pytest.mark.requirement("S33")


def test_every_alert_leads_to_its_runbook_and_every_runbook_has_an_alert() -> None:
    assert {file.name for file in PAGES.values()} == {f"{name}.md" for name in alerts()}
    assert {name: rule["annotations"]["runbook_url"] for name, rule in alerts().items()} == {
        name: f"docs/runbooks/{name}.md" for name in alerts()
    }


def test_the_index_lists_every_runbook_in_the_order_of_the_rules() -> None:
    expected = [(name, name, rule["labels"]["severity"]) for name, rule in alerts().items()]
    assert _ROW.findall(text_of(INDEX)) == expected


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_runbook_has_its_sections_and_the_numbers_of_its_rule(name: str) -> None:
    page, rule = text_of(PAGES[name]), alerts()[name]
    sections = _SECTION.findall(page)
    assert [title for title, _ in sections] == re.findall(r"^#{2,} (.+)$", page, re.MULTILINE) == SECTIONS
    assert [title for title, said in sections if not said.strip()] == []
    assert page.startswith(f"# {name}\n\n{_when(rule)}\n\n## "), _when(rule)
    (asked,) = re.findall(r"^```promql\n(.+?)^```$", dict(sections)["Meaning"], re.MULTILINE | re.DOTALL)
    assert asked.split() == rule["expr"].split(), "The rule and its runbook ask something else."
    assert re.findall(r"^1\. ", dict(sections)["First five minutes"], re.MULTILINE) == ["1. "]


def test_every_command_of_a_runbook_is_there_with_its_options() -> None:
    wrong = [f"{file.name}: {line}" for file in (*PAGES.values(), INDEX) for line in _unknown_commands(file)]
    assert_kept("a runbook names commands and options that exist", wrong, mend="see docs/operations.md, Commands.")


def test_every_series_of_a_runbook_is_there() -> None:
    known = set(defined()) | set(added_up()) | recorded()
    wrong = [
        f"{page}: {name}"
        for page, file in PAGES.items()
        for name in named_in(text_of(file))
        if family(name) not in known
    ]
    assert_kept("a runbook names series that exist", wrong, mend="see docs/observability.md, Metrics.")


def test_every_event_of_a_runbook_is_written_by_the_code() -> None:
    code = "".join(text_of(file) for suffix in (".py", ".sql") for file in files(*SHIPPED, suffix=suffix))
    wrong = [
        f"{page}: {event}"
        for page, file in PAGES.items()
        for event in _EVENT.findall(text_of(file))
        if not re.search(rf"[\"']{re.escape(event)}[\"']", code)
    ]
    assert_kept("a runbook names events that are logged or in the trail", wrong, mend="see where it is written.")


def _when(rule: dict[str, Any]) -> str:
    minutes = re.sub(r"\b(1 minute)s$", r"\1", re.sub(r"m$", " minutes", rule.get("for", "")))
    return f"*{rule['labels']['severity'].capitalize()}*, {f'once it has been so for {minutes}' if minutes else 'at once'}."


def _unknown_commands(file: Path) -> Iterator[str]:
    for line in _COMMAND.findall(text_of(file)):
        command, *arguments = shlex.split(line)
        if command not in get_commands():
            yield line
            continue
        parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
        given = {each.partition("=")[0] for each in arguments if each.startswith("-")}
        if given - {option for action in parser._actions for option in action.option_strings}:  # noqa: SLF001  # argparse has no other way
            yield line
