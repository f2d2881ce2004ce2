"""Secret scan: no file that git tracks holds a credential, or `make secrets` fails and says where, without repeating it."""

# Note [Shapes, not entropy]
# Scanners that measure entropy, or look at names like `password`, find 106 files here: tests log in, and examples look like
# keys. A list of hundreds of excuses hides the one that counts. So only what has the shape of a credential somebody issues is
# looked for, our own API keys too. What has to stay is named in known_secrets.txt by a hash and a reason.

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tools.packages import PROJECT

KNOWN = Path(__file__).with_name("known_secrets.txt")
SHAPES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        name: re.compile(shape, re.ASCII)
        for name, shape in {
            "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/]{16}\S*",
            "API key of Workix": r"wx[ak]_[0-9A-Za-z]{65}",
            "secret of a webhook": r"whsec_[A-Za-z0-9+/=]{32,}",
            "JSON Web Token": r"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}",
            "AWS access key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
            "GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{50,})",
            "GitLab token": r"\bglpat-[\w-]{20,}",
            "Slack token": r"\bxox[abposr]-[A-Za-z0-9-]{10,}",
            "Stripe key": r"\b[sr]k_live_[0-9A-Za-z]{20,}",
            "Google API key": r"\bAIza[\w-]{35}",
            "PyPI token": r"\bpypi-AgE[\w-]{50,}",
            "npm token": r"\bnpm_[A-Za-z0-9]{36}\b",
            "Sentry DSN": r"https://[0-9a-f]{32}@[\w.-]*sentry\.io",
        }.items()
    }
)


class Leak(NamedTuple):
    """A credential in a file, and the hash that names it where it is known."""

    file: str
    line: int
    shape: str
    digest: str


def leaks(file: str, text: str) -> Iterator[Leak]:
    """Find what has the shape of a credential in `text`."""
    for shape, pattern in SHAPES.items():
        for match in pattern.finditer(text):
            digest = hashlib.sha256(match[0].encode()).hexdigest()[:16]
            yield Leak(file, text.count("\n", 0, match.start()) + 1, shape, digest)


def known(text: str) -> dict[tuple[str, str], str]:
    """Read the list of what may stay: (hash, file) -> reason.

    :raises ValueError: when a line has no reason.
    """
    rows = (line for line in text.splitlines() if line and not line.startswith("#"))
    found = {}
    for row in rows:
        name, _, reason = row.partition(": ")
        digest, _, file = name.partition(" ")
        if not (file and reason):
            raise ValueError(f"known_secrets.txt: say `hash file: reason` instead of {row!r}")
        found[digest, file] = reason
    return found


def tracked(folder: Path = PROJECT) -> Iterator[tuple[str, str]]:
    """Read every file git tracks in `folder`, or would if it were added; one that is no text is passed over."""
    git = shutil.which("git") or sys.exit("git is missing: it says which files there are.")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    for name in sorted(set(filter(None, listed.stdout.decode().split("\0")))):
        file = folder / name
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            if b"\0" not in content:
                yield name, content.decode(errors="replace")


def main(folder: Path = PROJECT, list_of_known: Path = KNOWN) -> int:
    """Return 0 when every credential in `folder` is known, and each that is known is there; else 1."""
    excused = known(list_of_known.read_text(encoding="utf-8"))
    found = [leak for file, text in tracked(folder) for leak in leaks(file, text)]
    new = [each for each in found if (each.digest, each.file) not in excused]
    gone = excused.keys() - {(each.digest, each.file) for each in found}
    for leak in new:
        print(f"{leak.file}:{leak.line}: {leak.shape} ({leak.digest} {leak.file})")
    for digest, file in sorted(gone):
        print(f"{list_of_known.name}: {digest} is no longer in {file}")
    if new:
        print(
            "Revoke it: what was committed is known. Does it open nothing? Then name it in tools/pipeline/known_secrets.txt."
        )
    return bool(new or gone)


if __name__ == "__main__":
    sys.exit(main())
