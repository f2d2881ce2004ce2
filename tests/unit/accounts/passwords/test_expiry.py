"""When a password is too old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from accounts.passwords.expiry import is_expired

SET = datetime(2026, 1, 1, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("days", "age", "expired"),
    [
        (None, timedelta(days=9_999), False),
        (1, timedelta(days=1) - MOMENT, False),
        (1, timedelta(days=1), True),
        (3_650, timedelta(days=3_649), False),
        (30, -timedelta(days=1), False),
    ],
)
def test_a_password_expires_at_the_end_of_its_last_day_and_never_without_a_lifetime(
    days: int | None, age: timedelta, expired: bool
) -> None:
    assert is_expired(SET, days, now=SET + age) is expired
