"""Commands of ours, found by themselves: what prints something takes --json, and every argument says what it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from tests.house.rule import assert_kept
from tests.house.sources import PROJECT
from tools.site import commands as reference
from tools.site.commands import arguments_of

#: Commands that carry on, or stand for, one of Django's or a library's: their options are that one's.
OF_OTHERS = {
    "axes_list_attempts": "django-axes'",
    "makemigrations": "Django's",
    "migrate_schema": "Django's migrate, called by ours",
    "migrate_schemas": "django-tenants'",
}


def ours() -> Iterator[tuple[str, BaseCommand]]:
    """Load every command in a folder of the project."""
    for name, app in get_commands().items():
        command = load_command_class(app, name)
        module = type(command).__module__.partition(".")[0]
        if (PROJECT / module).is_dir() and name not in OF_OTHERS:
            yield name, command


@pytest.mark.fault("F11")
def test_what_a_command_prints_it_prints_as_json_too() -> None:
    without = [
        name
        for name, command in ours()
        if not getattr(command, "tells_nothing", "")
        and not any("--json" in each.option_strings for each in arguments_of(name, command))
    ]
    assert_kept(
        "a command that prints something takes --json",
        without,
        mend="extend workix.core.commands.Command and print with answer(); or say in `tells_nothing` why it prints nothing.",
    )


@pytest.mark.fault("F11")
def test_a_command_says_what_it_does_and_what_it_needs() -> None:
    unsaid = [
        f"{name} {each.dest}" for name, command in ours() for each in arguments_of(name, command) if not each.help
    ] + [name for name, command in ours() if not command.help]
    assert_kept("a command and each of its arguments says what it is for", unsaid, mend='write help="…", a sentence.')


def test_the_commands_of_ours_are_found() -> None:
    assert {"create_operator", "set_plan", "list_jobs", "migrate", "tenant_command", "run"} <= {
        name for name, _ in ours()
    }


def test_the_page_of_commands_is_current() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "Run: make docs"


def test_the_page_has_every_command_of_ours() -> None:
    assert {name for name, _ in ours()} - {name for name, _ in reference.commands()} == set()
