"""Readiness check of the keys that sign access tokens, for /health/ready."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.tokens.signing_keys import key_set
from workix.observability.health import Check, NotReady


def check_signing_keys() -> None:
    """Sign with each key that is, was or will be the current one, and verify.

    :raises NotReady: where there is none, or one does not.
    """
    try:
        keys = key_set().keys
        for key in keys:
            key.public.verify(key.private.sign(b"ready"), b"ready")
    except Exception as error:
        raise NotReady("unusable") from error
    if not keys:
        raise NotReady("missing")


CHECKS: Mapping[str, Check] = {"signing_keys": check_signing_keys}
