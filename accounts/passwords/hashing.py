"""Comparison of a password with its hash (Argon2), which takes as long for unknown users."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, get_hasher, identify_hasher, make_password
from django.utils.functional import SimpleLazyObject


def is_password_of(encoded: str | None, password: str) -> bool:
    """Compare; for nobody's password it takes as long as for somebody's."""
    if encoded is None:
        check_password(password, str(_nobodys))
        return False
    return check_password(password, encoded)


def must_be_rehashed(encoded: str) -> bool:
    """Say whether a hash is of an older kind or cost than new ones are. Its password is at hand at log-in only."""
    preferred, hasher = get_hasher(), identify_hasher(encoded)
    return hasher.algorithm != preferred.algorithm or bool(preferred.must_update(encoded))


_nobodys = SimpleLazyObject(lambda: make_password("nobody's password"))
