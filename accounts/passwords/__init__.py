"""Passwords: what makes one good enough, and comparing one with its hash."""

from accounts.models.security_policy import SHORTEST
from accounts.passwords.hashing import hash_password, is_password_of, must_be_rehashed
from accounts.passwords.normalization import normalized
from accounts.passwords.rules import LONGEST, check_new_password, words_about

__all__ = [
    "LONGEST",
    "SHORTEST",
    "check_new_password",
    "hash_password",
    "is_password_of",
    "must_be_rehashed",
    "normalized",
    "words_about",
]
