"""Recovery codes: ten, shown once, each good once in the place of a factor that was lost; kept as keyed hashes."""

# Bulk write: the codes of a person are replaced together; using one up is a DELETE, so of two who try one gets through.

from __future__ import annotations

import secrets

from accounts.models import RecoveryCode, User
from accounts.models.second_factor import has_one
from audit.registry import record_about
from workix.config.keyed_hash import keyed_hash

NUMBER = 10
#: Crockford's base 32, which has no letter that looks like a digit: 16 of these are 80 bits, which nobody guesses.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH, _GROUP = 16, 4
_LOOKS_LIKE = str.maketrans("oil", "011", " -")


def renew(user: User) -> list[str]:
    """Replace somebody's codes, whose row is locked; return the only copy of the new ones."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(_LENGTH)) for _ in range(NUMBER)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=_hash_of(user, code)) for code in codes)
    record_about(user, "recovery_codes.renewed")
    return [_written(code) for code in codes]


def drop_if_alone(user: User) -> None:
    """Delete the codes of somebody, whose row is locked, if they have no factor left for these to stand in for."""
    if not has_one(user):
        RecoveryCode.objects.filter(user=user).delete()


def use_up(user: User, code: str) -> bool:
    """Use up a code; say whether it was one. However it is written: in capitals, without its dashes."""
    return RecoveryCode.objects.filter(user=user, code_hash=_hash_of(user, _read(code))).delete()[0] == 1


def left(user: User) -> int:
    """Count the codes that are not used up."""
    return RecoveryCode.objects.filter(user=user).count()


def _read(code: str) -> str:
    return code.lower().translate(_LOOKS_LIKE)


def _written(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def _hash_of(user: User, code: str) -> str:
    return keyed_hash("recovery code", f"{user.organization_id} {user.id} {code}")
