"""Hashing a password (Argon2), and comparing one with its hash, which takes as long for unknown users."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, get_hasher, identify_hasher, make_password
from django.utils.functional import SimpleLazyObject

from accounts.passwords.normalization import normalized


def hash_password(password: str) -> str:
    """Hash a password as new ones are, in its one form. See Note [One form of a password]."""
    return make_password(normalized(password))


def is_password_of(encoded: str | None, password: str) -> bool:
    """Compare; for nobody's password it takes as long as for somebody's."""
    typed = normalized(password)
    if encoded is None:
        check_password(typed, str(_nobodys))
        return False
    return check_password(typed, encoded)


def must_be_rehashed(encoded: str) -> bool:
    """Say whether a hash is of an older kind or cost than new ones are. Its password is at hand at log-in only."""
    preferred, hasher = get_hasher(), identify_hasher(encoded)
    return hasher.algorithm != preferred.algorithm or bool(preferred.must_update(encoded))


_nobodys = SimpleLazyObject(lambda: make_password("nobody's password"))
