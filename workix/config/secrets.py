"""Secrets: shown only by `reveal()`, and kept, where we make them ourselves, in a file only its owner may read."""

from __future__ import annotations

import hmac
import logging
import math
import os
import secrets
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from workix.config.errors import ConfigurationError
from workix.config.exposed_files import refuse_exposed

logger = logging.getLogger("workix.config")

#: Seconds after which a file that was replaced is read by every process.
SEEN_WITHIN = 5


class Secret:
    """A text that shows itself only when asked by `reveal()`: not in logs, tracebacks, reprs, formats or pickles.

    `file` is where it was read from.
    """

    __slots__ = ("_value", "file")

    def __init__(self, value: str, *, file: Path | None = None) -> None:
        self._value, self.file = value, file

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

    __slots__ = ("_make", "_name", "_parse")
    file: Path

    def __init__(self, file: Path, make: Callable[[], str], parse: Callable[[str], Secret], *, name: str) -> None:
        super().__init__("", file=file)
        self._make, self._parse, self._name = make, parse, name

    def reveal(self) -> str:
        """Return the secret, made first when there is none.

        :raises ConfigurationError: when the file can neither be read nor made.
        """
        if not self._value:
            try:
                self._value = self._parse(keep_secret(self.file, self._make).reveal()).reveal()
            except OSError as error:
                raise ConfigurationError([f"{self._name} cannot be kept in {self.file}: {error.strerror}."]) from error
        return self._value


class LiveSecret(Secret):
    """A secret whose file is replaced while we run; within SEEN_WITHIN seconds everybody reads the new one.

    What can't be read, or is none, is logged; until it is mended, the secret before it holds.
    """

    # Note [Replaced while we run]
    # It is looked for when the secret is asked for, and at most every few seconds: one stat(). A file that is renamed into
    # its place is another one (its inode), so nobody reads half of it. The first look reads it anyway: it may have been
    # replaced since it was read at start. A pipe is read once; so is what is in a variable.

    __slots__ = ("_first", "_looked_at", "_parse", "_seen")
    file: Path

    def __init__(self, first: Secret, file: Path, parse: Callable[[str], Secret]) -> None:
        super().__init__("", file=file)
        self._first, self._parse = first, parse
        self._looked_at = -math.inf
        self._seen: tuple[int, ...] = ()

    def reveal(self) -> str:
        """Return the secret that holds now. See Note [Replaced while we run]."""
        now = time.monotonic()
        if now < self._looked_at + SEEN_WITHIN:
            return self._value
        if self._looked_at == -math.inf:
            self._value = self._first.reveal()
        self._looked_at = now
        try:
            self._look_again()
        except (OSError, ValueError) as error:
            told = {"file": str(self.file), "because": type(error).__name__}
            logger.error("secret.unreadable", extra=told)  # noqa: TRY400  # a traceback would show it
        return self._value

    def _look_again(self) -> None:
        found = self.file.stat()
        identity = (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)
        if identity != self._seen and not stat.S_ISFIFO(found.st_mode):
            self._value, self._seen = self._parse(read_secret(self.file).reveal()).reveal(), identity


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
    """Read a secret, without the newline an editor left behind it.

    :raises OSError: when it can't be read; of these an ExposedFile, where others on this machine can.
    """
    with file.open(encoding="utf-8") as stream:
        refuse_exposed(stream.fileno(), file)
        return Secret(stream.read().rstrip("\r\n"), file=file)


def replace_secret(file: Path, text: str) -> None:
    """Put another secret in the place of the one in `file`, with its mode and owner: whoever reads it gets one or the other.

    :raises OSError: when it can't be written; then the one before is untouched.
    """
    file = file.resolve(strict=True)
    before = file.stat()
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fchown(descriptor, before.st_uid, before.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
            os.fsync(descriptor)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    _write_through(file.parent)


def _write_through(folder: Path) -> None:
    """Have the disk keep a folder's names: a rename is one of them."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
