"""Bar chart of usage by month (SVG): the geometry and the words of it; templates/admin/dashboard/usage_chart.html draws it."""

# Note [A chart without a script]
# The policy of our pages (CSP) lets no style and no script stand inside them. So shapes are drawn on the server, and colors
# come by class from admin.css, where the dark theme has its own. Who can't see it has a title, a description, and the table.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotas.usage.months import MONTHS, Month

#: In units of the picture, which is as wide as a phone and grows with the window.
WIDTH, HEIGHT = 372, 170
_LEFT, _TOP, _BOTTOM = 48, 16, 144
_SLOT = (WIDTH - _LEFT) // MONTHS
_GAP = 5
_UNITS = ((1_000_000_000, "bn"), (1_000_000, "M"), (1_000, "k"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: what was used is a rectangle, the limit a line over it."""

    month: Month
    x: int
    middle: int
    y: int
    limit_y: int
    #: Every other month has its name below: for more there is no room on a phone.
    is_named: bool

    @property
    def height(self) -> int:
        return _BOTTOM - self.y


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template needs to draw it."""

    bars: Sequence[Bar]
    top_label: str
    limit_path: str
    description: str
    width, height, left, top, bottom = WIDTH, HEIGHT, _LEFT, _TOP, _BOTTOM
    bar_width = _SLOT - _GAP


def chart_of(months: Sequence[Month]) -> Chart | None:
    """Draw up to twelve months, oldest first, the last one on the right; None when nothing was used in any of them."""
    if not any(month.used for month in months):
        return None
    top = max(max(month.used, month.limit) for month in months)
    first = WIDTH - _SLOT * len(months)
    bars = [
        Bar(
            month,
            x=first + _SLOT * number + _GAP // 2,
            middle=first + _SLOT * number + _SLOT // 2,
            y=_height_of(month.used, top),
            limit_y=_height_of(month.limit, top),
            is_named=(len(months) - 1 - number) % 2 == 0,
        )
        for number, month in enumerate(months)
    ]
    steps = (f"V{bar.limit_y}H{first + _SLOT * (number + 1)}" for number, bar in enumerate(bars))
    path = f"M{first} {bars[0].limit_y}{''.join(steps)}"
    return Chart(bars, _short(top), path, _in_words(months))


def _height_of(amount: int, top: int) -> int:
    """Say where `amount` ends. A little is to be seen, too."""
    return _BOTTOM - max(round((_BOTTOM - _TOP) * amount / top), 1 if amount else 0)


def _short(number: int) -> str:
    for size, sign in _UNITS:
        if number >= size:
            return f"{number // (size // 10) / 10:g}{sign}"
    return str(number)


def _in_words(months: Sequence[Month]) -> str:
    most = max(months, key=lambda month: month.used)
    over = sum(month.is_over for month in months)
    beyond = f" Months with more than the limit: {over}." if over else ""
    since, now = months[0].starts_on, months[-1]
    return (
        f"A bar for each month since {since:%B %Y}, and a line for the limit. Most was used: {most}. "
        f"So far this month: {now.used:,} of {now.limit:,}.{beyond}"
    )
