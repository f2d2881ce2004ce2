"""Private keys as text: Ed25519 in PKCS8 PEM, with a line above each that says from when on it signs (key rotation)."""

# Note [From when on a key signs]
# RFC 7468 (section 2) lets a line stand above a PEM block, and whoever reads keys passes over it. So one file says
# all there is to say of a rotation, and every process and machine that reads it judges alike by its clock: nothing
# has to be told to anybody, or written a second time, when the next key becomes the one that signs.

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_BLOCK = re.compile(r"-----BEGIN [A-Z ]+-----.+?-----END [A-Z ]+-----", re.DOTALL)
_SIGNS_FROM = re.compile(r"^\s*signs from\b(.*)$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A PEM block. Without `signs_from` it signs unless one that has begun is newer. See Note [From when on a key signs]."""

    pem: str
    signs_from: datetime | None = None

    def __repr__(self) -> str:
        return f"PrivateKey(********, {self.signs_from})"


def parse(text: str) -> tuple[PrivateKey, ...]:
    """Read private keys, one behind the other; `\\n` stands for a line break where none fits.

    :raises ValueError: where it is not clear from when on one of them signs.
    """
    text, keys, end = text.replace("\\n", "\n"), list[PrivateKey](), 0
    for block in _BLOCK.finditer(text):
        keys.append(PrivateKey(block.group(), _signs_from(text[end : block.start()])))
        end = block.end()
    if _SIGNS_FROM.search(text, end):
        raise ValueError("says from when on a key signs, and no key follows")
    return tuple(keys)


def write(keys: Iterable[PrivateKey]) -> str:
    """Write them as `parse` reads them."""
    return "".join(f"{_line_above(key)}{key.pem}\n" for key in keys)


def _line_above(key: PrivateKey) -> str:
    return f"signs from {key.signs_from:%Y-%m-%dT%H:%M:%SZ}\n" if key.signs_from else ""


def _signs_from(above: str) -> datetime | None:
    said = _SIGNS_FROM.findall(above)
    if not said:
        return None
    try:
        (moment,) = (datetime.fromisoformat(each.strip()) for each in said)
    except ValueError:
        moment = datetime.min  # noqa: DTZ901  # without a zone, as what is refused below
    if moment.tzinfo is None:
        raise ValueError("holds a key of which it is not clear when it signs: write signs from 2030-01-31T12:00:00Z")
    return moment.astimezone(UTC)
