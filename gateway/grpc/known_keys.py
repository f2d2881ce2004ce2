"""Keys that this process has seen: whose they are is asked again by the very statement that acts for them."""

# Note [Believed until the statement]
# Who asks has to be known before a statement is signed for them, and to look it up is a statement by itself. So a process
# remembers of a key what it read last. What is done for it carries the condition that the key is still that, and good
# (UNCHANGED); where it is not, nothing is done, and the call goes the long way, which finds out why. So nothing is done on the
# strength of memory.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from accounts.api_keys.key_format import Key
from accounts.authentication.api_key import UNCHANGED, unchanged
from accounts.authentication.bearer import KEY
from accounts.models import ApiKey
from workix.core.current import Current
from workix.web.networks import contains

_LARGEST = 10_000
_known: dict[str, tuple[ApiKey, Mapping[str, Any]]] = {}


def remember(request: HttpRequest, key: ApiKey) -> None:
    """Remember the key that came with a request and was found good."""
    read = _read(request)
    if read is not None:
        if len(_known) >= _LARGEST:
            _known.clear()
        _known[read.key_hash] = key, unchanged(key, read.key_hash)


def forget(request: HttpRequest) -> None:
    """Remember the key that came with a request no longer: it is not what it was."""
    read = _read(request)
    if read is not None:
        _known.pop(read.key_hash, None)


def find_known(request: HttpRequest) -> tuple[ApiKey, tuple[str, Mapping[str, Any]]] | None:
    """Return the key that a request brings, where it is known, with the condition under which it may act."""
    read = _read(request)
    known = _known.get(read.key_hash) if read is not None else None
    if read is None or known is None or read.organization_id != Current.organization.id:
        return None
    key, parameters = known
    if key.networks and not contains(key.networks.split(), Current.context.ip_address):
        return None
    return key, (UNCHANGED, parameters)


def _read(request: HttpRequest) -> Key | None:
    """Return what the key says that came with a request, as it was read to find out whose it is."""
    read: Key | None = request.META.get(KEY)
    return read
