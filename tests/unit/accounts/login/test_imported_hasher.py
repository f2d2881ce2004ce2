"""Django's hasher for hashes from elsewhere: compares, is bounded like ours, and is always replaced."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import identify_hasher

from accounts.login import hashers
from accounts.login.hashers import Busy, ImportedHasher, one_of_few
from accounts.login.imported_hashes import LONGEST, UnknownHash, as_imported
from accounts.passwords.hashing import is_password_of, must_be_rehashed
from tests.unit.accounts.login.foreign import HASHES, OLD
from workix.settings import PASSWORD_HASHERS


def test_the_product_has_it() -> None:
    assert "accounts.login.hashers.ImportedHasher" in PASSWORD_HASHERS


@pytest.mark.parametrize("text", HASHES.values(), ids=HASHES.keys())
def test_an_imported_hash_is_compared_with_and_must_be_replaced(text: str) -> None:
    encoded = as_imported(text)
    assert [is_password_of(encoded, each) for each in (OLD, OLD + "!")] == [True, False]
    assert must_be_rehashed(encoded)
    assert identify_hasher(encoded).safe_summary(encoded) == {"algorithm": "imported"}


def test_what_no_import_wrote_is_nobodys_password() -> None:
    hostile = "imported$$argon2id$v=19$m=4194304,t=99,p=1$c2FsdHNhbHRzYWx0$n7/YFPLAk1aCTVPOgg9IBB6oUCsF7C4ahiNpL86Y3Qk"
    assert [is_password_of(each, OLD) for each in (hostile, "imported$", "imported$" + OLD)] == [False, False, False]


def test_what_is_no_hash_is_not_written_as_one() -> None:
    with pytest.raises(UnknownHash):
        as_imported(OLD)
    assert len("imported$") + LONGEST <= 255, "the column"


def test_it_waits_for_its_turn_like_any_other_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashers, "WAIT_SECONDS", 0)
    encoded = as_imported(HASHES["bcrypt"])
    with one_of_few(), one_of_few(), pytest.raises(Busy):
        ImportedHasher().verify(OLD, encoded)
    assert ImportedHasher().verify(OLD, encoded)
