"""Password hashes from elsewhere (bcrypt, scrypt, Argon2id, PBKDF2): the textual forms we read, and what each may cost."""

# Note [Hashes from elsewhere]
# A hash says itself what it costs to compare with, and that is paid at a log-in, by whoever asks for one. So each is bounded when
# it is read: by what the memory and the time of one of ours are worth some few times over, and above what the libraries that
# people come from take by default. A hash is read by a pattern for all of it, and again each time that it is compared with, so
# that what something else wrote into the column is worked out no more than what an import may.
#
# They are kept as they came, behind `imported$`. What is not in one of these forms is nobody's password.

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import bcrypt
from argon2 import low_level

#: Of one hash: KiB of Argon2, and the same in bytes for scrypt. Django's Argon2 takes 100 MiB, OWASP's scrypt 128.
MOST_KIB = 131_072
_MOST_BYTES = MOST_KIB * 1024 + 2**20
#: Work, in the units of each algorithm. On one core of 2024 each is a second at most.
MOST_ARGON2_KIB_PASSES, MOST_SCRYPT_BLOCKS, MOST_PBKDF2_ROUNDS = 4 * MOST_KIB, 2**21, 2_000_000
BCRYPT_COSTS = range(4, 15)
#: As long as the column takes, with what stands before it.
LONGEST = 240
PREFIX = "imported$"
#: bcrypt looks at so many bytes; its library refuses more, and those that made the hashes did not.
_BCRYPT_BYTES = 72

_B64 = r"[A-Za-z0-9+/]"
_BCRYPT = re.compile(
    r"(?:bcrypt(?P<sha>_sha256)?\$)?(?P<hash>\$2[aby]\$(?P<cost>[0-9]{2})\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{31})"
)
_ARGON2 = re.compile(
    rf"(?:argon2)?\$argon2id\$v=19\$m=([0-9]{{1,9}}),t=([0-9]{{1,9}}),p=([0-9]{{1,9}})\$({_B64}{{11,64}})\$({_B64}{{22,86}})"
)
_SCRYPT = re.compile(
    rf"scrypt\$([0-9]{{1,10}})\$([\x20-\x23\x25-\x7e]{{1,64}})\$([0-9]{{1,9}})\$([0-9]{{1,9}})\$({_B64}{{22,86}}={{0,2}})"
)
_SCRYPT_OF_PASSLIB = re.compile(
    rf"\$scrypt\$ln=([0-9]{{1,2}}),r=([0-9]{{1,9}}),p=([0-9]{{1,9}})\$({_B64}{{2,86}})\$({_B64}{{22,86}})"
)
_PBKDF2 = re.compile(rf"pbkdf2_(sha256)\$([0-9]{{1,10}})\$([\x20-\x23\x25-\x7e]{{1,64}})\$({_B64}{{22,43}}={{0,2}})")
_PBKDF2_OF_PASSLIB = re.compile(
    r"\$pbkdf2-(sha256|sha512)\$([0-9]{1,10})\$([A-Za-z0-9./]{2,86})\$([A-Za-z0-9./]{22,86})"
)


class UnknownHash(ValueError):
    """A text that is no hash we take, and why, in a sentence that does not repeat it."""


@dataclass(frozen=True, slots=True)
class ImportedHash:
    """What is worked out from a password, and what has to come out."""

    derive: Callable[[bytes], bytes]
    expected: bytes


def read(text: str) -> ImportedHash:
    """Read a hash. See Note [Hashes from elsewhere].

    :raises UnknownHash: when it has none of the forms, or would cost too much.
    """
    for form, reader in _READERS.items():
        if len(text) <= LONGEST and (found := form.fullmatch(text)):
            return reader(found)
    raise UnknownHash("This is no hash of bcrypt, scrypt, Argon2id or PBKDF2 in a form that we read.")


def as_imported(text: str) -> str:
    """Write a hash from elsewhere as our column keeps it.

    :raises UnknownHash: when it is none that we take.
    """
    read(text)
    return PREFIX + text


def _bcrypt(found: re.Match[str]) -> ImportedHash:
    _require(int(found["cost"]) in BCRYPT_COSTS, f"a cost of {BCRYPT_COSTS[0]} to {BCRYPT_COSTS[-1]}")
    hashed = found["hash"].encode()
    return ImportedHash(partial(_derive_bcrypt, hashed[:29], bool(found["sha"])), hashed)


