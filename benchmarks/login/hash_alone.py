"""A WSGI application that works out one password hash and does nothing else: what a log-in is measured beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import django

from benchmarks.login.homes import PASSWORD

django.setup()

from django.contrib.auth.hashers import check_password, make_password  # noqa: E402  # settings come first

HASH = make_password("another password than that")


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Compare a password with the hash of another."""
    check_password(PASSWORD, HASH)
    start_response("401 Unauthorized", [])
    return _Empty()


class _Empty(list[bytes]):
    def close(self) -> None:
        """Nothing is open."""
