"""Origins (RFC 6454) whose pages may call the API (CORS): read strictly, in the one form that browsers send."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

#: More front-ends than anybody has; each list is compared with at every request of a browser.
MOST_ORIGINS = 20
LONGEST_ORIGIN = 253

HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
#: Where plain http is not read on the way: this machine. Source: W3C Secure Contexts, 3.1.
_LOOPBACK = re.compile(r"(.+\.)?localhost|127\.0\.0\.1|\[::1\]")


def page_origin(text: str) -> str:
    """Return an origin as a browser writes it: lower case, without the port its scheme has anyway.

    :raises ValueError: for whatever is no single origin, `*` and `null` among them, and for http but of this machine.
    """
    parts = _taken_apart(text)
    host = _host(parts)
    if parts.scheme == "http" and not _LOOPBACK.fullmatch(host):
        raise ValueError("must begin with https://; http:// is for localhost only")
    port = parts.port
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else "")


def page_origins(text: str) -> tuple[str, ...]:
    """Read origins separated by commas, each once.

    :raises ValueError: when one is none, or there are more than anybody has.
    """
    origins = tuple(dict.fromkeys(page_origin(each.strip()) for each in text.split(",") if each.strip()))
    if len(origins) > MOST_ORIGINS:
        raise ValueError(f"must be {MOST_ORIGINS} origins or fewer")
    return origins


def _taken_apart(text: str) -> SplitResult:
    wrong = ValueError("must be an origin such as https://app.example.com: a scheme, a host, maybe a port")
    if len(text) > LONGEST_ORIGIN or not text.isascii() or not text.isprintable() or set(text) & set(" @?#\\*%"):
        raise wrong
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in _DEFAULT_PORTS or parts.path not in ("", "/") or port == 0 or parts.netloc.endswith(":"):
        raise wrong
    return parts


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        return f"[{ipaddress.IPv6Address(host)}]"  # its fault is a ValueError, and a sentence
    if not HOST_NAME.fullmatch(host):
        raise ValueError("must name a host such as app.example.com, in lower case or not; others as xn--…")
    return host
