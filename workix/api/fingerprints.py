"""Fingerprint of a request, for its idempotency key: a keyed hash of method, path and body, without the secrets in it."""

# Note [What a fingerprint tells]
# It says whether a call with the same key is the same call. A plain hash of a body with a password says more: whoever has a
# copy of the database can try passwords against it, a million times faster than against Argon2. So it is keyed, and what is
# named like a secret is left out: who sends another password under a used key gets the answer of the first call.

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from rest_framework.request import Request

from workix.config.keyed_hash import keyed_digest
from workix.observability.logs.redaction import SECRET_NAMES


def fingerprint_of(request: Request) -> str:
    """Return 64 hexadecimal digits. See Note [What a fingerprint tells]."""
    return keyed_digest("request-fingerprint", _written(request, _without_secrets(request.data))).hex()


def earlier_fingerprint_of(request: Request) -> str:
    """Return what an earlier release stored; its keys are good for a day after an upgrade."""
    return hashlib.sha256(_written(request, request.data)).hexdigest()


def _written(request: Request, data: Any) -> bytes:
    body = orjson.dumps(data, option=orjson.OPT_SORT_KEYS, default=str)
    return b"\n".join([(request.method or "").encode(), request.path.encode(), body])


def _without_secrets(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _without_secrets(value) for name, value in data.items() if not SECRET_NAMES.search(str(name))}
    if isinstance(data, list):
        return [_without_secrets(each) for each in data]
    return data
