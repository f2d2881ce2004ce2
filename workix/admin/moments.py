"""Date format of the pages (DATETIME_FORMAT), for what a list shows in every row: Django's own reads the format each time."""

from __future__ import annotations

from datetime import UTC, datetime

from django.template import Library
from django.utils.dates import MONTHS_3

register = Library()

_MONTHS = {number: str(name).title() for number, name in MONTHS_3.items()}


@register.filter(expects_localtime=False)
def moment(value: datetime) -> str:
    """Write a time in UTC as DATETIME_FORMAT of `workix.web.formats` has it: "j M Y, H:i:s"."""
    value = value.astimezone(UTC)
    return f"{value.day} {_MONTHS[value.month]} {value.year}, {value:%H:%M:%S}"
