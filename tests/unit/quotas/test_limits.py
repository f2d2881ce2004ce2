"""What is left of a quota, and when it starts anew."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from quotas.limits import Balance
from quotas.models import Quota
from quotas.resources import get_resource
from workix.core.resources import MONTHLY, STOCK


def balance(**changes: object) -> Balance:
    usual: dict[str, object] = {
        "resource": get_resource("executions"),
        "limit": 1_000,
        "burst": 0,
        "used": 0,
        "reserved": 0,
        "period": MONTHLY,
        "period_starts_on": date(2026, 11, 1),
    }
    return Balance(**(usual | changes))  # type: ignore[arg-type]  # as named above


@pytest.mark.parametrize(
    ("starts_on", "resets_at"),
    [
        (date(2026, 1, 1), datetime(2026, 2, 1, tzinfo=UTC)),
        (date(2026, 11, 1), datetime(2026, 12, 1, tzinfo=UTC)),
        (date(2026, 12, 1), datetime(2027, 1, 1, tzinfo=UTC)),
        (date(2028, 2, 1), datetime(2028, 3, 1, tzinfo=UTC)),
    ],
)
def test_a_month_ends_where_the_next_one_begins(starts_on: date, resets_at: datetime) -> None:
    assert balance(period_starts_on=starts_on).resets_at == resets_at


def test_what_counts_what_is_there_never_starts_anew() -> None:
    assert balance(period=STOCK).resets_at is None


@pytest.mark.parametrize(("used", "reserved", "remaining"), [(0, 0, 10), (3, 4, 3), (10, 0, 0), (8, 8, 0)])
def test_what_is_left_is_never_less_than_nothing(used: int, reserved: int, remaining: int) -> None:
    assert balance(limit=10, used=used, reserved=reserved).remaining == remaining


def test_a_quota_shows_how_much_of_it_is_used() -> None:
    assert str(Quota(resource="users", used=2, limit=5)) == "users: 2 of 5"
