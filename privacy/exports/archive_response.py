"""The response that streams an archive (ZIP) as a file, which no cache keeps."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import StreamingHttpResponse


def as_attachment(parts: Iterator[bytes], export_id: UUID, *, called: str = "personal-data") -> StreamingHttpResponse:
    """Stream an archive as a file."""
    headers = {
        "Content-Disposition": f'attachment; filename="{called}-{export_id}.zip"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(parts, content_type="application/zip", headers=headers)
