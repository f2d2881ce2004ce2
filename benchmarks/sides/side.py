"""What both sides of a comparison have to offer, so that one harness can drive them."""

from __future__ import annotations

from typing import Protocol

from benchmarks.servers import Launch, Server

PEOPLE = 20
PASSWORD = "correct-horse-battery-staple-7"  # noqa: S105 - of throw-away organizations only


class Side(Protocol):
    name: str
    settings: dict[str, str]

    def set_up(self) -> None:
        """Bring an empty database to where organizations can be opened."""

    def launch(self) -> Launch:
        """Say how its server is started."""

    def prepare(self, server: Server) -> str:
        """Make an organization of `PEOPLE` people; return an access token of its admin."""
