"""Archives that were made to hurt whoever reads them: zip bombs, two readings of one file, names that lead elsewhere."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from io import StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError

from privacy.organizations.importing import container
from tests.integration.privacy.organizations.archives import Archived, files_of, zipped
from tests.integration.privacy.organizations.conftest import Import

Forge = Callable[[bytes], bytes]


def _named(name: str) -> Forge:
    return lambda content: zipped({**files_of(content), name: b""})


def _twice(content: bytes) -> bytes:
    written = io.BytesIO(content)
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile(written, "a") as archive:
        archive.writestr("tables/users.ndjson", b"")
    return written.getvalue()


def _with_end(**changes: int) -> Forge:
    """Have the directory's end say something else."""

    def forge(content: bytes) -> bytes:
        at = len(content) - 22
        end = dict(zip(("mark", "disk", "start_disk", "here", "files", "size", "start", "comment"),
                       struct.unpack("<4s4H2LH", content[at:]), strict=True))  # fmt: skip
        return content[:at] + struct.pack("<4s4H2LH", *(end | changes).values())

    return forge


def _says_it_is_huge(content: bytes) -> bytes:
    """Tell in the directory that a file unpacks to four gigabytes: what is told is what is believed and bounded."""
    at = content.rindex(b"PK\x01\x02")
    return content[:at] + content[at : at + 24] + struct.pack("<L", 2**32 - 2) + content[at + 28 :]


def _encrypted(content: bytes) -> bytes:
    at = content.index(b"PK\x01\x02")
    return content[: at + 8] + b"\x01\x00" + content[at + 10 :]


def _damaged(content: bytes) -> bytes:
    at = content.index(b"tables/users.ndjson") + 60
    return content[:at] + bytes(byte ^ 0xFF for byte in content[at : at + 20]) + content[at + 20 :]


def _with(**files: bytes) -> Forge:
    """Put other content into files; a name is written with underscores."""
    return lambda content: zipped(files_of(content) | {name.replace("__", "."): each for name, each in files.items()})


def _without(name: str) -> Forge:
    return lambda content: zipped({file: each for file, each in files_of(content).items() if file != name})


def _with_roles(content: bytes) -> Forge:
    return lambda archive: zipped(files_of(archive) | {"tables/roles.ndjson": content})


NONE_OF_OURS = "This is no archive as manage.py export_organization writes it"
NEWER = json.dumps({"format": "workix-organization", "version": 2}).encode()
HOSTILE: dict[str, tuple[Forge, str]] = {
    "nothing": (lambda _: b"", "This is no archive"),
    "a text": (lambda _: b"x" * 100, NONE_OF_OURS),
    "half of one": (lambda content: content[: len(content) // 2], NONE_OF_OURS),
    "something behind it": (lambda content: content + b"x", NONE_OF_OURS),
    "a second directory": (lambda content: content[:-22] + b"PK\x06\x07" + bytes(16) + content[-22:], NONE_OF_OURS),
    "very many files": (_with_end(files=65_000), "more than 1,000 files"),
    "a huge directory": (_with_end(size=2**30), "names that are too long"),
    "a directory elsewhere": (_with_end(size=1), "This can't be read"),
    "a file twice": (_twice, "A file is in it twice"),
    "a path": (_named("../../etc/cron.d/x"), "a name that is none of an archive"),
    "a path from the root": (_named("/etc/passwd"), "a name that is none of an archive"),
    "a path of another system": (_named("tables\\..\\x"), "a name that is none of an archive"),
    "an encrypted file": (_encrypted, "This file is encrypted"),
    "a damaged file": (_damaged, "This can't be read"),
    "no manifest": (_without("manifest.json"), "manifest.json: This file is not there"),
    "a manifest that is none": (_with(manifest__json=b"[" * 100_000), "manifest.json: This is no JSON object"),
    "a manifest that is large": (_with(manifest__json=b" " * 2**21), "larger than 1,048,576 bytes"),
    "another version": (_with(manifest__json=NEWER), "version 1"),
    "a file that is missing": (_without("tables/users.ndjson"), "The manifest tells of this file"),
    "other bytes": (_with_roles(b""), "tables/roles.ndjson: It is not what the manifest says"),
    "a line without end": (_with_roles(b"x" * (2**24 + 2)), "This line is longer than 16,777,216 bytes"),
}


@pytest.mark.parametrize(("forge", "said"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_a_sentence_and_no_traceback(initech: Archived, import_it: Import, forge: Forge, said: str) -> None:
    printed = StringIO()
    with pytest.raises(CommandError, match="Faults in the archive"):
        import_it("--dry-run", content=forge(initech.content), said=printed)
    assert said in printed.getvalue()


def test_what_it_unpacks_to_is_bounded(initech: Archived, import_it: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST_UNPACKED", 2**32 - 3)
    printed = StringIO()
    with pytest.raises(CommandError):
        import_it("--dry-run", content=_says_it_is_huge(initech.content), said=printed)
    assert "Unpacked it is larger than" in printed.getvalue()


def test_a_file_gives_no_more_than_the_directory_says(initech: Archived) -> None:
    """What zipfile promises, and the bound above relies on."""
    written = io.BytesIO()
    with ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"0" * 10**6)
    content = written.getvalue()
    at = content.rindex(b"PK\x01\x02")
    shortened = content[: at + 24] + struct.pack("<L", 10) + content[at + 28 :]
    with ZipFile(io.BytesIO(shortened)) as archive, pytest.raises(zipfile.BadZipFile):
        assert len(archive.read("bomb")) <= 10


def test_a_table_has_no_more_lines_than_the_manifest_says(initech: Archived, import_it: Import) -> None:
    printed, row = StringIO(), files_of(initech.content)["tables/roles.ndjson"]
    with pytest.raises(CommandError):
        import_it("--dry-run", content=_with_roles(row * 1_000)(initech.content), said=printed)
    assert "tables/roles.ndjson, line 2: It has more lines than the manifest says." in printed.getvalue()
