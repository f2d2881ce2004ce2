"""Times in SAML (xs:dateTime in UTC), and the clock skew that is borne."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from accounts.single_sign_on.saml.messages.errors import InvalidMessage

#: How far a provider's clock may be from ours.
SKEW = timedelta(seconds=60)

_UTC = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,12})?Z", re.ASCII)


def read_time(text: str | None) -> datetime:
    """Read a time, to the second.

    :raises InvalidMessage: when it is missing, none, or not in UTC.
    """
    found = _UTC.fullmatch(text or "")
    try:
        if found is not None:
            return datetime.fromisoformat(found.group(1)).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise InvalidMessage("A time is missing, or is not in UTC.")


def write_time(moment: datetime) -> str:
    """Write a time, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def require_now(not_before: str | None, not_on_or_after: str | None, *, now: datetime) -> None:
    """Make sure that it is good now; what is not said is no limit.

    :raises InvalidMessage: when it is not yet, or not any more.
    """
    if not_before is not None and now + SKEW < read_time(not_before):
        raise InvalidMessage("The assertion is not good yet: is a clock wrong?")
    if not_on_or_after is not None and now - SKEW >= read_time(not_on_or_after):
        raise InvalidMessage("The assertion is not good any more: it expired, or a clock is wrong.")
