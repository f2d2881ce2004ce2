"""Leases: a process takes units of a rate in small batches, so that a request well under its limit pays no round trip."""

# Note [Leases]
# Units that are leased count at once, and come back by time, as all do. So a process may not keep them for long: a unit that
# has come back can be taken by somebody else, and used here it would be used twice. The units of a bucket come back in the
# order they were taken, one each step, so the n-th from the end of what was taken is out until n steps before the bucket is
# full. A process uses one only while it is out. Then all units that somebody may still use are among those that are out, and
# the limit holds as if each were taken when it is used. The price: a lease of a tenth of the window lasts as long as that.
# No lease is given for fewer than 100 a window, nor where it would leave less than a fifth: whoever comes near their limit is
# counted one by one, and is refused for what others have leased and not used by no more than four fifths of the window.
# Who was refused is refused here until there can be a unit again, and asks no store: nobody gives one back before.

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from quotas.throttling.gcra import Rate, Store

#: Buckets a process remembers; then it forgets all of them, and what it leased is lost. That errs on the side of the limit.
LARGEST = 10_000


@dataclass(slots=True)
class _Known:
    """What is known of one bucket. Times are those of the process's clock, in microseconds."""

    full_at: float
    leased: int
    refused_until: float = 0.0


class Count(NamedTuple):
    """One unit that was counted, or was refused: what is left, and in how many microseconds the bucket is full again."""

    rate: Rate
    is_refused: bool
    remaining: int
    debt: float


def _microseconds() -> float:
    return time.monotonic() * 1e6


class Leases:
    """Counts, in this process, what a store keeps for all of them."""

    def __init__(self, store: Store, clock: Callable[[], float] = _microseconds) -> None:
        self._store, self._clock, self._lock = store, clock, Lock()
        self._known: dict[tuple[str, str | int], _Known] = {}

    def count(self, rate: Rate, whose: str | int) -> Count:
        """Take one unit, of what is leased or from the store. See Note [Leases]. An id may be given as its number.

        :raises StoreDown: when the store has to be asked, and can't be.
        """
        key, now = (rate.name, whose), self._clock()
        with self._lock:
            known = self._known.get(key)
            if known is not None and (known.leased or known.refused_until > now):
                debt = known.full_at - now
                if known.refused_until > now:
                    return Count(rate, True, 0, debt)
                known.leased = min(known.leased, int(debt // rate.step)) - 1
                if known.leased >= 0:
                    return Count(rate, False, rate.remaining(debt) + known.leased, debt)
                known.leased = 0
        return self._take(rate, key, now)

    def _take(self, rate: Rate, key: tuple[str, str | int], now: float) -> Count:
        """Ask the store. `now` was read before: what is believed ends a moment early, and never late."""
        taken = self._store.take(rate, str(key[1]), rate.batch)
        known = _Known(now + taken.debt, max(0, taken.granted - 1))
        if not taken.granted:
            known.refused_until = known.full_at + rate.step - rate.span
        with self._lock:
            if len(self._known) >= LARGEST:
                self._known.clear()
            self._known[key] = known
        return Count(rate, not taken.granted, rate.remaining(taken.debt) + known.leased, taken.debt)

    def forget_all(self) -> None:
        """Know nothing any more; what was leased is lost."""
        with self._lock:
            self._known.clear()
