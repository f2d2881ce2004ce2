"""Reads the manifest of an archive: whose it is, which files it has, and what is said of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from privacy.organizations.archive import FORMAT, TRAIL, VERSION, table_file
from privacy.organizations.importing.container import Container
from privacy.organizations.importing.faults import FaultyArchive, faulty
from privacy.organizations.importing.json_lines import read_object

NAME = "manifest.json"
_LARGEST = 2**20
_LONGEST_TEXT = 255
#: The keys of all of them are kept in memory.
MOST_ROWS = 5_000_000
_OF_TIME = 7


@dataclass(frozen=True, slots=True)
class Told:
    """What the manifest says of a file."""

    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """See Note [The archive of an organization] in privacy/organizations/archive.py."""

    id: UUID
    slug: str
    name: str
    exported_at: str
    platform: str
    verifier_keys: tuple[str, ...]
    tables: dict[str, Told]
    trail: Told

    @property
    def files(self) -> list[Told]:
        return [*self.tables.values(), self.trail]


def read_manifest(container: Container) -> Manifest:
    """Read it, and see that each file it tells of is there.

    :raises FaultyArchive: when it is no manifest, of another version, or a file is missing.
    """
    try:
        found = read_object(container.read(NAME, most=_LARGEST))
    except ValueError as error:
        raise faulty(NAME, str(error)) from None
    if (_at(found, "format"), _at(found, "version")) != (FORMAT, VERSION):
        raise faulty(NAME, f"This is no archive of the form {FORMAT}, version {VERSION}.", field="format")
    manifest = _manifest(found)
    if sum(told.rows for told in manifest.tables.values()) > MOST_ROWS:
        raise faulty(NAME, f"An archive holds {MOST_ROWS:,} rows at most.", field="tables")
    for told in manifest.files:
        if told.file not in container:
            raise faulty(told.file, "The manifest tells of this file, and it is not in the archive.")
    return manifest


def _manifest(found: dict[str, Any]) -> Manifest:
    whose = _typed(found, "organization", dict)
    tables = _typed(found, "tables", dict)
    keys = _typed(found, "verifier_keys", list)
    return Manifest(
        id=_identity(_text(whose, "id")),
        slug=_text(whose, "slug"),
        name=_line(whose, "name"),
        exported_at=_text(found, "exported_at"),
        platform=_text(found, "platform"),
        verifier_keys=tuple(_text(dict(enumerate(keys)), at) for at in range(len(keys))),
        tables={name: _told(tables, name, table_file(name)) for name in tables},
        trail=_told(found, "trail", TRAIL),
    )


def _told(values: dict[str, Any], name: str, file: str) -> Told:
    told = _typed(values, name, dict)
    return Told(file, _typed(told, "rows", int), _text(told, "sha256"))


def _identity(text: str) -> UUID:
    """Read an id as ours are: no other names a schema that is not an organization's, as that of the blueprint."""
    try:
        identity = UUID(text)
    except ValueError:
        identity = UUID(int=0)
    if identity.version != _OF_TIME or str(identity) != text:
        raise _wrong("organization.id", "This is no id of an organization.")
    return identity


def _line(values: dict[str, Any], name: str) -> str:
    text = _text(values, name)
    if not text.strip() or re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", text):
        raise _wrong(name, "Use one line, and no control characters.")
    return text


def _text(values: dict[Any, Any], name: Any) -> str:
    text: str = _typed(values, name, str)
    if len(text) > _LONGEST_TEXT:
        raise _wrong(str(name), f"Use {_LONGEST_TEXT} characters or fewer.")
    return text


def _typed(values: dict[Any, Any], name: Any, kind: type) -> Any:
    value = _at(values, name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _wrong(str(name), "This is missing, or is something else than it should be.")
    return value


def _at(values: dict[Any, Any], name: Any) -> Any:
    return values.get(name)


def _wrong(field: str, detail: str) -> FaultyArchive:
    return faulty(NAME, detail, field=field[:100])
