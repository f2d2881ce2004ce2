"""A moment is written as Django writes a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from django.template import Context, Template
from django.utils.formats import localize

from workix.admin.moments import moment


def test_a_moment_reads_as_every_other_time_of_the_pages() -> None:
    for month in range(1, 13):
        value = datetime(2026, month, month * 2, month, 5, 59, tzinfo=UTC)
        assert moment(value) == localize(value)
        assert moment(value.astimezone(timezone(timedelta(hours=5)))) == localize(value)
    assert (
        Template("{{ at|moment }}").render(Context({"at": datetime(2026, 9, 1, tzinfo=UTC)})) == "1 Sep 2026, 00:00:00"
    )
