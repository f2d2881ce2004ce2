"""Licence check: what each locked package says of its licence is on a list, or `make licences` fails and names it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from importlib.metadata import PackageMetadata
from pathlib import Path
from types import MappingProxyType

from tools.packages import PROJECT
from tools.pipeline.locked import locked

LOCKS = tuple(f"requirements{each}.txt" for each in ("", "-run", "-saml", "-telemetry", "-mcp", "-grpc", "-dev"))
#: What may be used, as packages spell it: permissive ones; and, since we neither change nor copy from them, MPL and LGPL.
ALLOWED = frozenset(
    """
    MIT|MIT-0|MIT License|ISC|Unlicense|The Unlicense (Unlicense)|PSF-2.0|CC0-1.0|0BSD
    BSD|BSD License|New BSD|BSD-2-Clause|BSD-3-Clause|BSD 2-Clause License|BSD 3-Clause|3-Clause BSD License
    Apache|Apache-2.0|Apache 2.0|Apache License|Apache Software License|Apache License 2.0
    MPL-2.0|Mozilla Public License 2.0 (MPL 2.0)|LGPL-3.0-only
    """.strip()
    .replace("\n", "|")
    .replace("    ", "")
    .split("|")
)
#: Package -> why it may be used, though what it says of itself is on no list.
EXCEPTIONS: Mapping[str, str] = MappingProxyType({})


def refused(names: Iterable[str], exceptions: Mapping[str, str] = EXCEPTIONS) -> list[str]:
    """Say of each installed package of `names` what is not allowed, as sentences. What is not installed here is passed over."""
    found = []
    for name in sorted(names):
        try:
            said = licences(metadata.distribution(name).metadata)
        except metadata.PackageNotFoundError:
            continue  # locked for another Python or another system
        unknown = [each for each in said if each not in ALLOWED]
        if name not in exceptions and (unknown or not said):
            found.append(f"{name}: {', '.join(unknown) or 'says nothing of its licence'}")
    return found


def licences(package: PackageMetadata) -> list[str]:
    """Name every licence a package speaks of: its SPDX expression, else its classifiers, else the line that it has.

    Of `MIT OR GPL-2.0-only` both: one that may be chosen instead does not make the other known.
    """
    if "License-Expression" in package:
        return _operands(package["License-Expression"])
    classifiers = package.get_all("Classifier") or []
    if known := [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License :: OSI Approved :: ")]:
        return known
    return _operands((package.get_all("License") or [""])[0].strip().partition("\n")[0])


def _operands(expression: str) -> list[str]:
    parts = re.split(r"\s+(?:AND|OR)\s+|[()]", expression)
    return [each.strip() for each in parts if each.strip()]


def main() -> int:
    """Return 0 when every locked package that is installed here may be used; else 1."""
    names = locked(*(Path(PROJECT) / lock for lock in LOCKS))
    found = refused(names)
    for each in found:
        print(each)
    if found:
        print(
            "May it be used? Then its licence belongs in ALLOWED of tools/pipeline/licences.py, or the package in EXCEPTIONS."
        )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