def _derive_bcrypt(salt: bytes, is_digested: bool, password: bytes) -> bytes:
    secret = hashlib.sha256(password).hexdigest().encode() if is_digested else password[:_BCRYPT_BYTES]
    return bcrypt.hashpw(secret, salt)


def _argon2(found: re.Match[str]) -> ImportedHash:
    memory, passes, lanes = (int(each) for each in found.groups()[:3])
    _require(1 <= lanes <= 16 and passes >= 1, "1 to 16 lanes, and a pass")
    _require(8 * lanes <= memory <= MOST_KIB, f"memory of {8 * lanes} to {MOST_KIB:,} KiB")
    _require(memory * passes <= MOST_ARGON2_KIB_PASSES, f"memory times passes of at most {MOST_ARGON2_KIB_PASSES:,}")
    salt, expected = _decoded(found[4]), _decoded(found[5])
    fixed: dict[str, Any] = {"salt": salt, "time_cost": passes, "memory_cost": memory, "parallelism": lanes}
    fixed |= {"hash_len": len(expected), "type": low_level.Type.ID}
    return ImportedHash(lambda password: low_level.hash_secret_raw(password, **fixed), expected)


def _scrypt(found: re.Match[str]) -> ImportedHash:
    n, salt, r, p, hashed = found.groups()
    return _made_by_scrypt(int(n), int(r), int(p), salt.encode(), _decoded(hashed))


def _scrypt_of_passlib(found: re.Match[str]) -> ImportedHash:
    log, r, p, salt, hashed = found.groups()
    return _made_by_scrypt(2 ** int(log), int(r), int(p), _decoded(salt), _decoded(hashed))


def _made_by_scrypt(n: int, r: int, p: int, salt: bytes, expected: bytes) -> ImportedHash:
    _require(n >= 2 and n & (n - 1) == 0 and r >= 1 and p >= 1, "an N that is a power of two, r and p")
    memory = 128 * r * (n + p + 2)  # as OpenSSL counts it
    _require(memory <= _MOST_BYTES, f"memory of at most {_MOST_BYTES:,} bytes (128 times r, times N and p)")
    _require(n < 2**16 or r > 1, "an N below 2 to the power of 16 times r (RFC 7914, section 2)")
    _require(n * r * p <= MOST_SCRYPT_BLOCKS, f"N times r times p of at most {MOST_SCRYPT_BLOCKS:,}")
    fixed: dict[str, Any] = {"salt": salt, "n": n, "r": r, "p": p, "dklen": len(expected)}
    return ImportedHash(lambda password: hashlib.scrypt(password, maxmem=memory + 1024, **fixed), expected)


def _pbkdf2(found: re.Match[str]) -> ImportedHash:
    digest, rounds, salt, hashed = found.groups()
    return _made_by_pbkdf2(digest, int(rounds), salt.encode(), _decoded(hashed))


def _pbkdf2_of_passlib(found: re.Match[str]) -> ImportedHash:
    digest, rounds, salt, hashed = found.groups()
    return _made_by_pbkdf2(digest, int(rounds), _decoded(salt), _decoded(hashed))


def _made_by_pbkdf2(digest: str, rounds: int, salt: bytes, expected: bytes) -> ImportedHash:
    _require(1 <= rounds <= MOST_PBKDF2_ROUNDS, f"1 to {MOST_PBKDF2_ROUNDS:,} rounds")
    # More than one digest would cost so many times the rounds.
    _require(len(expected) <= hashlib.new(digest).digest_size, "a hash no longer than its digest")
    return ImportedHash(lambda password: hashlib.pbkdf2_hmac(digest, password, salt, rounds, len(expected)), expected)


def _require(is_met: bool, what: str) -> None:
    if not is_met:
        raise UnknownHash(f"This hash would cost too much at a log-in, or is malformed: it has to have {what}.")


def _decoded(text: str) -> bytes:
    """Read Base64, with or without padding; passlib writes a dot for a plus."""
    plain = text.rstrip("=").replace(".", "+")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except ValueError as error:
        raise UnknownHash("This hash is cut off, or is not Base64.") from error


_READERS: dict[re.Pattern[str], Callable[[re.Match[str]], ImportedHash]] = {
    _BCRYPT: _bcrypt,
    _ARGON2: _argon2,
    _SCRYPT: _scrypt,
    _SCRYPT_OF_PASSLIB: _scrypt_of_passlib,
    _PBKDF2: _pbkdf2,
    _PBKDF2_OF_PASSLIB: _pbkdf2_of_passlib,
}
