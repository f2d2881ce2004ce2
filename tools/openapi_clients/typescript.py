"""Generates the types of clients/typescript from the OpenAPI document, compares them with those committed, and compiles."""

from __future__ import annotations

import difflib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tools.npm import CI
from tools.openapi_clients.typed_document import for_types, operations_in_typescript

PACKAGE = Path("clients/typescript")
#: Where it is installed and compiled, so that nothing of others stands among our files.
FOLDER = Path("var/typescript-client")
GENERATED = ("src/openapi.ts", "src/operations.ts")
_HEAD = "// Written from the OpenAPI document by `make openapi`; not by hand.\n"
_PACKAGE_FILES = ("package.json", "package-lock.json", "tsconfig.json")
_SOURCES = ("src", "examples", "tests")


def install(folder: Path = FOLDER) -> bool:
    """Copy the package, and install what it needs; False where npm can't."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    for name in (*_SOURCES, "dist"):
        shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _PACKAGE_FILES:
        shutil.copy(PACKAGE / name, folder)
    for name in _SOURCES:
        shutil.copytree(PACKAGE / name, folder / name)
    return subprocess.run((npm, *CI), cwd=folder, check=False).returncode == 0


def generate(document: Path, folder: Path = FOLDER) -> None:
    """Write the types of this document into an installed copy of the package."""
    described = yaml.load(document.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    (folder / "openapi.json").write_text(json.dumps(for_types(described)), encoding="utf-8")
    types = folder / GENERATED[0]
    _run(folder, "openapi-typescript", "openapi.json", "--default-non-nullable", "false", "--output", GENERATED[0])
    types.write_text(_HEAD + types.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / GENERATED[1]).write_text(operations_in_typescript(described), encoding="utf-8")


def drifted(folder: Path = FOLDER) -> list[str]:
    """Compare what is committed with what was generated, as the beginnings of differences."""
    return [
        difference
        for name in GENERATED
        if (difference := _difference(PACKAGE / name, (folder / name).read_text(encoding="utf-8")))
    ]


def write(folder: Path = FOLDER) -> None:
    for name in GENERATED:
        shutil.copy(folder / name, PACKAGE / name)


def compile_all(folder: Path = FOLDER) -> None:
    """Compile client and examples as strictly as TypeScript can, into dist."""
    _run(folder, "tsc")


def _difference(committed: Path, generated: str) -> str:
    before = committed.read_text(encoding="utf-8") if committed.exists() else ""
    lines = [
        *difflib.unified_diff(
            before.splitlines(), generated.splitlines(), str(committed), "generated", n=2, lineterm=""
        )
    ]
    left = len(lines) - 40
    return "\n".join([*lines[:40], *([f"… and {left} lines more"] if left > 0 else [])])


def _run(folder: Path, program: str, *arguments: str) -> None:
    print("+", program, *arguments, flush=True)
    found = folder / "node_modules" / ".bin" / program
    status = subprocess.run((found.resolve(), *arguments), cwd=folder, check=False).returncode
    if status:
        sys.exit(status)
