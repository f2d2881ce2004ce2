"""manage.py signing_keys: lists the keys that sign access tokens (JWKS), rotates them live, and retires old ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accounts.tokens.key_rotation import replace_all, retire, rotate
from accounts.tokens.signing_keys import KeySet, SigningKey, key_set
from workix.core import commands

_ACTS = (
    "list (unless said); rotate: adds the next key; retire ID: takes away one whose tokens have ended;"
    " replace-all: for keys that leaked, a new one signs and no other is believed, from now on."
)


class Command(commands.Command):
    help = "Lists the keys that sign access tokens, adds the next one, or takes away one whose tokens have ended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "act", nargs="?", choices=("list", "rotate", "retire", "replace-all"), default="list", help=_ACTS
        )
        parser.add_argument("key", nargs="?", metavar="ID", help="Which one to retire, by the id that list prints.")

    def handle(self, *args: Any, act: str, key: str | None, **options: Any) -> None:
        if (act == "retire") != (key is not None):
            raise CommandError("Name the key to retire, and none otherwise: signing_keys retire ID.")
        now = timezone.now()
        try:
            found = _keys_after(act, key or "", now=now)
        except OSError as error:
            raise CommandError(f"The keys cannot be written: {error.strerror}.") from error
        self.answer(
            [_as_json(found, each, now=now) for each in found.keys],
            *(_as_line(found, each, now=now) for each in found.keys),
        )


def _keys_after(act: str, key: str, *, now: datetime) -> KeySet:
    if act == "rotate":
        return rotate(now=now)
    if act == "retire":
        return retire(key, now=now)
    return replace_all(now=now) if act == "replace-all" else key_set()


def _as_json(found: KeySet, key: SigningKey, *, now: datetime) -> dict[str, Any]:
    state = found.state_of(key, now=now)
    return {"id": key.id, "state": state, "signs_from": key.signs_from, "ends_at": key.ends_at}


def _as_line(found: KeySet, key: SigningKey, *, now: datetime) -> str:
    begins = f", signs from {key.signs_from:%Y-%m-%d %H:%M:%S} UTC" if key.signs_from else ""
    ends = f", verifies until {key.ends_at:%Y-%m-%d %H:%M:%S} UTC" if key.ends_at else ""
    return f"{key.id} is {found.state_of(key, now=now)}{begins}{ends}"
