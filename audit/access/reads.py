"""Access log: who read the trail, people's details and keys is an entry (`user.accessed`), coalesced."""

# Note [Reads that are entries]
# A read of what is sensitive costs one statement more, which writes once in SPAN: by actor, and by row or list. So a page that is
# looked at all day is some entries and not thousands, and the question "who saw this" has an answer to the hour. Whoever reads
# their own details saw nobody's.

from __future__ import annotations

from datetime import timedelta

from audit.coalescing import record_once
from workix.core.current import Current

SPAN = timedelta(hours=1)


def record_read(resource: str, resource_id: str = "") -> None:
    """Write down that who acts was shown a row, or, without an id, a list."""
    if not resource_id or resource_id != str(Current.actor.id):
        record_once(f"{resource}.accessed", resource_type=resource, resource_id=resource_id, within=SPAN)
