"""One form of a password: what one keyboard composes and another does not is the same."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from accounts.passwords import check_new_password, hash_password, is_password_of, normalized
from workix.core.errors import Invalid

TYPED = "Überraschung an der Straßenécke ệ"


@pytest.mark.fault("E6")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_are_the_same_password(form: str) -> None:
    kept = hash_password(normalize("NFC" if form == "NFD" else "NFD", TYPED))
    assert is_password_of(kept, normalize(form, TYPED))
    assert check_new_password(normalize(form, TYPED)) == TYPED


@pytest.mark.fault("E6")
@pytest.mark.parametrize("space", ["\u00a0", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000"])
def test_every_space_is_a_space(space: str) -> None:
    assert normalized(f"four{space}words") == "four words"


@pytest.mark.fault("E6")
def test_nothing_else_is_changed() -> None:
    kept = "  Grüße ｗｉｄｅ ﬁ \t\u200b "
    assert normalized(kept) == kept


@pytest.mark.fault("E6")
def test_length_is_counted_in_the_one_form() -> None:
    composed = ("ệ" * 9 + "xkcd ") * 9
    assert (len(composed), len(normalize("NFD", composed))) == (126, 288)
    assert check_new_password(normalize("NFD", "dạ khúc mùa thu cũ")) == normalize("NFC", "dạ khúc mùa thu cũ")
    with pytest.raises(Invalid, match="15 to 128"):
        check_new_password(normalize("NFD", "é" * 8))


@pytest.mark.fault("E6")
def test_accents_without_end_are_left_as_they_are() -> None:
    hostile = "a" + "\u0316\u0301" * 400_000
    assert normalized(hostile) is hostile
