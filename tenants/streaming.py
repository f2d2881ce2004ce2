"""Streamed responses (StreamingHttpResponse): each part is made in the scope of its request, which is left while it is sent."""

# Note [Streamed responses]
# The middleware returns before a server asks for the first part of a streamed response. So each part is made as the role,
# and in the context, of the request; and whatever was entered for it is left before it is sent. A client that reads slowly,
# or goes away, holds no connection, no transaction and no scope. A part may therefore begin no transaction that another
# is to end: what has to be one snapshot is no matter for a stream.

from __future__ import annotations

from collections.abc import Iterator

from django.http import StreamingHttpResponse

from tenants.models import Organization
from tenants.scope import use_platform, use_tenant
from workix.core.current import Current


def keep_scope(response: StreamingHttpResponse, organization: Organization | None) -> None:
    """Let the rest of a response be made for the organization (None: the platform) and the actor of now."""
    parts: Iterator[bytes] = iter(response.streaming_content)  # type: ignore[arg-type]  # no async view is ours
    response.streaming_content = ScopedParts(parts, organization)


class ScopedParts:
    """See Note [Streamed responses]."""

    def __init__(self, parts: Iterator[bytes], organization: Organization | None) -> None:
        self._parts, self._organization, self._context = parts, organization, Current.context

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with Current.resumed(self._context), use_tenant(self._organization) if self._organization else use_platform():
            return next(self._parts)
