"""Readiness check of the keys that sign access tokens, for /health/ready."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from accounts.tokens.signing_keys import key_set
from workix.observability.health import Check, NotReady


def check_signing_keys() -> None:
    """Sign with the current key, and verify.

    :raises NotReady: where there is none, or it does not.
    """
    try:
        key = key_set().current(now=datetime.now(UTC))
        key.public.verify(key.private.sign(b"ready"), b"ready")
    except Exception as error:
        raise NotReady("unusable") from error


CHECKS: Mapping[str, Check] = {"signing_keys": check_signing_keys}
