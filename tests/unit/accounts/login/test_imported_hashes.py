"""Hashes from elsewhere: every form is read, every password of another is told apart, and what would cost too much is refused."""

from __future__ import annotations

import pytest

from accounts.login.imported_hashes import (
    LONGEST,
    MOST_ARGON2_KIB_PASSES,
    MOST_KIB,
    MOST_PBKDF2_ROUNDS,
    UnknownHash,
    read,
)
from tests.unit.accounts.login.foreign import HASHES, OLD

SALT, HASH = "c2FsdHNhbHRzYWx0", "n7/YFPLAk1aCTVPOgg9IBB6oUCsF7C4ahiNpL86Y3Qk"
BCRYPT = "1c083SVfhr1i6h2f.X.UGOcas6INZppK2dL4sz.XJFLmfD9afvsC6"


@pytest.mark.parametrize("text", HASHES.values(), ids=HASHES.keys())
def test_a_hash_of_another_library_is_good_for_its_password_and_for_no_other(text: str) -> None:
    imported = read(text)
    found = [imported.derive(each.encode()) == imported.expected for each in (OLD, OLD + "!", OLD.upper(), "")]
    assert found == [True, False, False, False]


def test_bcrypt_looks_at_seventy_two_bytes_as_where_the_hash_was_made() -> None:
    imported = read(HASHES["bcrypt"])
    long = b"x" * 72
    assert imported.derive(long) == imported.derive(long + b"and more")
    assert imported.derive(long) != imported.derive(long[:71])


@pytest.mark.parametrize(
    "text",
    [
        f"$argon2id$v=19$m={4 * 2**20},t=1,p=1${SALT}${HASH}",
        f"$argon2id$v=19$m={MOST_KIB + 1},t=1,p=1${SALT}${HASH}",
        f"$argon2id$v=19$m={MOST_KIB},t={MOST_ARGON2_KIB_PASSES // MOST_KIB + 1},p=1${SALT}${HASH}",
        f"$argon2id$v=19$m=64,t=999999999,p=1${SALT}${HASH}",
        f"$argon2id$v=19$m=65536,t=1,p=255${SALT}${HASH}",
        f"$argon2id$v=19$m=65536,t=1,p=0${SALT}${HASH}",
        f"$argon2id$v=19$m=65536,t=0,p=1${SALT}${HASH}",
        f"$argon2id$v=19$m=7,t=1,p=1${SALT}${HASH}",
        f"$argon2id$v=16$m=65536,t=1,p=1${SALT}${HASH}",
        f"$argon2i$v=19$m=65536,t=1,p=1${SALT}${HASH}",
        f"$scrypt$ln=30,r=8,p=1${SALT}${HASH}",
        f"$scrypt$ln=99,r=8,p=1${SALT}${HASH}",
        f"$scrypt$ln=14,r=999999999,p=1${SALT}${HASH}",
        f"$scrypt$ln=14,r=8,p=999999999${SALT}${HASH}",
        f"$scrypt$ln=1,r=1,p=2000000${SALT}${HASH}",
        f"$scrypt$ln=16,r=1,p=1${SALT}${HASH}",
        f"$scrypt$ln=0,r=8,p=1${SALT}${HASH}",
        f"scrypt$1073741824$salt$8$1${HASH}=",
        f"scrypt$16383$salt$8$1${HASH}=",
        f"scrypt$16384$salt$0$1${HASH}=",
        f"$pbkdf2-sha256$1000000000${SALT}${HASH}",
        f"pbkdf2_sha256${MOST_PBKDF2_ROUNDS + 1}$salt${HASH}=",
        f"pbkdf2_sha256$0$salt${HASH}=",
        f"$pbkdf2-sha256$1000${SALT}${HASH * 2}",
        f"$2b$15${BCRYPT}",
        f"$2b$31${BCRYPT}",
        f"$2b$03${BCRYPT}",
    ],
)
def test_a_hash_that_would_cost_too_much_or_has_no_sense_is_refused(text: str) -> None:
    with pytest.raises(UnknownHash, match=r"would cost too much|no hash of"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "correct horse battery staple",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "md5$salt$5f4dcc3b5aa765d61d8327deb882cf99",
        "!unusable",
        "imported$$2b$04$" + BCRYPT,
        "$2x$04$" + BCRYPT,
        "$2b$04$" + BCRYPT[:-1],
        "$2b$04$" + BCRYPT + "x",
        "$2b$04$" + "9" * 53,
        "$2b$04$" + BCRYPT + "\n",
        f"pbkdf2_sha256$1000$salt${HASH}=\n",
        f"pbkdf2_sha256$1000$sa\0lt${HASH}=",
        f"pbkdf2_sha256$１０００$salt${HASH}=",  # noqa: RUF001  # full-width digits are digits to Python
        f"$pbkdf2-sha256$1000${SALT}${HASH[:-2]}",
        f"$argon2id$v=19$m=64,t=1,p=1${SALT[:13]}${HASH}",
        "x" * LONGEST * 1000,
        "$" * 10_000,
    ],
)
def test_what_is_no_hash_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(UnknownHash) as caught:
        read(text)
    assert not text or text not in str(caught.value)


@pytest.mark.parametrize("text", HASHES.values(), ids=HASHES.keys())
def test_a_hash_that_is_cut_off_is_refused_or_has_128_bits_left(text: str) -> None:
    for end in range(len(text)):
        try:
            imported = read(text[:end])
        except UnknownHash:
            continue
        assert len(imported.expected) >= 16


@pytest.mark.parametrize(
    "text",
    [
        f"$argon2id$v=19$m=102400,t=2,p=8${SALT}${HASH}",
        f"$argon2id$v=19$m=65536,t=4,p=1${SALT}${HASH}",
        f"$scrypt$ln=17,r=8,p=1${SALT}${HASH}",
        f"scrypt$16384$salt$8$5${HASH}=",
        f"pbkdf2_sha256$1200000$salt${HASH}=",
        f"$2a$14${BCRYPT}",
    ],
)
def test_what_libraries_take_by_default_is_read(text: str) -> None:
    assert len(read(text).expected) >= 16
