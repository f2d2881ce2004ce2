"""The format of API keys: what we made is read, and nothing else is."""

from __future__ import annotations

import re
import string
from uuid import UUID, uuid4

import pytest

from accounts.api_keys import key_format
from accounts.api_keys.key_format import LENGTH, PATTERN, Key, hash_of, read, write

ORGANIZATION = UUID("01a206e4-4f12-7b0a-ac0e-50db732c6473")


@pytest.mark.parametrize("organization", [ORGANIZATION, UUID(int=0), UUID(int=2**128 - 1), uuid4()])
def test_a_key_leads_to_its_organization(organization: UUID) -> None:
    key = write(organization)
    assert read(key) == Key(organization, hash_of(key))
    assert (re.fullmatch(PATTERN, key) is not None, len(key)) == (True, LENGTH)


def test_no_two_keys_are_alike_and_what_is_shown_leaves_enough_unsaid() -> None:
    keys = {write(ORGANIZATION) for _ in range(200)}
    assert (len(keys), len({key[:26] for key in keys})) == (200, 1)
    assert (LENGTH - key_format.PREFIX_LENGTH - 11) * 5.954 > 160, "random letters and digits after the prefix, in bits"


def test_one_other_character_anywhere_is_no_key() -> None:
    key = write(ORGANIZATION)
    for place in range(len(key)):
        other = next(each for each in string.ascii_letters + string.digits if each != key[place])
        assert read(key[:place] + other + key[place + 1 :]) is None, place


@pytest.mark.parametrize(
    "alter",
    [
        str.upper,
        str.lower,
        str.swapcase,
        lambda key: key[:-1],
        lambda key: key + "0",
        lambda key: key + "\n",
        lambda key: " " + key,
        lambda key: key[:30] + " " + key[31:],
        lambda key: key[:30] + "\0" + key[31:],
        lambda key: key[:30] + "\ud800" + key[31:],
        lambda key: key[:30] + "٣" + key[31:],
        lambda key: key.replace("wxk_", "wxk-"),
        lambda key: key[4:],
        lambda key: "",
        lambda key: key * 10_000,
        lambda key: key[:4] + "z" * 22 + key[26:],
        lambda key: key[:26] + key[4:26] + key[48:],
    ],
)
def test_what_is_not_written_as_we_write_it_is_no_key(alter: object) -> None:
    assert read(alter(write(ORGANIZATION))) is None  # type: ignore[operator]  # a function of a text


def test_the_parts_of_two_keys_make_no_third() -> None:
    ours, theirs = write(ORGANIZATION), write(uuid4())
    for cut in (26, 58):
        assert (read(ours[:cut] + theirs[cut:]), read(theirs[:cut] + ours[cut:])) == (None, None)


def test_only_keys_of_ours_are_remembered_and_not_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered: dict[bytes, Key] = {}
    monkeypatch.setattr(key_format, "_read", remembered)
    monkeypatch.setattr(key_format, "_LARGEST", 2)
    for number in range(5):
        read(f"wxk_{number:065}")
    assert remembered == {}
    sizes = [read(write(ORGANIZATION)) and len(remembered) for _ in range(4)]
    assert sizes == [1, 2, 1, 2]
    assert write(ORGANIZATION) not in str(remembered)
