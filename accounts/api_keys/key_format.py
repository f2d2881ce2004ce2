"""Format of API keys (`wxk_`) and agents' keys (`wxa_`): beginning, organization, random part, checksum, all in base 62."""

# Note [The parts of a key]
# A key must lead to an organization before anything is looked up: that is its first part, 22 digits of base 62. Then come 32
# random letters and digits (190 bits), and 11 digits of an HMAC over all before them. An id is trusted for that checksum
# alone, and not because somebody wrote it down: what is mistyped, cut off, invented or put together from two keys costs a
# hash and reaches no database. A guess has one chance in 2^64 to cost a statement, which finds nothing.
#
# The database keeps a keyed hash of the whole key. What people see of it, its prefix, leaves 166 random bits unsaid.
#
# Letters and digits only: a double click selects a key, no shell and no URL changes it, and a scanner for secrets finds it.

# Note [Keys that were read]
# Two hashes are made of each key: to check it, and to look it up. A process remembers both by a third, of a key that
# is ours alone, as it does with the signature of a token. Whether the key is still good is asked on every request.

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import string
from dataclasses import dataclass, field
from uuid import UUID

from workix.config.keyed_hash import keyed_digest, keyed_hash

BEGIN, BEGIN_OF_AGENT = "wxk_", "wxa_"
#: What a scanner for secrets looks for. In `docs/api.md`, too.
PATTERN = r"wx[ak]_[0-9A-Za-z]{65}"
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_ORGANIZATION, _RANDOM, _CHECKSUM = 22, 32, 11
#: So much of a key may be shown: its organization, and enough of the random part to tell keys apart.
PREFIX_LENGTH = len(BEGIN) + _ORGANIZATION + 4
LENGTH = len(BEGIN) + _ORGANIZATION + _RANDOM + _CHECKSUM
_IS_ONE = re.compile(PATTERN, re.ASCII)
_LARGEST = 16_384


@dataclass(frozen=True, slots=True)
class Key:
    """A key that we made: whose it is, and what the database keeps of it. Whether it is still good, its row says."""

    organization_id: UUID
    key_hash: str = field(repr=False)
    is_of_agent: bool = False


def write(organization_id: UUID, *, begin: str = BEGIN, seed: bytes = b"") -> str:
    """Make a new key; from a seed of 32 bytes always the same. See Note [The parts of a key]."""
    seeded = _in_digits(int.from_bytes(seed) % len(_DIGITS) ** _RANDOM, _RANDOM)
    random = seeded if seed else "".join(secrets.choice(_DIGITS) for _ in range(_RANDOM))
    payload = f"{begin}{_in_digits(organization_id.int, _ORGANIZATION)}{random}"
    return payload + _checksum(payload)


def read(text: str) -> Key | None:
    """Return what a key says of itself, or None when we did not make it. See Note [Keys that were read]."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
    key = _read.get(digest)
    if key is None:
        key = _checked(text)
        if key is not None:
            if len(_read) >= _LARGEST:
                _read.clear()
            _read[digest] = key
    return key


_read: dict[bytes, Key] = {}


def hash_of(text: str) -> str:
    """Return what the database keeps of a key."""
    return keyed_hash("api-key", text)


def prefix_of(text: str) -> str:
    return text[:PREFIX_LENGTH]


def is_meant_as_one(credential: str) -> bool:
    """Say whether a credential claims to be a key, right or wrong."""
    return credential.startswith((BEGIN, BEGIN_OF_AGENT))


def is_meant_as_of_agent(credential: str) -> bool:
    """Say whether it claims to be an agent's."""
    return credential.startswith(BEGIN_OF_AGENT)


def _checked(text: str) -> Key | None:
    if not _IS_ONE.fullmatch(text):
        return None
    payload, checksum = text[:-_CHECKSUM], text[-_CHECKSUM:]
    if not hmac.compare_digest(checksum, _checksum(payload)):
        return None
    organization = text[len(BEGIN) : len(BEGIN) + _ORGANIZATION]
    return Key(UUID(int=_value(organization)), hash_of(text), is_meant_as_of_agent(text))


def _checksum(payload: str) -> str:
    return _in_digits(int.from_bytes(keyed_digest("api-key-checksum", payload.encode())[:8], "big"), _CHECKSUM)


def _in_digits(value: int, length: int) -> str:
    digits = []
    for _ in range(length):
        value, digit = divmod(value, len(_DIGITS))
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))


def _value(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * len(_DIGITS) + _VALUES[digit]
    return value
