"""The log files of web server and worker (var/log), and which of their lines a developer sees: warnings and errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from honcho.manager import SYSTEM_PRINTER_NAME
from honcho.printer import Message, Printer

from devserver.terminal import Terminal

_SHOWN_LEVELS = ("warning", "error", "critical")
_FIRST_FIELDS = ("level", "event", "logger", "timestamp", "exception")


class LogPrinter(Printer):
    """What honcho hands every line of every process to. The logs of the run before are kept as `<name>.log.1`."""

    def __init__(self, folder: Path, terminal: Terminal) -> None:
        super().__init__()
        self._folder = folder
        self._terminal = terminal
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in folder.glob("*.log"):
            file.replace(file.with_name(f"{file.name}.1"))

    def write(self, message: Message) -> None:
        if message.name == SYSTEM_PRINTER_NAME:  # honcho's own words on starts and signals
            return
        with (self._folder / f"{message.name}.log").open("ab") as log:
            log.write(message.data)
        shown = for_developers(message.data.decode(errors="replace").rstrip("\n"))
        if shown:
            self._terminal.say(f"{message.name}: {shown}", style="yellow")


def for_developers(line: str) -> str | None:
    """Write a JSON log line in plain words, and what is no log line as it is; None for what is no news."""
    try:
        entry = json.loads(line)
    except ValueError:
        return line or None
    if not isinstance(entry, dict):
        return line
    return _in_words(entry) if entry.get("level") in _SHOWN_LEVELS else None


def _in_words(entry: dict[str, Any]) -> str:
    rest = "".join(f" {name}={value}" for name, value in entry.items() if name not in _FIRST_FIELDS)
    exception = f"\n{entry['exception']}" if entry.get("exception") else ""
    return f"{entry['level']}: {entry.get('event', '')}{rest}{exception}"
