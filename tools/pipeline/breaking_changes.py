"""Breaking changes of the API since a commit (git): each asks for a line in the changelog. `make breaking-changes BASE=main`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tools.openapi_changes import breaking_changes
from tools.openapi_document import CONTRACT
from tools.packages import PROJECT
from tools.pipeline.release_notes import section

CHANGELOG = Path("CHANGELOG.md")
HEADING = "### Breaking"
#: What a push names as the commit before, when there was none.
NO_COMMIT = "0" * 40


def untold(base: str, folder: Path = PROJECT) -> list[str]:
    """Name what breaks clients since `base`, unless the changelog has a new line below `### Breaking` since then.

    :raises CalledProcessError: when git does not know `base`.
    """
    old, new = _at(base, CONTRACT, folder), (folder / CONTRACT).read_text(encoding="utf-8")
    breaks = breaking_changes(yaml.safe_load(old), yaml.safe_load(new)) if old else []
    told = told_of_breaks((folder / CHANGELOG).read_text(encoding="utf-8"))
    return [] if told - told_of_breaks(_at(base, CHANGELOG, folder)) else breaks


def told_of_breaks(changelog: str) -> set[str]:
    """Return the lines that stand below `### Breaking` of what is not released."""
    if "\n## Unreleased\n" not in changelog:
        return set()
    _, _, below = section(changelog, "Unreleased").partition(f"{HEADING}\n")
    return {line for line in below.partition("\n### ")[0].splitlines() if line.strip()}


def _at(base: str, file: Path, folder: Path) -> str:
    """Read a file as it was at a commit; "" when it was not there."""
    git = shutil.which("git") or sys.exit("git is missing: it has the document as it was.")
    commit = _run(
        git, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}", folder=folder
    ).strip()
    if not _run(git, "ls-tree", "--name-only", commit, "--", file.as_posix(), folder=folder):
        return ""
    return _run(git, "show", f"{commit}:{file.as_posix()}", folder=folder)


def _run(*command: str, folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def main(base: str) -> int:
    """Return 0 when no client breaks that was not told; else 1."""
    found = untold("HEAD^" if base == NO_COMMIT else base)
    if found:
        print(
            "This breaks clients, and CHANGELOG.md does not tell them:\n" + "".join(f"  - {each}\n" for each in found)
        )
        print(f"Is it meant? Then say below `{HEADING}` of `## Unreleased` what they have to do.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
