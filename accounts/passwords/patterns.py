"""Keyboard walks, alphabets and leet spellings, for the strength of passwords."""

# Sources: ISO/IEC 9995-2's layouts as sold (QWERTY, QWERTZ, AZERTY, ЙЦУКЕН; the numeric pad), and the ways over them that
# Django's list of common passwords shows: rows, columns, two rows by turns.

from __future__ import annotations

_ROWS = (
    "`1234567890-=",
    "1234567890",
    "!@#$%^&*()_+",
    "qwertyuiop[]",
    "qwertzuiopü",
    "azertyuiop",
    "asdfghjkl;'",
    "qsdfghjklm",
    "zxcvbnm,./",
    "yxcvbnm",
    "wxcvbn",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
)
_KEYBOARDS = ("qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn")
_COLUMNS = (
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "qawsedrftgyhujikolp",
    "zaqxswcdevfrbgtnhymju",
    "zaq1xsw2cde3vfr4bgt5nhy6mju7",
    "1a2s3d4f5g6h7j8k9l",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qweasdzxc",
    "123qweasdzxc",
    "147258369",
    "741852963",
    "159357",
    "789456123",
)
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
)
#: What somebody gets by drawing a finger over the keys, or by counting; twice round, and backwards. No password has a NUL.
LINES = "\0".join(way for line in (*_ROWS, *_KEYBOARDS, *_COLUMNS, *_ALPHABETS) for way in (line * 2, (line * 2)[::-1]))
_LOOK_ALIKE = {"a": "4@", "b": "8", "c": "(", "e": "3€", "g": "69", "o": "0", "s": "$5", "t": "+7", "x": "%", "z": "2"}
#: Letters written as what they look like, undone: a 1 may be an i or an l.
LEET = tuple(
    str.maketrans({sign: letter for letter, signs in {**_LOOK_ALIKE, one: "1!|"}.items() for sign in signs})
    for one in "il"
)
