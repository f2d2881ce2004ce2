"""Password strength: an estimate of how many guesses a password withstands, as a power of ten."""

# Note [Guesses]
# Whoever guesses does not try letters: they try common passwords, words about the person, rows of keys, years, and all of
# these again and together. So a password is read as the cheapest row of such parts, each worth the guesses it takes, and a
# character that is in none is worth ten. The idea, and ten a character, are zxcvbn's (Wheeler, USENIX Security 2016). Its
# Python library takes 40 seconds of CPU for one hostile text of 128 characters, and is not kept up; here every step is a
# look-up, and a text of 128 characters takes some milliseconds whatever it says.
#
# The words are Django's own list of 20,000, the most frequent first. It has few of 15 characters: they matter as parts.

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import log10
from pathlib import Path
from unicodedata import normalize

from django.contrib.auth import password_validation

from accounts.passwords.patterns import LEET, LINES

#: What a part is worth. A line of keys: which one, from where, and in which direction. A date: some hundred years of days.
CHARACTER, REPETITION, ABOUT, LINE, YEAR, DATE = 1.0, 0.5, 1.0, 2.0, 2.0, 4.5
_LONGEST, _SHORTEST_PART, _LONGEST_PART = 128, 3, 40
_WORDS_BETWEEN = re.compile(r"[\W_]+")
_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"[0-3]?[0-9]"
_YEARS = re.compile(_YEAR)
_DATES = re.compile(rf"{_DAY}[-./ ]?{_DAY}[-./ ]?{_YEAR}|{_YEAR}[-./ ]?{_DAY}[-./ ]?{_DAY}")

_COMMON_PASSWORDS = Path(password_validation.__file__).with_name("common-passwords.txt.gz")

#: Where a part ends, and what it is worth.
Part = tuple[int, float]


def decades(password: str, *, about: Iterable[str] = ()) -> float:
    """Estimate the guesses it takes, as a power of ten. `about` are names of whom and what it is for. See Note [Guesses]."""
    text = _folded(password)[
        :_LONGEST
    ]  # one character may fold to eighteen; the head withstands no more than all of it
    own = _own_words(about)
    least = [0.0] + [float("inf")] * len(text)
    for start in range(len(text)):
        for end, worth in _parts(text, start, own):
            least[end] = min(least[end], least[start] + worth)
    return least[-1]


def _parts(text: str, start: int, own: Mapping[str, float]) -> Iterator[Part]:
    yield start + 1, CHARACTER
    yield from _words(text, start, own)
    yield from _lines(text, start)
    yield from _repetitions(text, start)
    for pattern, worth in ((_YEARS, YEAR), (_DATES, DATE)):
        if found := pattern.match(text, start):
            yield found.end(), worth


def _words(text: str, start: int, own: Mapping[str, float]) -> Iterator[Part]:
    common = _common_words()
    for end in range(start + _SHORTEST_PART, min(len(text), start + _LONGEST_PART) + 1):
        part = text[start:end]
        for spelling in {part, part[::-1], *_unleeted(part)}:
            for words in (own, common):
                if spelling in words:
                    yield end, words[spelling]


def _lines(text: str, start: int) -> Iterator[Part]:
    for end in range(start + _SHORTEST_PART, len(text) + 1):
        if text[start:end] not in LINES:
            return
        yield end, LINE


def _repetitions(text: str, start: int) -> Iterator[Part]:
    """Find what stood there before, also where it overlaps itself: all of `aaaa` but its head is a repetition."""
    for end in range(start + _SHORTEST_PART, len(text) + 1):
        if text.find(text[start:end], 0, end - 1) < 0:
            return
        yield end, REPETITION


def _own_words(about: Iterable[str]) -> dict[str, float]:
    """List what is known as others would write it: whole, without what stands between its words, and each of them."""
    wholes = [_folded(each)[:_LONGEST_PART] for each in about]
    pieces = [
        piece for whole in wholes for piece in (whole, *_WORDS_BETWEEN.split(whole), _WORDS_BETWEEN.sub("", whole))
    ]
    return {spelling: ABOUT for piece in pieces if len(piece) >= 2 for spelling in (piece, *_unleeted(piece))}


def _unleeted(part: str) -> Iterator[str]:
    return (part.translate(signs) for signs in LEET)


@cache
def _common_words() -> Mapping[str, float]:
    """Read Django's list: from a word to the guesses it takes, by its place."""
    with gzip.open(_COMMON_PASSWORDS, "rt", encoding="utf-8") as lines:
        words = [line.strip() for line in lines]
    return {
        word: log10(place) for place, word in reversed(list(enumerate(words, start=2))) if len(word) >= _SHORTEST_PART
    }


def _folded(text: str) -> str:
    return normalize("NFKC", normalize("NFKC", text).casefold())
