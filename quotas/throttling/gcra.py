"""GCRA (generic cell rate algorithm): what a rate is, and what a store of rates answers."""

# Note [GCRA]
# A rate of 600 in 60 seconds is a bucket of 600 units that fills by one unit each tenth of a second. All that is kept is the
# moment at which the bucket will be full again (the "theoretical arrival time" of ITU-T I.371): taking a unit moves it one
# step further, and it may lie no further ahead than the whole window. So whoever was quiet may take `most` at once, and
# from then on one a step: in any stretch of `t` seconds no more than `most * (1 + t / seconds)`. Times are whole microseconds,
# in PostgreSQL, in Redis and here: the last unit of a window is not lost to rounding. The clock is the store's, one for all.

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import Protocol

_MICROSECONDS = 1_000_000
#: Below so many a window a unit is taken one at a time: see Note [Leases].
_LEASED_FROM = 100
#: A lease is this part of a window, and none is given that would leave less than `_RESERVE` of it.
_LEASE, _RESERVE = 10, 5


@dataclass(frozen=True)
class Rate:
    """At most `most` requests at once, and as many in each `seconds`; `most` up to a million a second. See Note [GCRA]."""

    name: str
    most: int
    seconds: int
    #: In microseconds: the time in which one unit comes back, the whole window, and what of it is never leased.
    step: int = field(init=False)
    span: int = field(init=False)
    reserve: int = field(init=False)
    #: How many units a process asks for at once.
    batch: int = field(init=False)
    #: As draft-ietf-httpapi-ratelimit-headers writes it.
    policy: str = field(init=False)

    def __post_init__(self) -> None:
        span = self.seconds * _MICROSECONDS
        batch = self.most // _LEASE if self.most >= _LEASED_FROM else 1
        made = {"step": max(1, span // self.most), "span": span, "reserve": span // _RESERVE, "batch": batch}
        for name, value in {**made, "policy": f'"{self.name}";q={self.most};w={self.seconds}'}.items():
            object.__setattr__(self, name, value)

    def remaining(self, debt: float) -> int:
        """Return how many units there are when the bucket is full again in `debt` microseconds."""
        return max(0, int((self.span - debt) // self.step))

    def retry_after(self, debt: float) -> int:
        """Return in how many seconds there is a unit again."""
        return max(1, ceil((debt + self.step - self.span) / _MICROSECONDS))

    def limit_field(self, debt: float, remaining: int) -> str:
        """Write the item of the field RateLimit: what is left, and in how many seconds all of it is."""
        return f'"{self.name}";r={remaining};t={-(-int(debt) // _MICROSECONDS)}'


@dataclass(frozen=True, slots=True)
class Taken:
    """How many units a store gave (none: the rate is used up), and in how many microseconds the bucket is full again."""

    granted: int
    debt: int


class StoreDown(Exception):
    """The store of rates did not answer, or not with an answer."""


class Store(Protocol):
    """Where buckets are kept, for all processes."""

    def take(self, rate: Rate, whose: str, wanted: int) -> Taken:
        """Take `wanted` units where that leaves the reserve; else one, where there is one; else none.

        :raises StoreDown: when it can't be asked.
        """
        ...
