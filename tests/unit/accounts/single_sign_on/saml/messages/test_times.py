"""Times of SAML (xs:dateTime): read in UTC only, and compared with a minute's skew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from accounts.single_sign_on.saml.messages.errors import InvalidMessage
from accounts.single_sign_on.saml.messages.times import read_time, require_now, write_time

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-11-26T12:00:00Z", "2026-11-26T12:00:00.1234567Z"])
def test_a_time_is_read(text: str) -> None:
    assert read_time(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "2026-11-26",
        "2026-11-26T12:00:00",
        "2026-11-26T12:00:00+01:00",
        "2026-13-26T12:00:00Z",
        "٢026-11-26T12:00:00Z",
    ],
)
def test_what_is_no_time_in_utc_is_refused(text: str | None) -> None:
    with pytest.raises(InvalidMessage):
        read_time(text)


def test_a_time_is_written_in_utc() -> None:
    assert write_time(datetime(2026, 11, 26, 13, 0, tzinfo=timezone(timedelta(hours=1)))) == "2026-11-26T12:00:00Z"


@pytest.mark.parametrize(
    ("not_before", "not_on_or_after", "is_good"),
    [
        (None, None, True),
        ("2026-11-26T12:01:00Z", None, True),
        ("2026-11-26T12:01:01Z", None, False),
        (None, "2026-11-26T11:59:01Z", True),
        (None, "2026-11-26T11:59:00Z", False),
    ],
)
def test_what_is_good_now_is_good_within_a_minute(
    not_before: str | None, not_on_or_after: str | None, is_good: bool
) -> None:
    refused = False
    try:
        require_now(not_before, not_on_or_after, now=NOON)
    except InvalidMessage:
        refused = True

    assert refused is not is_good
