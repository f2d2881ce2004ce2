"""Settings of rate limits: how many requests, and where they are counted."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, PlainValidator

from workix.config import values
from workix.config.fields import setting
from workix.config.secrets import Secret


def redis_url(text: str) -> Secret:
    """Accept `redis://` or `rediss://` (TLS), a host, and maybe user, password, port and number of a database.

    :raises ValueError: in a sentence that never repeats the URL, since it holds a password.
    """
    parts = values.url_parts(text, "is not a URL: percent-encode the special characters of its password")
    database = parts.path.removeprefix("/")
    bare = not parts.query and not parts.fragment and (not database or (database.isascii() and database.isdecimal()))
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or not bare:
        raise ValueError("must look like redis://:password@host:6379/0, or rediss:// for TLS")
    return Secret(text)


RedisURL = Annotated[Secret | None, PlainValidator(values.from_secret(redis_url)), *values.SECRET]


class RateLimitSettings(BaseModel):
    """What an operator may set of them. Those of organizations come with their plans."""

    rate_limits: values.Boolean = setting(
        "WORKIX_RATE_LIMITS",
        "Whether requests to the API are limited. Log-ins, sign-ups and mails always are.",
        default=True,
    )
    requests_of_address: values.PositiveNumber = setting(
        "WORKIX_REQUESTS_OF_ADDRESS",
        "Requests without a credential that one address (IPv6: a /64) may make in a minute.",
        600,
    )
    requests_of_actor: values.PositiveNumber = setting(
        "WORKIX_REQUESTS_OF_ACTOR", "Requests that one person or API key may make in a minute.", 1_200
    )
    requests_at_once: values.PositiveNumber | None = setting(
        "WORKIX_REQUESTS_AT_ONCE",
        "Requests of one organization that one process answers at the same moment. Unset: as many as it has threads.",
        None,
    )
    redis_url: RedisURL = setting(
        "REDIS_URL",
        "Where requests are counted: redis://:password@host:6379/0, or rediss:// for TLS. Unset: in the database.",
        None,
    )
