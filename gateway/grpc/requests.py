"""A call as a request: its metadata under the names that Django gives to headers, so that what reads those reads these."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from django.http import HttpRequest

#: Metadata that anything here looks at. The rest stays unread; what stands in another entry is no credential.
_READ = {
    name: f"HTTP_{name.upper().replace('-', '_')}"
    for name in (
        *("authorization", "idempotency-key", "traceparent", "user-agent", "x-forwarded-for", "x-request-id"),
        *("workix-dry-run", "workix-reason", "workix-trace"),
    )
}


class CallRequest(HttpRequest):
    """What a call has of a request: method, path and META. Nobody asks for the rest, so none of it is made."""

    def __init__(self, path: str, meta: dict[str, Any]) -> None:
        self.method, self.path, self.META = "POST", path, meta


def request_of(context: Any, path: str) -> HttpRequest:
    """Make a request of a call. An entry that came twice is both, with a comma between: no credential, and no key."""
    meta: dict[str, Any] = {"REMOTE_ADDR": _address(context.peer())}
    for name, value in context.invocation_metadata():
        into = _READ.get(name)
        if into is not None:
            meta[into] = f"{meta[into]}, {value}" if into in meta else value
    return CallRequest(path, meta)


@lru_cache(maxsize=4_096)
def _address(peer: str) -> str:
    """Read gRPC's name of who is at the other end: `ipv4:198.51.100.7:40312`, `ipv6:%5B2001:db8::7%5D:40312`."""
    kind, _, rest = unquote(peer).partition(":")
    return rest.rpartition(":")[0].strip("[]") if kind in ("ipv4", "ipv6") else ""
