"""The store of rates in Redis: one Lua script a call, which Redis runs with nothing between."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from redis import BlockingConnectionPool, Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from quotas.throttling.gcra import Rate, StoreDown, Taken
from workix.config.keyed_hash import keyed_hash
from workix.config.secrets import Secret

#: In seconds: an answer takes a fraction of a millisecond, and a request waits for it.
PATIENCE = 0.5
#: Of one process. More threads than that wait for one another, for PATIENCE: a pool that refuses would pass for an outage.
CONNECTIONS = 50
_SCRIPT = (Path(__file__).parent / "take_from_rate.lua").read_text()


class RedisStore:
    """Begins the names of its keys with `prefix`, and waits `patience` seconds. Each process connects when it first asks."""

    def __init__(self, url: Secret, *, prefix: str, patience: float = PATIENCE) -> None:
        self._prefix = prefix
        # Once more, at once: a connection that lay idle may have been closed. To take twice errs on the side of the limit.
        pool = BlockingConnectionPool.from_url(
            url.reveal(),
            max_connections=CONNECTIONS,
            timeout=patience,
            socket_timeout=patience,
            socket_connect_timeout=patience,
            retry=Retry(NoBackoff(), 1),
        )
        self._redis = Redis.from_pool(pool)
        self._script = self._redis.register_script(_SCRIPT)

    def take(self, rate: Rate, whose: str, wanted: int, *, at: datetime | None = None) -> Taken:
        """See quotas.throttling.gcra.Store. `at` is the time for tests; None is the server's.

        :raises StoreDown: for whatever Redis, or the way there, says instead of an answer.
        """
        key = f"{self._prefix}:rate:{keyed_hash(f'rate:{rate.name}', whose)}"
        moment = "" if at is None else f"{at.timestamp() * 1e6:.0f}"
        try:
            granted, debt = self._script(keys=[key], args=[rate.step, rate.span, rate.reserve, wanted, moment])
        except (RedisError, OSError) as error:
            raise StoreDown from error
        return Taken(int(granted), int(debt))
