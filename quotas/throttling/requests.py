"""Rate limits of requests: which rates a request counts for, and what is said of them in headers."""

# Note [Who is counted]
# Whoever is known counts for themselves and for their organization, whatever address they come from; nobody known, by the
# address (an IPv6 /64), and for no organization: strangers use up nothing of it. What a view names in `throttle_scopes`
# counts for a rate of its own besides. Log-ins, sign-ups and mails have counters of their own: quotas/rate_limits.py.

# Note [When the store is down]
# Then these rates are open: an outage of the store is none of the platform, and what must not be open (log-ins, sign-ups,
# mails) is counted elsewhere, and closed. It is counted, an alert tells of it, and for a second nobody asks the store again:
# what does not answer would hold each request up.

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings

from quotas.throttling.gcra import Rate, Store, StoreDown
from quotas.throttling.leases import Count, Leases
from quotas.throttling.postgres_store import PostgresStore
from tenants.models import Organization
from tenants.plans import Plan
from workix.config.secrets import Secret
from workix.core.current import Context
from workix.core.errors import TooMany
from workix.observability import metrics
from workix.web.client_address import network_of

logger = logging.getLogger("workix.rate_limits")

#: Requests of a whole organization in a minute.
OF_ORGANIZATION: Mapping[str, int] = {Plan.FREE: 3_000, Plan.PRO: 12_000, Plan.ENTERPRISE: 60_000}
#: Name in a view's `throttle_scopes` -> requests of an organization in an hour.
OF_SCOPE: Mapping[str, int] = {"exports": 60}
#: In seconds: for how long a store that did not answer is not asked. See Note [When the store is down].
LEFT_ALONE = 1.0

#: Where a request keeps the headers of what it was counted for. A client's own headers have HTTP_ before their names.
COUNTED = "quotas.counted_request"

LIMIT, POLICY = "RateLimit", "RateLimit-Policy"

Headers = dict[str, str]


def leases() -> Leases:
    """Return those of this process: over Redis where there is one, else over the database."""
    url = settings.WORKIX.redis_url
    return _leases(url.reveal() if url else "")


@lru_cache(maxsize=1)
def _leases(url: str) -> Leases:
    """Keep them until REDIS_URL names another place, or another password: what was leased is then left to its end."""
    return Leases(_store(url))


def _store(url: str) -> Store:
    if not url:
        return PostgresStore()
    from quotas.throttling.redis_store import RedisStore  # noqa: PLC0415  # its library, only where it is used

    return RedisStore(Secret(url), prefix=settings.WORKIX.role_prefix)


class _Outage:
    """Until when the store is left alone, by time.monotonic()."""

    until = 0.0


def count_request(context: Context, scope: str = "") -> Headers:
    """Count a request for every rate it is of, and return what its answer says of them; nothing where nothing is limited.

    :raises TooMany: when one of them is used up.
    """
    if not settings.WORKIX.rate_limits or time.monotonic() < _Outage.until:
        return {}
    counts: list[Count] = []
    try:
        for rate, whose in _rates_of(context, scope):
            counts.append(leases().count(rate, whose))
            if counts[-1].is_refused:
                raise _too_many(counts)
    except StoreDown:
        _Outage.until = time.monotonic() + LEFT_ALONE
        metrics.RATE_LIMITS_DOWN.labels("open").inc()
        logger.exception("rate_limits.store_down")
        return {}
    return _headers(counts)


def forget_all() -> None:
    """Know nothing of any bucket, and ask the store anew."""
    _leases.cache_clear()
    _Outage.until = 0.0


def _rates_of(context: Context, scope: str) -> list[tuple[Rate, str | int]]:
    """See Note [Who is counted]."""
    actor, organization = context.actor, context.organization
    found: list[tuple[Rate, str | int]]
    if actor.id is None:
        found = [(_rate("address", settings.WORKIX.requests_of_address), _network(context.ip_address))]
    else:
        found = [(_rate("actor", settings.WORKIX.requests_of_actor), actor.id.int)]
        if isinstance(organization, Organization):
            found.append((_rate("organization", OF_ORGANIZATION[organization.plan]), organization.id.int))
    if scope:
        found.append((_rate(scope, OF_SCOPE[scope], 3600), organization.id.int if organization else 0))
    return found


@lru_cache(maxsize=64)
def _rate(name: str, most: int, seconds: int = 60) -> Rate:
    return Rate(name, most, seconds)


@lru_cache(maxsize=4_096)
def _network(address: str) -> str:
    return network_of(address, ipv4=32)


def _headers(counts: list[Count]) -> Headers:
    """Write the fields of draft-ietf-httpapi-ratelimit-headers."""
    return {
        POLICY: ", ".join([each.rate.policy for each in counts]),
        LIMIT: ", ".join([each.rate.limit_field(each.debt, each.remaining) for each in counts]),
    }


def _too_many(counts: list[Count]) -> TooMany:
    refused = counts[-1]
    wait = refused.rate.retry_after(refused.debt)
    of = {"actor": "of yours", "address": "from your address", "organization": "of your organization"}
    return TooMany(
        f"Too many requests {of.get(refused.rate.name, f'for {refused.rate.name}')}. Try again in {wait} seconds.",
        retry_after=wait,
        more_headers=_headers(counts),
    )
