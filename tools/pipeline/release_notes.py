"""Release notes from the changelog: `python -m tools.pipeline.release_notes v1.2.3` prints the section of that version."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tools.packages import PROJECT

CHANGELOG = PROJECT / "CHANGELOG.md"
_VERSION = re.compile(r"v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)", re.ASCII)


class NotInTheChangelog(ValueError):
    """A version cannot be released: the message says why."""


def section(changelog: str, heading: str) -> str:
    """Return what stands below `## <heading>`, with or without a date behind it; "" when nothing does.

    :raises NotInTheChangelog: when no section, or more than one, is called so.
    """
    found = re.findall(rf"^## {re.escape(heading)}(?: [^\n]*)?\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if len(found) != 1:
        raise NotInTheChangelog(f"CHANGELOG.md has {len(found)} sections `## {heading}`, and one is needed.")
    return str(found[0]).strip()


def release_notes(changelog: str, version: str) -> str:
    """Return the notes of a release.

    :raises NotInTheChangelog: when `version` is no semantic one, or the changelog does not tell of it.
    """
    named = _VERSION.fullmatch(version)
    if named is None:
        raise NotInTheChangelog(f"{version!r} is no version: v1.2.3 is one.")
    notes = section(changelog, named[1])
    if not notes:
        raise NotInTheChangelog(f"CHANGELOG.md says nothing below `## {named[1]}`.")
    return notes


if __name__ == "__main__":
    try:
        print(release_notes(Path(CHANGELOG).read_text(encoding="utf-8"), sys.argv[1]))
    except NotInTheChangelog as error:
        sys.exit(str(error))
