"""Secrets: shown only by `reveal()`, and kept, where we make them ourselves, in a file only its owner may read."""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from django.utils.functional import SimpleLazyObject

from workix.config.errors import ConfigurationError


class Secret:
    """A text that shows itself only when asked by `reveal()`: not in logs, tracebacks, reprs, formats or pickles."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(********)"

    def __str__(self) -> str:
        return "********"

    def __bool__(self) -> bool:
        return bool(self.reveal())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        mine, theirs = (each.reveal().encode(errors="surrogateescape") for each in (self, other))
        return hmac.compare_digest(mine, theirs)

    def __hash__(self) -> int:
        return hash((Secret, self.reveal()))

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not pickled: it would lie in the open wherever the pickle does.")

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Secret:
        return self


class KeptSecret(Secret):
    """A secret that is made when it is first revealed, and kept in a file. All who race for it get the same one."""

    # Note [Made at first use]
    # Settings are imported by type checkers, documentation and `manage.py help`, which need no secret: importing them
    # writes nothing. The first process that signs, derives or hashes something makes the secret it needs.

    __slots__ = ("_file", "_make", "_name", "_parse")

    def __init__(self, file: Path, make: Callable[[], str], parse: Callable[[str], Secret], *, name: str) -> None:
        super().__init__("")
        self._file, self._make, self._parse, self._name = file, make, parse, name

    def reveal(self) -> str:
        """Return the secret, made first when there is none.

        :raises ConfigurationError: when the file can neither be read nor made.
        """
        if not self._value:
            try:
                self._value = self._parse(keep_secret(self._file, self._make).reveal()).reveal()
            except OSError as error:
                raise ConfigurationError([f"{self._name} cannot be kept in {self._file}: {error.strerror}."]) from error
        return self._value


class LazySecretKey(SimpleLazyObject):  # type: ignore[type-arg]  # generic in its stubs only
    """Django's SECRET_KEY, revealed by whoever first signs with it. See Note [Made at first use].

    Django asks for its truth whenever anybody reads the setting, and libraries read it when they are imported.
    """

    def __init__(self, key: Secret) -> None:
        super().__init__(key.reveal)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "LazySecretKey(********)"


def keep_secret(file: Path, make: Callable[[], str]) -> Secret:
    """Read the secret in `file`, made first when there is none. All who race for it get the same one.

    :raises OSError: when the file can neither be read nor made.
    """
    try:
        return read_secret(file)
    except FileNotFoundError:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put_if_absent(file, make())
        return read_secret(file)


def read_secret(file: Path) -> Secret:
    """Read a secret, without the newline an editor left behind it."""
    return Secret(file.read_text(encoding="utf-8").rstrip("\r\n"))


def make_password() -> str:
    """Draw 256 bits, in letters that are safe in a URL."""
    return secrets.token_urlsafe(32)


def _put_if_absent(file: Path, text: str) -> None:
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        # A link, unlike a rename, fails when the name is taken: the first of two wins, and nobody reads half a file.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
