"""Encryption: what is written can be read again, by us, for the same purpose, for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from workix.config.encryption import DecryptionError, decrypt, encrypt

DAY = timedelta(days=1)
ALICE = "alice@acme.example"


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
