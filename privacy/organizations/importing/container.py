"""Opens an archive that anybody may have written: a ZIP within bounds (zip bombs), read as a stream, never unpacked to a disk."""

# Note [An archive from elsewhere]
# Nothing in it is believed before it was looked at. Its directory is bounded before Python's zipfile reads it, which takes memory
# for each name, and so are all sizes that it tells, which zipfile holds a file to. Names are compared with those we know and
# open nothing. Lines have a longest length. What one reader takes for one thing and another for another is refused: two files
# of one name, a comment behind the directory, a second directory (ZIP64), files that are encrypted.

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from privacy.organizations.importing.faults import FaultyArchive, faulty

#: Bytes: of the archive, of what is in it, of the directory at its end, of a line; and how many files there may be.
LARGEST, LARGEST_UNPACKED, LARGEST_DIRECTORY, LONGEST_LINE = 2**31 - 1, 2**34, 2**20, 2**24
MOST_FILES = 1_000
_END = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = b"PK\x06\x07"
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_IS_ENCRYPTED = 0x1
#: What zipfile raises when a file is none, or was made to confuse it.
_UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error, OSError)
_WHOLE = "the archive"


class Container:
    """The files of an archive, by name. See Note [An archive from elsewhere]."""

    def __init__(self, opened: ZipFile) -> None:
        self._opened = opened
        self._sizes = {info.filename: info.file_size for info in opened.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def read(self, name: str, *, most: int) -> bytes:
        """Read a small file as a whole.

        :raises FaultyArchive: when it is not there, or larger.
        """
        if self._sizes.get(name, most + 1) > most:
            raise faulty(name, f"This file is not there, or larger than {most:,} bytes.")
        with _readable(name):
            return self._opened.read(name)

    def lines(self, name: str, ended: Callable[[int, str], None]) -> Iterator[tuple[int, bytes]]:
        """Yield lines with their number; at the end tell `ended` how many there were, and the SHA-256 of all bytes.

        :raises FaultyArchive: when it can't be read to its end.
        """
        digest, number = sha256(), 0
        with _readable(name), self._opened.open(name) as file:
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise faulty(name, f"This line is longer than {LONGEST_LINE:,} bytes.", line=number)
                digest.update(line)
                yield number, line
        ended(number, digest.hexdigest())


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Container]:
    """Open an archive.

    :raises FaultyArchive: when it is none, or is out of bounds.
    """
    _check_end(file)
    with _readable(_WHOLE):
        zipped = ZipFile(file)
    with zipped:
        _check_files(zipped)
        yield Container(zipped)


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of the archive itself."""
    file.seek(0)
    digest = sha256()
    while part := file.read(2**20):
        digest.update(part)
    return digest.hexdigest()


def _check_end(file: IO[bytes]) -> None:
    """Bound the directory before zipfile reads it."""
    size = file.seek(0, os.SEEK_END)
    before = len(_ZIP64_LOCATOR) + 16
    if not _END.size <= size <= LARGEST:
        raise faulty(_WHOLE, f"This is no archive, or it is larger than {LARGEST:,} bytes.")
    file.seek(max(0, size - _END.size - before))
    tail = file.read()
    marked, *_disks, files, directory, _start, comment = _END.unpack(tail[-_END.size :])
    if marked != b"PK\x05\x06" or comment or tail.startswith(_ZIP64_LOCATOR):
        raise faulty(_WHOLE, "This is no archive as manage.py export_organization writes it.")
    if files > MOST_FILES or directory > LARGEST_DIRECTORY:
        raise faulty(_WHOLE, f"It holds more than {MOST_FILES:,} files, or names that are too long.")


def _check_files(zipped: ZipFile) -> None:
    files = zipped.infolist()
    if len({info.filename for info in files}) < len(files) or len(files) > MOST_FILES:
        raise faulty(_WHOLE, "A file is in it twice, or there are too many.")
    if sum(info.file_size for info in files) > LARGEST_UNPACKED:
        raise faulty(_WHOLE, f"Unpacked it is larger than {LARGEST_UNPACKED:,} bytes.")
    for info in files:
        if not _NAME.fullmatch(info.filename):
            raise faulty(_WHOLE, f"It holds a file of a name that is none of an archive: {info.filename[:100]!a}.")
        if info.flag_bits & _IS_ENCRYPTED or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise faulty(info.filename, "This file is encrypted, or compressed in a way that archives are not.")


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except FaultyArchive:
        raise
    except _UNREADABLE as error:
        raise faulty(name, "This can't be read: it is damaged, or was never an archive.") from error
