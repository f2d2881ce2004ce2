"""The watchdog's loop: a thread of the worker that looks every half second, on a connection of its own."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from tenants.watchdog.aftermath import follow_up
from tenants.watchdog.connecting import Watching, connect
from tenants.watchdog.counting import SessionCounts
from tenants.watchdog.looking import end_sessions
from workix.observability import metrics

logger = logging.getLogger("workix.watchdog")

EVERY_SECONDS = 0.5
RECONNECT_SECONDS = 2.0
#: Where the owner works for the watchdog, it has to be let in by organizations that came since.
LENT_EVERY_SECONDS = 10.0
#: How often it counts the server's sessions for the metrics, beside looking at those of organizations.
COUNTED_EVERY_SECONDS = 3.0


@contextmanager
def watching() -> Iterator[None]:
    """Watch for as long as the block lasts. See Note [The watchdog]."""
    with ThreadPoolExecutor(1, thread_name_prefix="watchdog-trail") as trail, beside(partial(_keep_watching, trail)):
        yield


@contextmanager
def beside(look: Callable[[threading.Event], None]) -> Iterator[None]:
    """Have a thread look for as long as the block lasts: the event is set when it is over."""
    over = threading.Event()
    thread = threading.Thread(target=look, args=[over], name="watchdog")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _keep_watching(trail: ThreadPoolExecutor, over: threading.Event) -> None:
    """Look again and again; where the database is away, wait for it."""
    counts = SessionCounts()
    while not over.is_set():
        try:
            place = connect()
            with place.connection:
                _look_until(over, place, trail, counts)
        except Exception:  # whatever it was, the next look may do better
            logger.warning("watchdog.not_looking", exc_info=True)
            metrics.WATCHDOG_LOOKS.labels("failed").inc()
            counts.forget()
            over.wait(RECONNECT_SECONDS)
    counts.forget()


def _look_until(over: threading.Event, place: Watching, trail: ThreadPoolExecutor, counts: SessionCounts) -> None:
    lent = counted = time.monotonic()
    counts.count(place)
    while not over.wait(EVERY_SECONDS):
        if time.monotonic() - lent > LENT_EVERY_SECONDS:
            place.lend_rights()
            lent = time.monotonic()
        if time.monotonic() - counted > COUNTED_EVERY_SECONDS:
            counts.count(place)
            counted = time.monotonic()
        for ended in end_sessions(place.connection, sees_temp_files=not place.as_owner):
            trail.submit(follow_up, ended)
        metrics.WATCHDOG_LOOKS.labels("ok").inc()
