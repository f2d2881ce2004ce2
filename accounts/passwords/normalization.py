"""Unicode normalization of passwords: OpaqueString of RFC 8265 (PRECIS), section 4.2."""

# Note [One form of a password]
# One keyboard sends é as one code point, another as e and an accent: the same password to whoever types it. So it is brought
# to one form before it is judged, hashed or compared: NFC, with every space a plain one. Nothing else is changed: case, width
# and spaces count. A hash made before this rule, of a password in another form, fits no more: a log-in is one hash, and
# trying the typed form too would make it two for every wrong guess. Such a person asks for a reset.

from __future__ import annotations

from unicodedata import category, normalize

#: More code points than any password of 128 has before they are composed: at most four become one. What is longer stays as
#: it is, and is refused for its length: bringing accents into order takes time that grows with the square of their number.
_MOST_TYPED = 4 * 128


def normalized(password: str) -> str:
    """Write a password in its one form. See Note [One form of a password]."""
    if len(password) > _MOST_TYPED:
        return password
    return normalize("NFC", "".join(" " if category(character) == "Zs" else character for character in password))
