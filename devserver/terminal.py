"""Writes to the developer's terminal, without control characters (escape sequences) that came from elsewhere."""

from __future__ import annotations

from contextlib import suppress

from rich.console import Console

_LAYOUT = "\n\t"


class Terminal:
    """`say` shows a text as it is: no markup, no colours guessed, lines as long as they are."""

    def __init__(self) -> None:
        self.console = Console(highlight=False)

    def say(self, text: str, style: str = "") -> None:
        with suppress(OSError):  # a closed terminal: what runs is still to be ended in order
            self.console.print(printable(text), style=style, soft_wrap=True, markup=False)


def printable(text: str) -> str:
    return "".join(each if each.isprintable() or each in _LAYOUT else "\N{REPLACEMENT CHARACTER}" for each in text)
