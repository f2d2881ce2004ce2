"""Request-targets and Host (RFC 9112, section 3.2): one host, and a target that agrees with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from gunicorn.http.errors import InvalidHeader, InvalidRequestLine


def check_target(request: Any) -> None:
    """Refuse what a proxy before us might understand differently. `request` is gunicorn's, its head is parsed.

    :raises InvalidHeader: HTTP/1.1 without Host, or with two.
    :raises InvalidRequestLine: a target that is no path, or that names another host than Host does.
    """
    hosts = [value for name, value in request.headers if name == "HOST"]
    if len(hosts) > 1 or (not hosts and request.version >= (1, 1)):
        raise InvalidHeader("Host")
    target: str = request.uri
    if "#" in target or not (target.startswith("/") or (target == "*" and request.method == "OPTIONS")):
        _check_absolute(target, hosts)


def _check_absolute(target: str, hosts: list[str]) -> None:
    try:
        absolute = urlsplit(target)
    except ValueError:
        raise InvalidRequestLine("target") from None
    named = absolute.netloc.lower()
    if absolute.scheme not in ("http", "https") or "#" in target or [named] != [host.lower() for host in hosts]:
        raise InvalidRequestLine("target")
