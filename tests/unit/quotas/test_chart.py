"""The chart of usage by month: bars and the line of the limit stand where they belong, whatever the numbers are."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quotas.usage.chart import HEIGHT, WIDTH, Chart, chart_of
from quotas.usage.months import Month, months_before
from workix.core.resources import LARGEST_INTEGER

numbers = st.integers(0, LARGEST_INTEGER)


def months(*amounts: tuple[int, int]) -> list[Month]:
    ending = date(2026, 1, 1)
    return [
        Month(months_before(ending, len(amounts) - 1 - place), used, limit)
        for place, (used, limit) in enumerate(amounts)
    ]


def test_what_was_used_is_a_bar_and_the_limit_a_line_in_steps() -> None:
    chart = chart_of(months((0, 500), (1_000, 1_000), (1, 1_000)))
    assert isinstance(chart, Chart)
    assert [(bar.y, bar.height, bar.month.is_full) for bar in chart.bars] == [
        (144, 0, False),
        (16, 128, True),
        (143, 1, False),
    ]
    assert (chart.limit_path, chart.top_label) == ("M291 80V80H318V16H345V16H372", "1k")
    assert [bar.is_named for bar in chart.bars] == [True, False, True]
    assert chart.description == (
        "A bar for each month since November 2025, and a line for the limit. "
        "Most was used: 1,000 of 1,000 in December 2025. So far this month: 1 of 1,000."
    )


def test_where_nothing_was_used_there_is_nothing_to_draw() -> None:
    assert [chart_of([]), chart_of(months((0, 0), (0, 5)))] == [None, None]


def test_a_share_says_reached_only_where_it_was() -> None:
    shares = [(month.percentage, month.is_full) for month in months((999, 1_000), (5, 4), (0, 0), (3, 0))]
    assert shares == [(99, False), (125, True), (None, False), (None, True)]


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=12))
def test_nothing_stands_outside_of_the_picture(amounts: list[tuple[int, int]]) -> None:
    chart = chart_of(months(*amounts))
    assert (chart is None) == all(used == 0 for used, _ in amounts)
    for bar in chart.bars if chart else ():
        assert 48 <= bar.x < bar.x + Chart.bar_width <= WIDTH
        assert 16 <= min(bar.y, bar.limit_y) <= max(bar.y, bar.limit_y) <= 144 < HEIGHT
        assert bar.height >= (bar.month.used > 0)
