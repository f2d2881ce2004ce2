"""workix.config.groups.rate_limits: which URLs of Redis are taken, and that none is repeated."""

from __future__ import annotations

import pytest

from workix.config.groups.rate_limits import redis_url


@pytest.mark.parametrize(
    "url", ["redis://redis", "rediss://user:pass%2Fword@redis.example:6380/3", "redis://[::1]:6379/0"]
)
def test_a_url_of_redis_is_taken_as_it_is(url: str) -> None:
    assert redis_url(url).reveal() == url


@pytest.mark.parametrize(
    "url",
    [
        *("http://:hunter2@redis", "redis://", "redis://:hunter2@redis:port", "redis://:hunter2@redis/x"),
        *("redis://[hunter2", "redis://:hunter2@redis/0?socket_timeout=9", "redis://:hunter2@redis/0#x"),
    ],
)
def test_what_is_none_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ValueError, match=r"^(must look like|is not a URL)") as refusal:
        redis_url(url)
    assert "hunter2" not in str(refusal.value)
