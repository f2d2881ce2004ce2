"""Encryption: what is written can be read again, by us, for the same purpose, for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from workix import settings
from workix.config.encryption import (
    DecryptionError,
    decrypt,
    decrypt_at_rest,
    encrypt,
    encrypt_at_rest,
    is_of_newest_key,
)
from workix.config.secrets import Secret

DAY = timedelta(days=1)
ALICE = "alice@acme.example"
OLD, NEW = "o" * 32, "n" * 32


def keys(*kept: str) -> override_settings:
    own = Secret(",".join(kept)) if kept else None
    return override_settings(WORKIX=settings.WORKIX.model_copy(update={"encryption_keys": own}))


@pytest.mark.parametrize("text", [ALICE, "a@b.c", "ärzte@bücher.example", "x" * 255, ""])
def test_what_was_encrypted_comes_back(text: str) -> None:
    assert decrypt("address", encrypt("address", text), lifetime=DAY) == text


def test_neither_length_nor_repetition_shows() -> None:
    found = {encrypt("address", text) for text in (ALICE, ALICE, "a@b.c", "x" * 255)}
    assert (len(found), len({len(each) for each in found})) == (4, 1)


def test_another_purpose_another_text_or_a_late_reader_reads_nothing() -> None:
    good = encrypt("address", ALICE)
    altered = good[:-20] + ("A" if good[-20] != "A" else "B") + good[-19:]
    for purpose, text in (("token", good), ("address", altered), ("address", ""), ("address", "ümlaut")):
        with pytest.raises(DecryptionError):
            decrypt(purpose, text, lifetime=DAY)
    with time_machine.travel(timezone.now() + DAY + timedelta(seconds=2)), pytest.raises(DecryptionError):
        decrypt("address", good, lifetime=DAY)


def test_what_is_kept_can_be_read_and_is_never_the_same_twice() -> None:
    with keys():
        first, second = encrypt_at_rest("here", "väl ue "), encrypt_at_rest("here", "väl ue ")
        assert (first != second, decrypt_at_rest("here", first)) == (True, "väl ue ")


@pytest.mark.parametrize("wrong", ["", "x", "gAAAAA", "é"])
def test_what_we_did_not_write_can_not_be_read(wrong: str) -> None:
    with keys(), pytest.raises(DecryptionError):
        decrypt_at_rest("here", wrong)


def test_another_purpose_reads_nothing() -> None:
    with keys(NEW):
        kept = encrypt_at_rest("here", "secret")
        with pytest.raises(DecryptionError):
            decrypt_at_rest("there", kept)


def test_an_old_key_reads_as_long_as_it_is_there() -> None:
    with keys():
        derived = encrypt_at_rest("here", "first")
    with keys(OLD):
        old = encrypt_at_rest("here", "second")
        assert (decrypt_at_rest("here", derived), is_of_newest_key("here", derived)) == ("first", False)
    with keys(NEW, OLD):
        assert (decrypt_at_rest("here", old), is_of_newest_key("here", old)) == ("second", False)
        assert is_of_newest_key("here", encrypt_at_rest("here", "third"))
    with keys(NEW), pytest.raises(DecryptionError):
        decrypt_at_rest("here", old)
