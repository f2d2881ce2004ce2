"""Password rules (length, common passwords); comparison with a hash (Argon2) that takes as long for unknown users."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, get_hasher, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import SimpleLazyObject

from workix.core.errors import Invalid

#: Source: NIST SP 800-63B-4, section 3.1.1: long, not on a blocklist, and no rules of composition.
SHORTEST, LONGEST = 15, 128


class LengthValidator:
    """Counts characters, whatever they are."""

    def validate(self, password: str, user: object = None) -> None:
        if not SHORTEST <= len(password) <= LONGEST:
            raise ValidationError(self.get_help_text(), code="password_length")

    def get_help_text(self) -> str:
        return f"Use {SHORTEST} to {LONGEST} characters. Several words are a good choice."


def check_new_password(password: str, *, field: str = "password") -> str:
    """Return `password` if somebody may use it.

    :raises Invalid: when it is too short, too long, or among the commonly used ones.
    """
    try:
        validate_password(password)
    except ValidationError as error:
        fault = error.error_list[0]
        raise Invalid(" ".join(error.messages), field=field, problem=str(fault.code)) from error
    return password


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
