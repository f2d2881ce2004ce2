"""Writes docs/commands.md: every management command of ours with its arguments, as it says them itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import django
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from tools.packages import PROJECT, foundation

PAGE = PROJECT / "docs" / "commands.md"
#: Of a developer's machine, and not in the image.
BESIDE = "devserver"
_HEAD = """\
# Commands

Every command of ours with its arguments, as `manage.py COMMAND --help` prints them; what one uses when is in
[operations](operations.md#commands). A refusal is one sentence on standard error and status 1. Beside these, each takes Django's
own options (`--verbosity`, `--traceback`, …). Generated from the code by `make docs`.
"""


def page() -> str:
    """Write a section a command, sorted by name. Django must be set up."""
    return _HEAD + "".join(_section(name, command) for name, command in commands())


def commands() -> Iterator[tuple[str, BaseCommand]]:
    """Load every command that is in a folder of the foundation, or of a developer's machine."""
    folders = {*foundation(), BESIDE}
    for name, app in sorted(get_commands().items()):
        command = load_command_class(app, name)
        if type(command).__module__.partition(".")[0] in folders:
            yield name, command


def _section(name: str, command: BaseCommand) -> str:
    where = " On a developer's machine only." if type(command).__module__.startswith(BESIDE) else ""
    rows = "".join(map(_row, arguments_of(name, command)))
    table = f"\n| argument | what it is |\n|---|---|\n{rows}" if rows else ""
    return f"\n## {name}\n\n{_cell(command.help)}{where}\n{table}"


def arguments_of(name: str, command: BaseCommand) -> list[argparse.Action]:
    """List the arguments a command takes besides those that every command has from Django."""
    djangos = {action.dest for action in _arguments(BaseCommand().create_parser("manage.py", "x"))}
    return [action for action in _arguments(command.create_parser("manage.py", name)) if action.dest not in djangos]


def _row(action: argparse.Action) -> str:
    return f"| `{_spelled(action)}` | {_cell(str(action.help or ''))}{_limits(action)} |\n"


def _arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001  # argparse has no other way


def _spelled(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    name = ", ".join(action.option_strings)
    return f"{name}{value}" if name else str(action.metavar or action.dest)


def _limits(action: argparse.Action) -> str:
    choices = f" One of {', '.join(f'`{each}`' for each in action.choices)}." if action.choices else ""
    required = " Required." if action.required and action.option_strings else ""
    return f"{choices}{required}"


def _cell(text: str) -> str:
    return " ".join(text.replace("%%", "%").split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(PROJECT))
