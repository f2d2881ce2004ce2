"""Export of the audit trail: a streamed response, itself an entry (`audit_log.exported`), bounded in number at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from audit.context import printable
from audit.exports.reading import batches
from audit.exports.slots import Slot
from audit.exports.writing import FORMATS
from audit.models import LogEntry
from audit.recording import record
from workix.core.current import Current

#: So many of what somebody sent in a query are kept in the trail.
MOST_FILTERS = 50
_CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}


class Export:
    """The parts of one export. Whoever closes it gives its slot back, before the first part was asked for, too."""

    def __init__(self, parts: Iterator[bytes], slot: Slot) -> None:
        self._parts, self._slot = parts, slot

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._parts)
        except BaseException:  # the end is one
            self._slot.release()
            raise

    def close(self) -> None:
        self._slot.release()


def export(entries: QuerySet[LogEntry], written_as: str, filters: Mapping[str, object]) -> StreamingHttpResponse:
    """Stream entries, newest first, as `csv` or `ndjson`. `filters` is what they were chosen by, for the trail.

    :raises TooManyExports: when the organization has as many running as it may. See Note [What an export holds].
    """
    organization = Current.find_organization()
    slot = Slot(organization.id if organization else None)
    told = {printable(name, 100): printable(str(value), 500) for name, value in list(filters.items())[:MOST_FILTERS]}
    try:
        record("audit_log.exported", resource_type="audit_log", changes={"format": written_as, "filters": told})
    except BaseException:
        slot.release()
        raise
    name = f"audit-trail-{organization.slug if organization else 'platform'}.{written_as}"
    return StreamingHttpResponse(
        Export(_parts(entries, written_as), slot),
        content_type=_CONTENT_TYPES[written_as],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def _parts(entries: QuerySet[LogEntry], written_as: str) -> Iterator[bytes]:
    head, lines = FORMATS[written_as]
    yield head()
    for batch in batches(entries):
        yield lines(batch)
