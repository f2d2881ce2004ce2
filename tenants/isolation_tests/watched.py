"""The watchdog of a proof: ends sessions of the attacker's role alone, by a plan of no time and little room (fair shares)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial

from tenants.plans import Plan, Share
from tenants.watchdog.connecting import Watching, connect
from tenants.watchdog.looking import end_sessions
from tenants.watchdog.watching import EVERY_SECONDS, beside

#: With the second of grace, what runs or is begun for longer than one is beyond it. Nobody else's sessions are looked at.
_SHARE = Share(40, statement=0, lock=0, idle_in_transaction=0, transaction=0, temp_megabytes=16)


@contextmanager
def watched(role: str) -> Iterator[None]:
    """Look as the worker does, as often and with the same statement, at the sessions of one role."""
    place = connect(f"watchdog of {role}"[:60])
    with closing(place.connection), beside(partial(_look_until, place, role)):
        yield


def _look_until(place: Watching, role: str, over: threading.Event) -> None:
    while not over.wait(EVERY_SECONDS):
        shares: dict[str, Share] = dict.fromkeys(Plan, _SHARE)
        end_sessions(place.connection, shares, sees_temp_files=not place.as_owner, among=[role])
